package fr.vigie.demonstration;

import fr.vigie.demonstration.Territoire.Commune;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Draws the persons: ages of Occitanie (INSEE), chronic illnesses and vulnerabilities that come with age, moves and deaths. */
final class Patients {

    private static final double ELSEWHERE = 0.008;
    private static final double UNKNOWN_RESIDENCE = 0.004;
    private static final double MOVES = 0.06;

    /** First year of each age class, and its share of the population. */
    private static final Weighted AGES = Weighted.of("0=5.4 6=11.3 16=32.6 45=19.8 60=6.8 65=12.4 75=7.9 85=3.8");

    private static final Weighted ALD =
            Weighted.of("8=26 30=20 5=12 13=11 3=6 14=7 23=14 15=6 16=3 1=5 19=4 12=5 31=6 32=3");
    private static final Weighted PLACES_OF_MOVE = Weighted.of("NEAR=50 REGION=30 FAR=20");

    private Patients() {}

    /** Draws a person; {@code number} makes the identifier. */
    static Patient draw(World world, String number, Draws draws) {
        LocalDate end = world.parameters().end();
        LocalDate start = world.parameters().start();
        LocalDate birth = birth(end, draws);
        int age = Math.max(0, end.getYear() - birth.getYear());
        Commune commune = draws.chance(ELSEWHERE)
                ? world.territoire().elsewhere().draw(draws)
                : world.territoire().region().draw(draws);
        List<Integer> ald = ald(age, draws);
        Set<String> vulnerabilites = vulnerabilites(birth, age, end, draws);
        LocalDate firstDay = birth.isAfter(start) ? birth : start;
        LocalDateTime deces = deces(age, firstDay, world.parameters(), draws);
        LocalDate lastDay = deces == null ? end : deces.toLocalDate();
        boolean moves = draws.chance(MOVES) && lastDay.isAfter(firstDay.plusDays(40));
        return new Patient(
                "D" + number,
                birth,
                draws.chance(0.003) ? "I" : draws.chance(0.52) ? "F" : "M",
                commune,
                moves ? arrival(world, commune, draws) : null,
                moves ? draws.day(firstDay.plusDays(20), lastDay.minusDays(10)) : null,
                deces,
                draws.chance(0.55),
                ald,
                pathologies(ald, draws),
                vulnerabilites,
                draws.logNormal(0.72, 0.8));
    }

    static void write(Dossier dossier) {
        Draws draws = dossier.draws();
        Patient patient = dossier.patient();
        LocalDate end = dossier.world().parameters().end();
        Line line = dossier.line(DemonstrationFeed.PATIENTS)
                .with("date_naissance", patient.birth())
                .with("sexe", patient.sexe())
                .with(
                        "commune_insee",
                        draws.chance(UNKNOWN_RESIDENCE) ? "" : patient.commune().code())
                .with("qpv", patient.vulnerabilites().contains("QPV"))
                .with("ald", patient.ald().stream().map(String::valueOf).collect(Collectors.joining("|")))
                .with("pathologies", String.join("|", patient.pathologies()))
                .with("vulnerabilites", String.join("|", patient.vulnerabilites()))
                .with("gir", gir(patient.age(end), draws))
                .with("opposition", draws.chance(0.005) ? "O" : "N");
        LocalDateTime deces = patient.deces();
        if (deces != null && draws.chance(0.95)) {
            line.with("date_deces", deces.toLocalDate());
        }
        line.with("date_maj", dossier.version(deces == null ? draws.moment(dossier.from(), dossier.until()) : deces));
        writeResidences(dossier, line);
        if (deces != null && draws.chance(0.7)) {
            dossier.write(Evenements.line(dossier, "DECES", "SIH", deces).with("date_maj", dossier.version(deces)));
        }
    }

    /** Seven moves in ten are told by dated residences, the others by an event alone. */
    private static void writeResidences(Dossier dossier, Line line) {
        Patient patient = dossier.patient();
        LocalDate move = patient.move();
        Commune arrival = patient.secondCommune();
        Draws draws = dossier.draws();
        if (move == null || arrival == null) {
            dossier.write(line);
        } else if (draws.chance(0.7)) {
            LocalDate arrived = draws.day(patient.birth(), dossier.from().toLocalDate());
            dossier.write(line.copy().with("commune_debut", arrived).with("commune_fin", move.minusDays(1)));
            dossier.write(line.copy().with("commune_insee", arrival.code()).with("commune_debut", move));
        } else {
            dossier.write(line);
            LocalDateTime moment = move.atTime(9, 0);
            dossier.write(Evenements.line(dossier, "DEMENAGEMENT", "SPICO", moment)
                    .with("commune_insee", arrival.code())
                    .with("date_maj", dossier.version(moment)));
        }
    }

