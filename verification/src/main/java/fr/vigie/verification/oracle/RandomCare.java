package fr.vigie.verification.oracle;

import fr.vigie.verification.oracle.WorldRows.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws the stays, emergency visits and rendez-vous of one person. */
final class RandomCare {

    private static final long HOUR = 60;
    private static final long DAY = 24 * HOUR;
    private static final List<String> SOURCES = List.of("DOCTOLIB", "MAIIA", "SPICO", "ADOSSIER");

    private final Random random;
    private final RandomTime time;
    private final WorldRows rows;
    private final RandomReferentiel referentiel;
    private final String id;
    private final List<Instant> sorties = new ArrayList<>();
    private final Set<Instant> instantsOfSorties = new HashSet<>();
    private String lastRendezVousId = "";

    RandomCare(Random random, WorldRows rows, RandomReferentiel referentiel, String id) {
        this.random = random;
        this.time = new RandomTime(random);
        this.rows = rows;
        this.referentiel = referentiel;
        this.id = id;
    }

    /** When each sortie of {@link #addStays} takes place. */
    List<Instant> sorties() {
        return List.copyOf(sorties);
    }

    void addStays() {
        int count = random.nextInt(5);
        Instant entry = time.moment();
        for (int i = 0; i < count; i++) {
            Instant sortie = addStay(entry, "8", "8");
            if (random.nextInt(4) == 0) {
                Instant later = time.plusOneOf(sortie, 30 * DAY + HOUR, 40 * DAY);
                sortie = addStay(later, "8", random.nextBoolean() ? "7" : "6");
                Instant next = time.plusOneOf(sortie, -DAY - 1, -DAY, -HOUR, -1, 0, 2 * HOUR, DAY, DAY + 1);
                sortie = addStay(next, random.nextBoolean() ? "7" : "6", "8");
            }
            entry = random.nextInt(3) == 0
                    ? time.moment()
                    : time.plusDays(
                            time.plusOneOf(sortie, 1, 60, 300),
                            List.of(0, 0, 1, 2, 7, 8, 29, 30, 31).get(random.nextInt(9)));
        }
    }

    /** Returns when the stay ends; some stays are open, some admissions unknown, some hours missing, some typed the wrong way round. */
    private Instant addStay(Instant entry, String modeEntree, String modeSortie) {
        Instant end = time.plusOneOf(entry, 0, 3 * HOUR, 23 * HOUR, DAY, 2 * DAY, 5 * DAY, 12 * DAY);
        boolean isReversed = random.nextInt(12) == 0;
        Instant typed = isReversed ? time.plusOneOf(end, 1, 2 * HOUR, DAY, 3 * DAY) : entry;
        String finess = referentiel.finess();
        boolean dayOnly = random.nextInt(10) == 0;
        String admissionId = null;
        String code = random.nextInt(10) == 0
                ? List.of("Z49.1", "Z511", "Z380", "Z48").get(random.nextInt(4))
                : null;
        boolean codeOnAdmission = random.nextBoolean();
        if (random.nextInt(10) > 0 && RandomTime.past(typed) != null) {
            admissionId = rows.nextId("evenements", "SIH");
            Row admission = evenement(admissionId, "HOSPI_ADMISSION", typed, dayOnly)
                    .with("finess", finess)
                    .with("mode_entree", random.nextInt(12) == 0 ? null : modeEntree)
                    .with("programme", random.nextInt(3) == 0 ? Boolean.valueOf(random.nextBoolean()) : null)
                    .with("code", codeOnAdmission ? code : null);
            rows.add("evenements", admission);
        }
        boolean isOpen = random.nextInt(15) == 0;
        Instant kept = dayOnly ? ParisTime.midnight(ParisTime.dayOf(end)) : end;
        if (!isOpen && RandomTime.past(end) != null && instantsOfSorties.add(kept)) {
            Row sortie = evenement(rows.nextId("evenements", "SIH"), "HOSPI_SORTIE", end, dayOnly)
                    .with("finess", random.nextInt(10) == 0 ? null : finess)
                    .with("mode_sortie", random.nextInt(15) == 0 ? "9" : modeSortie)
                    .with("lien_evenement_id", isReversed || random.nextInt(3) == 0 ? admissionId : null)
                    .with("code", codeOnAdmission ? null : code)
                    .with("dispositif_id", random.nextInt(4) == 0 ? referentiel.dispositif() : null)
                    .with("commune_insee", random.nextInt(4) == 0 ? referentiel.communeOrNot() : null);
            rows.add("evenements", sortie);
            sorties.add(kept);
            for (int more = random.nextInt(7) - 4; more > 0; more--) {
                tellAgain(entry, end, finess, modeEntree, modeSortie);
            }
        }
        return end;
    }

