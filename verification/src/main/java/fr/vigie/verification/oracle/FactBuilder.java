package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers the columns of one fact; a null is not kept. */
final class FactBuilder {

    private final String table;
    private final Map<String, Object> values = new TreeMap<>();

    FactBuilder(String table) {
        this.table = table;
    }

    /** A fact dated by a datetime column of a row. */
    static FactBuilder dated(String table, Person person, SilverRow row, String column, @Nullable String ownCommune) {
        return new FactBuilder(table)
                .with("instant", row.requiredInstant(column))
                .with("instant_max", row.requiredLatest(column))
                .person(person, row.requiredDay(column), ownCommune);
    }

    /** A fact at an instant that no row tells. */
    static FactBuilder at(String table, Person person, Instant instant) {
        return new FactBuilder(table)
                .with("instant", instant)
                .with("instant_max", instant)
                .person(person, ParisTime.dayOf(instant), null);
    }

    /** A fact that is the state of a person on a day. */
    static FactBuilder onDay(String table, Person person, LocalDate day) {
        return new FactBuilder(table)
                .with("instant", ParisTime.midnight(day))
                .with("instant_max", ParisTime.lastSecond(day))
                .person(person, day, null);
    }

    private FactBuilder person(Person person, LocalDate day, @Nullable String ownCommune) {
        return with("jour", day)
                .with("patient_id", person.id())
                .with("commune", person.residence().communeOn(day, ownCommune))
                .uncertain("age", person.birth().leastAgeOn(day), person.birth().greatestAgeOn(day))
                .with("classe_age", person.birth().classOn(day))
                .with("sexe", person.sexe())
                .with("pathologies", person.pathologies())
                .with("vulnerabilites", person.vulnerabilitesOn(day))
                .with("est_en_ald", person.isEnAld());
    }

    FactBuilder with(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    FactBuilder uncertain(String name, @Nullable Long least, @Nullable Long greatest) {
        return with(name + "_min", least).with(name + "_max", greatest);
    }

    Fact build() {
        return new Fact(table, values);
    }
}
