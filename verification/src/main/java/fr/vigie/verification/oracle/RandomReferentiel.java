package fr.vigie.verification.oracle;

import fr.vigie.verification.oracle.WorldRows.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The places and doctors of one random world: communes of two départements, overlapping CPTS with dated membership, doctors who cease. */
final class RandomReferentiel {

    private static final int SLOTS = 12;

    private final Random random;
    private final String prefix;
    private final List<String> communes = new ArrayList<>();
    private final List<String> doctors = new ArrayList<>();
    private final List<String> finess = new ArrayList<>();
    private final String unknownCommune;
    private final RandomMovements movements;

    RandomReferentiel(Random random, String prefix, int number) {
        this.random = random;
        this.prefix = prefix;
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            communes.add("%s%03d".formatted(i % 2 == 0 ? "34" : "30", 2 * number + 1 + i / 2));
        }
        unknownCommune = "12%03d".formatted(number + 1);
        movements = new RandomMovements(random, number, communes);
        for (int i = 0; i < 4; i++) {
            doctors.add(withLuhnKey("10%05d%03d".formatted(number + 1, i)));
        }
        for (int i = 0; i < 3; i++) {
            finess.add(withLuhnKey("34%04d%02d".formatted(number + 1, i)));
        }
    }

    String commune() {
        return communes.get(random.nextInt(communes.size()));
    }

    /** Mostly known, sometimes a code that vanished or that no référentiel knows, sometimes empty. */
    @Nullable
    String communeOrNot() {
        int draw = random.nextInt(20);
        return draw == 0 ? null : draw == 1 ? unknownCommune : draw < 6 ? movements.vanished() : commune();
    }

    /** Where people move: unknown and empty more often. */
    @Nullable
    String destination() {
        int draw = random.nextInt(8);
        return draw == 0 ? null : draw == 1 ? unknownCommune : draw < 4 ? movements.vanished() : commune();
    }

    String doctor() {
        return doctors.get(random.nextInt(doctors.size()));
    }

    String finess() {
        return finess.get(random.nextInt(finess.size()));
    }

    String dispositif() {
        return prefix + "-D" + random.nextInt(2);
    }

    void addTo(WorldRows rows) {
        for (int i = 0; i < communes.size(); i++) {
            rows.add(
                    "communes",
                    new Row()
                            .with("source", "INSEE")
                            .with("code_insee", communes.get(i))
                            .with("libelle", "Commune " + communes.get(i))
                            .with("departement", communes.get(i).substring(0, 2))
                            .with("region", "76")
                            .with("epci", random.nextInt(4) == 0 ? null : prefix + "-EPCI" + i / 2)
                            .with("population", random.nextInt(3) == 0 ? null : 100 * (1 + random.nextInt(3))));
        }
        movements.addTo(rows);
        for (int i = 0; i < doctors.size(); i++) {
            // One still practises, one ceased long ago, one during the facts, and the last is not in the référentiel.
            LocalDate end = i == 1
                    ? LocalDate.of(2023, 6, 30)
                    : i == 2 ? LocalDate.of(2025, 1, 31).plusMonths(random.nextInt(20)) : null;
            if (i < 3) {
                rows.add(
                        "professionnels",
                        new Row()
                                .with("source", "ANNUAIRE")
                                .with("rpps", doctors.get(i))
                                .with("profession", "MG")
                                .with("date_fin", end));
            }
        }
        addCreneaux(rows);
        int cpts = 2 + random.nextInt(2);
        for (int i = 1; i <= cpts; i++) {
            addTerritoire(rows, "CPTS", prefix + "-CPTS" + i);
        }
        addTerritoire(rows, "CLS", prefix + "-CLS");
        LocalDate joined = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(900));
        // The first commune is always in one CPTS and for a while in two; the second leaves and comes back; the last
        // joins late or never.
        addMembership(rows, "-CPTS1", communes.get(0), LocalDate.of(2015, 1, 1), null);
        addMembership(rows, "-CPTS2", communes.get(0), joined, joined.plusDays(100));
        addMembership(rows, "-CPTS2", communes.get(1), LocalDate.of(2015, 1, 1), LocalDate.of(2025, 6, 14));
        addMembership(rows, "-CPTS2", communes.get(1), LocalDate.of(2026, 2, 15), null);
        if (communes.size() > 2) {
            addMembership(rows, "-CPTS1", communes.get(2), LocalDate.of(2025, 7, 1), null);
            addMembership(rows, "-CLS", communes.get(2), LocalDate.of(2015, 1, 1), LocalDate.of(2026, 3, 31));
        }
        if (cpts == 3) {
            addMembership(rows, "-CPTS3", communes.get(0), LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));
        }
        // A territoire described once and for all by codes of another day.
        for (String code : movements.codes()) {
            if (random.nextInt(3) == 0) {
                addMembership(
                        rows,
                        "-CPTS" + (1 + random.nextInt(cpts)),
                        code,
                        LocalDate.of(2015, 1, 1),
                        random.nextBoolean() ? null : LocalDate.of(2026, 3, 31));
            }
        }
    }

    private void addTerritoire(WorldRows rows, String type, String id) {
        rows.add(
                "territoires",
                new Row()
                        .with("source", "REFERENTIEL")
                        .with("territoire_id", id)
                        .with("type", type)
                        .with("libelle", id));
    }

    private void addMembership(
            WorldRows rows, String suffix, String commune, LocalDate start, @Nullable LocalDate end) {
        rows.add(
                "territoires_communes",
                new Row()
                        .with("source", "REFERENTIEL")
                        .with("territoire_id", prefix + suffix)
                        .with("code_insee", commune)
                        .with("date_debut", start)
                        .with("date_fin", end));
    }

    /** The id of a slot, of one source, of both, or offered by none. */
    String creneau() {
        return prefix + "-K" + random.nextInt(SLOTS + 2);
    }

    /** Two sources offer slots and number them alike; the hours of some are unknown, those of some lie ahead. */
    private void addCreneaux(WorldRows rows) {
        RandomTime time = new RandomTime(random);
        for (int i = 0; i < SLOTS; i++) {
            for (String source : List.of("DOCTOLIB", "48HC")) {
                if (random.nextInt(3) > 0) {
                    rows.add(
                            "creneaux",
                            new Row()
                                    .with("source", source)
                                    .with("creneau_id", prefix + "-K" + i)
                                    .with("dispositif_id", dispositif())
                                    .at(
                                            "date_heure_debut",
                                            random.nextInt(8) == 0
                                                    ? RandomHistories.LIMIT.plusSeconds(60L * random.nextInt(60_000))
                                                    : time.moment(),
                                            random.nextInt(8) == 0)
                                    .with("profession", random.nextInt(4) == 0 ? null : "MG")
                                    .with("commune_lieu", communeOrNot()));
                }
            }
        }
    }

    private static String withLuhnKey(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits + (10 - sum % 10) % 10;
    }
}
