package fr.vigie.demonstration;

import fr.vigie.demonstration.Territoire.Commune;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who does not exist.
 *
 * @param commune first residence of the period
 * @param secondCommune residence after the move
 * @param move the day of the move, if any
 * @param deces the minute of death, if in the period
 * @param fragility what multiplies hospital care: most of it goes to few people
 */
record Patient(
        String id,
        LocalDate birth,
        String sexe,
        Commune commune,
        @Nullable Commune secondCommune,
        @Nullable LocalDate move,
        @Nullable LocalDateTime deces,
        boolean diesInHospital,
        List<Integer> ald,
        Set<String> pathologies,
        Set<String> vulnerabilites,
        double fragility) {

    Patient {
        ald = List.copyOf(ald);
        // Not Set.copyOf: its order changes with every start of the machine, and the order is written.
        pathologies = Collections.unmodifiableSet(pathologies);
        vulnerabilites = Collections.unmodifiableSet(vulnerabilites);
    }

    /** Completed years on a day. */
    int age(LocalDate day) {
        return (int) ChronoUnit.YEARS.between(birth, day);
    }

    Commune residence(LocalDate day) {
        return secondCommune == null || move == null || day.isBefore(move) ? commune : secondCommune;
    }

    boolean isVulnerable() {
        return vulnerabilites.size() > 1 || !ald.isEmpty();
    }
}