    /** The same stay by another source, or by the same once more: to the hour or to the day, with another word for some of it, or none. */
    private void tellAgain(Instant entry, Instant end, String finess, String modeEntree, String modeSortie) {
        String source = List.of("SIH", "PMSI", "DAC", "ADT").get(random.nextInt(4));
        boolean dayOnly = random.nextInt(3) == 0;
        Instant entered = time.plusOneOf(entry, -2 * DAY, -DAY, -HOUR, 0, 0, 0, HOUR, DAY, 2 * DAY);
        Instant left = time.plusOneOf(end, -3 * HOUR, 0, 0, 0, HOUR, DAY);
        String place = random.nextInt(4) == 0 ? null : random.nextInt(6) == 0 ? referentiel.finess() : finess;
        String admissionId = null;
        if (random.nextInt(3) > 0 && RandomTime.past(entered) != null) {
            admissionId = rows.nextId("evenements", source);
            rows.add(
                    "evenements",
                    evenement(admissionId, "HOSPI_ADMISSION", entered, random.nextInt(3) == 0)
                            .with("source", source)
                            .with("finess", place)
                            .with("mode_entree", random.nextInt(3) == 0 ? null : modeEntree)
                            .with("programme", random.nextInt(3) == 0 ? Boolean.valueOf(random.nextBoolean()) : null)
                            .with("code", random.nextInt(12) == 0 ? "Z511" : null));
        }
        if (RandomTime.past(left) != null) {
            rows.add(
                    "evenements",
                    evenement(rows.nextId("evenements", source), "HOSPI_SORTIE", left, dayOnly)
                            .with("source", source)
                            .with("finess", place)
                            .with("mode_sortie", random.nextInt(6) == 0 ? null : modeSortie)
                            .with("lien_evenement_id", random.nextInt(3) > 0 ? admissionId : null)
                            .with("code", random.nextInt(12) == 0 ? "Z491" : null)
                            .with("commune_insee", random.nextInt(4) == 0 ? referentiel.communeOrNot() : null));
        }
    }

    void addPassages() {
        Instant start = time.moment();
        for (int i = random.nextInt(9) - 3; i > 0; i--) {
            boolean isTransferred = random.nextInt(8) == 0;
            Instant end = time.plusOneOf(start, 0, HOUR, 5 * HOUR, 9 * HOUR);
            addPassage(start, end, random.nextInt(15) == 0 ? "7" : "8", isTransferred ? "7" : "8");
            if (isTransferred) {
                Instant next = time.plusOneOf(end, HOUR, 6 * HOUR, DAY, DAY + 1);
                addPassage(next, time.plusOneOf(next, HOUR), "7", "8");
            }
            start = random.nextInt(5) == 0
                    ? time.moment()
                    : random.nextInt(2) == 0
                            ? time.plusOneOf(end, 4 * HOUR - 1, 4 * HOUR, 5 * HOUR, 3 * DAY)
                            : time.plusDays(
                                    start, List.of(3, 9, 15, 21, 30, 31, 80).get(random.nextInt(7)));
        }
    }

    /** Some passages are told by a second source too, a little earlier or later. */
    private void addPassage(Instant start, Instant end, String modeEntree, String modeSortie) {
        addRpu("SIH", start, end, modeEntree, modeSortie);
        if (random.nextInt(8) == 0) {
            addRpu("ORU", time.plusOneOf(start, -5, 0, 5, 4 * HOUR), end, modeEntree, modeSortie);
        }
    }

    private void addRpu(String source, Instant start, Instant end, String modeEntree, String modeSortie) {
        if (RandomTime.past(start) != null) {
            // The calendar says which are known by their day only: nothing is drawn, so the histories stay those of
            // before.
            boolean dayOnly = ParisTime.dayOf(start).toEpochDay() % 12 == 0;
            rows.add(
                    "evenements",
                    evenement(rows.nextId("evenements", source), "URG_PASSAGE", start, dayOnly)
                            .with("source", source)
                            .at("date_heure_fin", random.nextInt(3) == 0 ? null : RandomTime.past(end), false)
                            .with("finess", referentiel.finess())
                            .with("mode_entree", random.nextInt(6) == 0 ? null : modeEntree)
                            .with("mode_sortie", modeSortie)
                            .with("convoque", random.nextInt(12) == 0 ? Boolean.TRUE : null)
                            .with("programme", random.nextInt(15) == 0 ? Boolean.TRUE : null)
                            .with("commune_insee", random.nextInt(4) == 0 ? referentiel.communeOrNot() : null));
        }
    }

