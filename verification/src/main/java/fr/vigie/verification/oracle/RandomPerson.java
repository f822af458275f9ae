package fr.vigie.verification.oracle;

import fr.vigie.verification.oracle.WorldRows.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws who a person is: birth, residences, death, declarations; what happens to her is left to {@link RandomCare}. */
final class RandomPerson {

    private final Random random;
    private final RandomTime time;
    private final WorldRows rows;
    private final RandomReferentiel referentiel;
    private final String id;
    private final Set<String> declared = new HashSet<>();

    RandomPerson(Random random, WorldRows rows, RandomReferentiel referentiel, String id) {
        this.random = random;
        this.time = new RandomTime(random);
        this.rows = rows;
        this.referentiel = referentiel;
        this.id = id;
    }

    void addAll() {
        if (random.nextInt(15) > 0) {
            addResidences();
        }
        addDeclarations();
        if (random.nextInt(30) == 0) {
            addEvenement("OPPOSITION", time.moment(), false, new Row());
        }
        RandomCare care = new RandomCare(random, rows, referentiel, id);
        care.addStays();
        declareAround(care.sorties());
        addMoves(care.sorties());
        addDeath(care.sorties());
        care.addPassages();
        care.addRendezVous();
        new RandomOrientations(random, rows, referentiel, id).addAll(care.sorties(), this::declareFrom);
        new RandomRuptures(random, rows, id).addAll();
    }

