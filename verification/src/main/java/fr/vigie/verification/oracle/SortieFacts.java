package fr.vigie.verification.oracle;

import fr.vigie.verification.oracle.Stays.Episode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts {@code sortie} and {@code rendez_vous_de_sortie} of one person. */
final class SortieFacts {

    private static final long DAYS_OF_FOLLOW_UP = 30;

    private final Person person;
    private final List<Episode> episodes;
    private final List<SilverRow> unplannedAdmissions;
    private final List<SilverRow> rendezVous;
    private final Suivi suivi;

    SortieFacts(Person person, Stays stays, List<SilverRow> admissibleRendezVous, Suivi suivi) {
        this.person = person;
        this.episodes = stays.episodes();
        this.unplannedAdmissions = stays.unplannedAdmissions();
        this.rendezVous = admissibleRendezVous;
        this.suivi = suivi;
    }

    List<Fact> sorties() {
        return episodes.stream().map(this::sortie).toList();
    }

    List<Fact> rendezVousDeSortie() {
        List<Fact> facts = new ArrayList<>();
        for (SilverRow rendezVous : rendezVous) {
            Episode episode = episodeBefore(rendezVous);
            if (episode != null
                    && !rendezVous.isOneOf("statut", "REPORTE")
                    && ParisTime.days(episode.last().day(), rendezVous.requiredDay("date_heure_debut"))
                            <= DAYS_OF_FOLLOW_UP) {
                Bounds delay = delay(episode, List.of(rendezVous));
                facts.add(common("rendez_vous_de_sortie", episode)
                        .with("profession", rendezVous.text("profession"))
                        .with("mode", rendezVous.text("mode"))
                        .with("dispositif", rendezVous.text("dispositif_id"))
                        .with("statut", rendezVous.text("statut"))
                        .uncertain("delai_secondes", delay.least, delay.greatest)
                        .build());
            }
        }
        return facts;
    }

    private Fact sortie(Episode episode) {
        SilverRow sortie = episode.last().sortie();
        Bounds delay = delay(episode, honouredOf(episode));
        Instant instant = episode.last().instant();
        LocalDate medecin =
                person.firstDayWithMedecinTraitantFrom(episode.last().day());
        SilverRow readmission = readmission(episode);
        return common("sortie", episode)
                .with("ancre", sortie.requiredText("source") + "|" + sortie.requiredText("evenement_id"))
                .with("suivi_le", suivi.firstFrom(instant))
                .with("rendez_vous_honore_le", suivi.firstHonouredFrom(instant))
                .with("medecin_traitant_le", medecin == null ? null : ParisTime.midnight(medecin))
                .with("readmission_le", readmission == null ? null : readmission.requiredInstant("date_heure"))
                .with("dispositif", sortie.text("dispositif_id"))
                .uncertain("delai_rdv_honore_secondes", delay.least, delay.greatest)
                .with("nuits", episode.nuits())
                .with("est_entree_par_transfert", episode.isEntreeParTransfert())
                .with("est_seance_ou_naissance", episode.isSeanceOuNaissance())
                .with("deces_jours", person.deathDaysAfter(episode.last().day()))
                .with("readmission_jours", readmissionDays(episode))
                .build();
    }

    private FactBuilder common(String table, Episode episode) {
        SilverRow sortie = episode.last().sortie();
        Instant instant = episode.last().instant();
        return FactBuilder.dated(table, person, sortie, "date_heure", sortie.text("commune_insee"))
                .with("etablissement", sortie.text("finess"))
                .with("est_sortie_index", episode.isSortieIndex())
                .with("est_hospitalisation_complete", episode.isHospitalisationComplete())
                .with(
                        "a_medecin_traitant",
                        person.hasMedecinTraitantOn(episode.last().day()))
                .with("rendez_vous_honore_secondes", earliest(episode, honouredOf(episode)))
                .with("deces_secondes", person.deathSecondsAfter(instant))
                .with("readmission_secondes", readmissionSeconds(episode))
                .with(
                        "depart_secondes",
                        person.departureSecondsAfter(episode.last().day(), instant, sortie.text("commune_insee")));
    }

    /** The last index sortie of a complete stay that precedes the rendez-vous or coincides with it. */
    private @Nullable Episode episodeBefore(SilverRow rendezVous) {
        Episode before = null;
        for (Episode episode : episodes) {
            if (episode.isSortieIndex()
                    && episode.isHospitalisationComplete()
                    && !episode.last().instant().isAfter(rendezVous.requiredLatest("date_heure_debut"))) {
                before = episode;
            }
        }
        return before;
    }

    private List<SilverRow> honouredOf(Episode episode) {
        return rendezVous.stream()
                .filter(row -> row.isOneOf("statut", "HONORE"))
                .filter(row -> episode.equals(episodeBefore(row)))
                .toList();
    }

    /** A delay between two bounds; no least one: never happened; no greatest one: perhaps never. */
    private record Bounds(@Nullable Long least, @Nullable Long greatest) {}

    /** To the first of some rendez-vous: at the latest, the first that surely follows; at the earliest, the first that may follow. */
    private static Bounds delay(Episode episode, List<SilverRow> rendezVous) {
        SilverRow sortie = episode.last().sortie();
        Instant earliestSortie = sortie.requiredInstant("date_heure");
        Instant latestSortie = sortie.requiredLatest("date_heure");
        Long least = null;
        Long greatest = null;
        for (SilverRow row : rendezVous) {
            Instant earliest = row.requiredInstant("date_heure_debut");
            Instant latest = row.requiredLatest("date_heure_debut");
            if (!latest.isBefore(earliestSortie)) {
                long shortest = Math.max(0, ParisTime.seconds(latestSortie, earliest));
                least = least == null ? shortest : Long.valueOf(Math.min(least, shortest));
            }
            if (!earliest.isBefore(latestSortie)) {
                long longest = ParisTime.seconds(earliestSortie, latest);
                greatest = greatest == null ? longest : Long.valueOf(Math.min(greatest, longest));
            }
        }
        return new Bounds(least, greatest);
    }

    /** To the first of some rendez-vous when all is as early as it may be: from the instant that the competing risks are counted from. */
    private static @Nullable Long earliest(Episode episode, List<SilverRow> rendezVous) {
        return rendezVous.stream()
                .map(row -> Math.max(
                        0, ParisTime.seconds(episode.last().instant(), row.requiredInstant("date_heure_debut"))))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private @Nullable Long readmissionSeconds(Episode episode) {
        Instant instant = episode.last().instant();
        for (SilverRow admission : unplannedAdmissions) {
            Instant entry = admission.requiredInstant("date_heure");
            if (!entry.isBefore(instant) && !episode.holds(admission)) {
                return ParisTime.seconds(instant, entry);
            }
        }
        return null;
    }

    /** The same day is the continuation of the stay. */
    private @Nullable SilverRow readmission(Episode episode) {
        for (SilverRow admission : unplannedAdmissions) {
            if (admission.requiredDay("date_heure").isAfter(episode.last().day()) && !episode.holds(admission)) {
                return admission;
            }
        }
        return null;
    }

    private @Nullable Long readmissionDays(Episode episode) {
        SilverRow admission = readmission(episode);
        return admission == null
                ? null
                : Long.valueOf(ParisTime.days(episode.last().day(), admission.requiredDay("date_heure")));
    }
}
