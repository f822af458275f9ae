package fr.vigie.dashboards;

import fr.vigie.indicators.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** What a value is measured in, hence how it is written. */
public enum ValueUnit {
    POURCENT("%") {
        @Override
        String value(BigDecimal value) {
            return FrenchFormat.percent(value);
        }

        @Override
        String tick(BigDecimal value) {
            return FrenchFormat.number(value) + FrenchFormat.NO_BREAK_SPACE + "%";
        }
    },
    HEURES("h") {
        /** From three days on, days are read more easily: both are given. */
        @Override
        String value(BigDecimal value) {
            long minutes = value.multiply(BigDecimal.valueOf(60))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
            String hours = FrenchFormat.duration(Duration.ofMinutes(minutes));
            return value.compareTo(BigDecimal.valueOf(72)) < 0
                    ? hours
                    : hours + " (" + FrenchFormat.days(value.divide(BigDecimal.valueOf(24), 6, RoundingMode.HALF_UP))
                            + ")";
        }

        @Override
        String tick(BigDecimal value) {
            return FrenchFormat.number(value) + FrenchFormat.NO_BREAK_SPACE + "h";
        }
    },
    JOURS("j") {
        @Override
        String value(BigDecimal value) {
            return FrenchFormat.days(value);
        }

        @Override
        String tick(BigDecimal value) {
            return FrenchFormat.number(value) + FrenchFormat.NO_BREAK_SPACE + "j";
        }
    },
    EFFECTIF("") {
        @Override
        String value(BigDecimal value) {
            return FrenchFormat.number(value);
        }

        @Override
        String tick(BigDecimal value) {
            return FrenchFormat.number(value);
        }
    };

    private final String suffix;

    ValueUnit(String suffix) {
        this.suffix = suffix;
    }

    /** What follows the number; empty for a count. */
    String suffix() {
        return suffix;
    }

    /** What the values of a measure are in. */
    public static ValueUnit of(Measure measure) {
        if (measure instanceof Measure.Delay delay) {
            return delay.clock() == Measure.Clock.SECONDS ? HEURES : JOURS;
        }
        return measure instanceof Measure.Count ? EFFECTIF : POURCENT;
    }

    /** As read in a sentence, a card or a table. */
    abstract String value(BigDecimal value);

    /** As read on an axis, with no decimals added. */
    abstract String tick(BigDecimal value);

    boolean isDelay() {
        return this == HEURES || this == JOURS;
    }
}