    private void addResidences() {
        LocalDate moved = time.day();
        switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                rows.addVersioned("patients", patient("DAC").with("commune_insee", referentiel.communeOrNot()));
            case 3, 4 -> {
                int gap = random.nextInt(3) == 0 ? 20 : 1;
                addResidence("DAC", LocalDate.of(2018, 5, 1), moved.minusDays(gap));
                addResidence("DAC", moved, null);
            }
            case 5 -> addResidence("DAC", LocalDate.of(2018, 5, 1), random.nextBoolean() ? moved : null);
            case 6 -> {
                addResidence("DAC", moved, moved.plusDays(random.nextInt(200)));
                rows.addVersioned("patients", patient("DAC").with("commune_insee", referentiel.commune()));
            }
            default -> {
                rows.addVersioned("patients", patient("DAC").with("commune_insee", referentiel.commune()));
                addResidence("SPICO", moved, null);
            }
        }
    }

    private void addResidence(String source, LocalDate start, @Nullable LocalDate end) {
        rows.addVersioned(
                "patients",
                patient(source)
                        .with("commune_insee", referentiel.communeOrNot())
                        .with("commune_debut", start)
                        .with("commune_fin", end));
    }

    /** Every row tells a little about the person, not always the same. */
    private Row patient(String source) {
        Row row = new Row().with("source", source).with("patient_id", id);
        switch (random.nextInt(12)) {
            case 0 -> row.with("mois_naissance", "1961-%02d".formatted(1 + random.nextInt(12)));
            case 1 ->
                row.with("annee_naissance", List.of(1940, 1951, 1961, 1980).get(random.nextInt(4)));
            case 2 -> row.with("sexe", "F");
            case 3 -> row.with("date_naissance", LocalDate.of(1960, 2, 29));
            case 4 -> row.with("date_naissance", LocalDate.of(2009, 3, 1).plusDays(random.nextInt(600)));
            case 5 -> row.with("date_naissance", LocalDate.of(1950, 1, 1).plusDays(random.nextInt(730)));
            case 6 -> row.with("date_naissance", LocalDate.of(1960, 1, 1).plusDays(random.nextInt(730)));
            default -> row.with("date_naissance", LocalDate.of(1930, 1, 1).plusDays(random.nextInt(13000)));
        }
        row.with("sexe", List.of("F", "M", "I").get(random.nextInt(20) == 0 ? 2 : random.nextInt(2)));
        if (random.nextInt(3) == 0) {
            row.with(
                    "ald",
                    List.of(List.of(8), List.of(30, 5), List.of(4), List.of(15, 16))
                            .get(random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            row.with(
                    "pathologies",
                    List.of(List.of("DIAB"), List.of("CARD", "PSY"), List.of("AUTRE"))
                            .get(random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            row.with(
                    "vulnerabilites",
                    List.of(List.of("PREC"), List.of("ISOL", "MOBI"), List.of("AGE"))
                            .get(random.nextInt(3)));
        }
        return row.with("qpv", random.nextInt(4) == 0 ? Boolean.valueOf(random.nextBoolean()) : null)
                .with("opposition", random.nextInt(40) == 0 ? Boolean.TRUE : null);
    }

    private void addMoves(List<Instant> sorties) {
        Set<LocalDate> days = new HashSet<>();
        for (int i = random.nextInt(6) - 3; i > 0; i--) {
            Instant moment = aroundOneOf(sorties);
            if (days.add(ParisTime.dayOf(moment))) {
                addEvenement(
                        "DEMENAGEMENT",
                        moment,
                        random.nextInt(4) == 0,
                        new Row().with("commune_insee", referentiel.destination()));
            }
        }
    }

    private void addDeclarations() {
        for (int i = random.nextInt(6) - 2; i > 0; i--) {
            LocalDate start = random.nextInt(3) == 0
                    ? LocalDate.of(2024, 3, 1)
                    : time.day().minusDays(random.nextInt(400));
            LocalDate end = random.nextInt(2) == 0 ? null : start.plusDays(random.nextInt(900));
            declare(start, end);
        }
    }

    /** A declaration that begins on a day and goes on. */
    private void declareFrom(LocalDate start) {
        declare(start, null);
    }

    /** Around some sorties: from the day before, the day itself or the day after; or until one of them. */
    private void declareAround(List<Instant> sorties) {
        for (Instant sortie : sorties) {
            LocalDate day = ParisTime.dayOf(sortie).plusDays(random.nextInt(3) - 1);
            if (random.nextInt(8) == 0) {
                boolean begins = random.nextBoolean();
                if (!begins || RandomTime.past(ParisTime.midnight(day)) != null) {
                    declare(begins ? day : day.minusDays(200), begins ? null : day);
                }
            }
        }
    }

    private void declare(LocalDate start, @Nullable LocalDate end) {
        boolean isCentre = random.nextInt(8) == 0;
        String medecin = isCentre ? referentiel.finess() : referentiel.doctor();
        if (declared.add(medecin + start)) {
            rows.addVersioned(
                    "declarations_mt",
                    new Row()
                            .with("source", "CNAM")
                            .with("patient_id", id)
                            .with(isCentre ? "finess" : "rpps", medecin)
                            .with("date_debut", start)
                            .with("date_fin", end));
        }
    }

    /** Half of the time soon after a sortie, where it matters whether the observation goes on. */
    private Instant aroundOneOf(List<Instant> sorties) {
        if (sorties.isEmpty() || random.nextBoolean()) {
            return time.moment();
        }
        Instant after = time.plusOneOf(sorties.get(random.nextInt(sorties.size())), 60, 1440, 2000, 20_000);
        return RandomTime.past(after) == null ? time.moment() : after;
    }

    private void addDeath(List<Instant> sorties) {
        Instant moment = aroundOneOf(sorties);
        switch (random.nextInt(14)) {
            case 0 -> addEvenement("DECES", moment, random.nextInt(3) == 0, new Row());
            case 1 -> rows.addVersioned("patients", deceased(ParisTime.dayOf(moment)));
            case 2 -> {
                addEvenement("DECES", moment, false, new Row());
                rows.addVersioned("patients", deceased(ParisTime.dayOf(moment).minusDays(random.nextInt(2))));
            }
            default -> {}
        }
    }

    /** The état civil tells the day of the death, and of the residence nothing. */
    private Row deceased(LocalDate day) {
        return new Row().with("source", "ETAT_CIVIL").with("patient_id", id).with("date_deces", day);
    }

    private void addEvenement(String type, Instant moment, boolean dayOnly, Row row) {
        rows.add(
                "evenements",
                row.with("source", "DAC")
                        .with("evenement_id", rows.nextId("evenements", "DAC"))
                        .with("patient_id", id)
                        .with("type", type)
                        .at("date_heure", moment, dayOnly));
    }
}