    private static LocalDate birth(LocalDate end, Draws draws) {
        int first = Integer.parseInt(AGES.draw(draws));
        int years = switch (first) {
            case 0 -> 6;
            case 16 -> 29;
            case 45 -> 15;
            case 60 -> 5;
            case 85 -> 0;
            default -> 10;
        };
        LocalDate youngest = end.minusYears(first);
        return years == 0
                ? youngest.minusDays((long) Math.min(20 * 365.0, -1_400 * StrictMath.log(1 - draws.unit())))
                : draws.day(youngest.minusYears(years).plusDays(1), youngest);
    }

    private static Commune arrival(World world, Commune from, Draws draws) {
        return switch (PLACES_OF_MOVE.draw(draws)) {
            case "NEAR" ->
                world.territoire()
                        .departements()
                        .getOrDefault(from.departement(), world.territoire().region())
                        .draw(draws);
            case "REGION" -> world.territoire().region().draw(draws);
            default -> world.territoire().elsewhere().draw(draws);
        };
    }

    private static @Nullable LocalDateTime deces(
            int age, LocalDate firstDay, DemonstrationParameters parameters, Draws draws) {
        double perYear = age < 45 ? 0.0004 : age < 60 ? 0.003 : age < 75 ? 0.011 : age < 85 ? 0.035 : 0.12;
        double years = (parameters.end().toEpochDay() - firstDay.toEpochDay()) / 365.25;
        if (!draws.chance(1 - StrictMath.exp(-perYear * years))) {
            return null;
        }
        LocalDateTime earliest = firstDay.plusDays(1).atStartOfDay();
        return earliest.isBefore(parameters.cutoff()) ? draws.moment(earliest, parameters.cutoff()) : null;
    }

    private static List<Integer> ald(int age, Draws draws) {
        double share = age < 16 ? 0.02 : age < 45 ? 0.05 : age < 60 ? 0.16 : age < 75 ? 0.33 : 0.5;
        List<Integer> ald = new ArrayList<>();
        for (int rank = 0; rank < 2 && draws.chance(rank == 0 ? share : 0.25); rank++) {
            int number = Integer.parseInt(ALD.draw(draws));
            if (!ald.contains(number)) {
                ald.add(number);
            }
        }
        return ald;
    }

    /** The groupings of domaine 0.9, and some illnesses that no ALD covers. */
    private static Set<String> pathologies(List<Integer> ald, Draws draws) {
        Set<String> pathologies = new LinkedHashSet<>();
        for (int number : ald) {
            pathologies.add(
                    switch (number) {
                        case 8 -> "DIAB";
                        case 30 -> "CANC";
                        case 3, 5, 12, 13 -> "CARD";
                        case 14 -> "RESP";
                        case 23 -> "PSY";
                        case 15, 16 -> "NEUD";
                        case 1 -> "AVC";
                        case 19 -> "IRC";
                        default -> "AUTRE";
                    });
        }
        if (draws.chance(0.04)) {
            pathologies.add(draws.chance(0.5) ? "PSY" : "RESP");
        }
        return pathologies;
    }

    private static Set<String> vulnerabilites(LocalDate birth, int age, LocalDate end, Draws draws) {
        Set<String> codes = new LinkedHashSet<>();
        boolean old = !birth.plusYears(75).isAfter(end);
        if (old) {
            codes.add("AGE");
        }
        add(codes, "PREC", 0.11, draws);
        add(codes, "HAND", 0.04, draws);
        add(codes, "ISOL", old ? 0.22 : 0.05, draws);
        add(codes, "MOBI", old ? 0.2 : 0.03, draws);
        add(codes, "LANG", 0.02, draws);
        add(codes, "NUMQ", old ? 0.14 : 0.03, draws);
        add(codes, "MONO", age >= 22 && age <= 50 ? 0.06 : 0, draws);
        add(codes, "ETUD", age >= 18 && age <= 25 ? 0.3 : 0, draws);
        add(codes, "SDF", 0.003, draws);
        add(codes, "QPV", 0.09, draws);
        add(codes, "ASE", age < 18 ? 0.012 : 0, draws);
        add(codes, "AIDT", age >= 50 ? 0.02 : 0.004, draws);
        add(codes, "PSY", 0.025, draws);
        return codes;
    }

    private static void add(Set<String> codes, String code, double share, Draws draws) {
        if (draws.chance(share)) {
            codes.add(code);
        }
    }

    private static String gir(int age, Draws draws) {
        return age < 60 || !draws.chance(age < 75 ? 0.05 : age < 85 ? 0.25 : 0.6)
                ? ""
                : Integer.toString(draws.between(1, 6));
    }
}
