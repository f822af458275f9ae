package fr.vigie.demonstration;

import fr.vigie.demonstration.Territoire.Commune;
import fr.vigie.demonstration.Territoire.Population;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The professionals of the region: as many as the patients need, in proportion to the population. Kept whole, being few. */
final class Professionnels {

    private static final int PATIENTS_PER_MEDECIN = 70;
    private static final Weighted OTHERS = Weighted.of("SPE=40 IDE=16 IPA=4 SF=8 MK=10 PSY=8 ASS=4 PHA=4 DENT=6");
    private static final String MEDECINE_GENERALE = "SM54";
    private static final Weighted SPECIALITES = Weighted.of(
            "SM02=4 SM03=3 SM04=10 SM15=6 SM24=8 SM29=5 SM32=5 SM33=4 SM38=5 SM40=5 SM41=6 SM42=6 SM44=5 SM50=5");
    private static final Weighted MOTIFS_DE_FIN = Weighted.of("RETRAITE=70 DEPART=20 DECES_MEDECIN=7 RADIATION=3");

    /**
     * One professional.
     *
     * @param dateFin the last day of practice, when it has ended in the period
     */
    record Professionnel(
            String rpps,
            String profession,
            String specialite,
            Commune commune,
            @Nullable LocalDate dateFin,
            String motifFin) {

        boolean practisesOn(LocalDate day) {
            return dateFin == null || !day.isAfter(dateFin);
        }
    }

    private final DemonstrationParameters parameters;
    private final Map<String, List<Professionnel>> medecins = new HashMap<>();
    private final Map<String, Map<String, List<Professionnel>>> others = new HashMap<>();
    private final List<Professionnel> all = new ArrayList<>();

    Professionnels(DemonstrationParameters parameters, Territoire territoire) {
        this.parameters = parameters;
        int wanted = parameters.patients() / PATIENTS_PER_MEDECIN;
        double total = territoire.region().total();
        territoire.departements().forEach((departement, population) -> {
            int share = Math.max(6, (int) (wanted * population.total() / total));
            for (int rank = 0; rank < share; rank++) {
                Draws draws = Draws.of(parameters.seed(), "professionnel", all.size());
                Professionnel medecin = draw("MG", population, draws);
                all.add(medecin);
                medecins.computeIfAbsent(departement, key -> new ArrayList<>()).add(medecin);
            }
            Map<String, List<Professionnel>> here = new HashMap<>();
            for (int rank = 0; rank < share + 12; rank++) {
                Draws draws = Draws.of(parameters.seed(), "professionnel", all.size());
                Professionnel other = draw(OTHERS.draw(draws), population, draws);
                all.add(other);
                here.computeIfAbsent(other.profession(), key -> new ArrayList<>())
                        .add(other);
            }
            others.put(departement, here);
        });
    }

    void write(FeedFiles files) {
        for (int index = 0; index < all.size(); index++) {
            Draws draws = Draws.of(parameters.seed(), "exercice", index);
            Professionnel professionnel = all.get(index);
            LocalDate dateDebut = draws.day(
                    parameters.start().minusYears(35), parameters.start().minusYears(1));
            boolean msu = "MG".equals(professionnel.profession()) && draws.chance(0.15);
            LocalDate msuDebut = msu ? draws.day(dateDebut, parameters.end()) : null;
            files.write(
                    DemonstrationFeed.PROFESSIONNELS
                            .line()
                            .with("rpps", professionnel.rpps())
                            .with("profession", professionnel.profession())
                            .with("specialite", professionnel.specialite())
                            .with("commune_exercice", professionnel.commune().code())
                            .with("mode_exercice", draws.chance(0.75) ? "LIB" : draws.chance(0.7) ? "SAL" : "MIXTE")
                            .with("date_debut", dateDebut)
                            .with("date_fin", professionnel.dateFin())
                            .with("motif_fin", professionnel.motifFin())
                            .with("msu", msu)
                            .with("msu_debut", msuDebut)
                            .with("docteur_junior", draws.chance(0.03))
                            .with("date_maj", draws.moment(parameters.start().atStartOfDay(), parameters.cutoff())),
                    draws);
        }
    }

    /** A doctor of the département who practises on that day, in the same CPTS when chance allows. */
    Professionnel medecin(Commune residence, LocalDate day, Draws draws) {
        List<Professionnel> near = medecins.getOrDefault(residence.departement(), List.of());
        List<Professionnel> candidates = near.isEmpty() ? all.subList(0, 6) : near;
        Professionnel best = draws.pick(candidates);
        for (int attempt = 0; attempt < 8; attempt++) {
            if (best.practisesOn(day) && shareCpts(best.commune(), residence)) {
                return best;
            }
            Professionnel next = draws.pick(candidates);
            if (!best.practisesOn(day) || next.practisesOn(day)) {
                best = next;
            }
        }
        return best;
    }

    /** Somebody of a profession in the département; nobody when it has none. */
    @Nullable
    Professionnel other(String profession, Commune residence, Draws draws) {
        List<Professionnel> near =
                others.getOrDefault(residence.departement(), Map.of()).getOrDefault(profession, List.of());
        return near.isEmpty() ? null : draws.pick(near);
    }

    private Professionnel draw(String profession, Population population, Draws draws) {
        boolean medecin = "MG".equals(profession);
        LocalDate dateFin =
                draws.chance(medecin ? 0.07 : 0.03) ? draws.day(parameters.start(), parameters.end()) : null;
        return new Professionnel(
                rpps(all.size()),
                profession,
                medecin ? MEDECINE_GENERALE : "SPE".equals(profession) ? SPECIALITES.draw(draws) : "",
                population.draw(draws),
                dateFin,
                dateFin == null ? "" : MOTIFS_DE_FIN.draw(draws));
    }

    private static boolean shareCpts(Commune one, Commune other) {
        return one.cpts().stream().anyMatch(other.cpts()::contains);
    }

    /** A number of the test range 997 with a valid key: never that of a real person. */
    static String rpps(int index) {
        String body = String.format(Locale.ROOT, "997%07d", index);
        int total = 0;
        for (int position = 0; position < body.length(); position++) {
            int digit = body.charAt(body.length() - 1 - position) - '0';
            int weighted = position % 2 == 0 ? digit * 2 : digit;
            total += weighted > 9 ? weighted - 9 : weighted;
        }
        return body + (10 - total % 10) % 10;
    }
}