    void addRendezVous() {
        for (Instant sortie : sorties) {
            for (int i = random.nextInt(3); i > 0; i--) {
                addChain(time.plusOneOf(
                        sortie,
                        -HOUR,
                        0,
                        5 * HOUR,
                        30 * HOUR,
                        2 * DAY - 1,
                        2 * DAY,
                        2 * DAY + 1,
                        3 * DAY,
                        30 * DAY,
                        31 * DAY));
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            addChain(time.moment());
        }
        if (random.nextInt(4) == 0) {
            Instant ahead = RandomHistories.LIMIT.plusSeconds(60L * random.nextInt(60_000));
            rows.add("rendez_vous", rendezVous("DOCTOLIB", ahead, false, "CONFIRME", null));
        }
    }

    /** A rendez-vous with what it replaced, up to two links back, and perhaps the same told by another source. */
    private void addChain(Instant start) {
        if (RandomTime.past(start) == null) {
            return;
        }
        String source = SOURCES.get(random.nextInt(SOURCES.size()));
        boolean dayOnly = random.nextInt(9) == 0;
        String rpps = random.nextInt(3) == 0 ? null : referentiel.doctor();
        String replaced = null;
        for (int back = random.nextInt(5) - 2; back > 0; back--) {
            Instant before = start.minusSeconds(3600L * back);
            String statut = List.of("REPORTE", "REPORTE", "NON_HONORE", "ANNULE_PRO", "ERREUR")
                    .get(random.nextInt(5));
            Row link = rendezVous(source, before, false, statut, replaced).with("rpps", rpps);
            rows.add("rendez_vous", link);
            replaced = lastRendezVousId;
            addSame(source, before, statut, rpps);
        }
        String statut = statut();
        rows.add(
                "rendez_vous",
                rendezVous(source, start, dayOnly, statut, replaced).with("rpps", rpps));
        if (!dayOnly) {
            addSame(source, start, statut, rpps);
        }
    }

    /** Perhaps the same rendez-vous told by another source, a little earlier or later, with a statut of its own. */
    private void addSame(String source, Instant start, String statut, @Nullable String rpps) {
        Instant seen = time.plusOneOf(start, -15, 0, 10, 15, 16);
        String other = SOURCES.get(random.nextInt(SOURCES.size()));
        if (random.nextInt(5) == 0 && RandomTime.past(seen) != null && !other.equals(source)) {
            String told = random.nextBoolean() ? statut : statut();
            rows.add("rendez_vous", rendezVous(other, seen, false, told, null).with("rpps", rpps));
        }
    }

    private String statut() {
        return random.nextInt(3) > 0
                ? "HONORE"
                : List.of("NON_HONORE", "ANNULE_PATIENT", "ANNULE_PRO", "CONFIRME", "DEMANDE", "REPORTE", "ERREUR")
                        .get(random.nextInt(7));
    }

    private Row rendezVous(String source, Instant start, boolean dayOnly, String statut, @Nullable String replaced) {
        lastRendezVousId = rows.nextId("rendez_vous", source);
        return new Row()
                .with("source", source)
                .with("rdv_id", lastRendezVousId)
                .with("patient_id", id)
                .at("date_heure_debut", start, dayOnly)
                .with("statut", statut)
                .with("rdv_remplace_id", replaced)
                .with("mode", List.of("PRES", "PRES", "TLC", "VAD", "TEL").get(random.nextInt(5)))
                .with("profession", List.of("MG", "MG", "IDE", "SPE").get(random.nextInt(4)))
                .with("finess", random.nextInt(3) == 0 ? referentiel.finess() : null)
                .with("dispositif_id", random.nextInt(3) == 0 ? referentiel.dispositif() : null)
                .with("creneau_id", random.nextInt(4) == 0 ? referentiel.creneau() : null)
                .with("creneau_dedie", random.nextInt(3) == 0 ? Boolean.valueOf(random.nextBoolean()) : null);
    }

    private Row evenement(String eventId, String type, Instant moment, boolean dayOnly) {
        return new Row()
                .with("source", "SIH")
                .with("evenement_id", eventId)
                .with("patient_id", id)
                .with("type", type)
                .at("date_heure", moment, dayOnly);
    }
}
