package fr.vigie.dashboards;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A published row as it is read in a given unit.
 *
 * <p>A masked row is read through its status only: even if a number came with it, none would be shown.
 */
public record ShownValue(ValueRow row, ValueUnit unit) {

    /** Under this denominator a value is read with care, and no verdict is coloured (domaine 0.4). */
    static final long PRUDENCE_BELOW = 10;

    boolean isShown() {
        return FrenchFormat.special(row.statut()).isEmpty();
    }

    /** Where the value stands on an axis; absent when masked, without object, or not reached. */
    Optional<BigDecimal> position() {
        return visible(row.valeur());
    }

    Optional<BigDecimal> low() {
        return visible(row.icBas());
    }

    Optional<BigDecimal> high() {
        return visible(row.icHaut());
    }

    private Optional<BigDecimal> visible(@Nullable BigDecimal value) {
        return isShown() ? Optional.ofNullable(value) : Optional.empty();
    }

    /** The value as read, special values included. */
    public String value() {
        Optional<String> special = FrenchFormat.special(row.statut());
        if (special.isPresent()) {
            return special.get();
        }
        Long numerator = row.numerateur();
        Long denominator = row.denominateur();
        if (isRunning() && row.valeur() == null) {
            // Nobody is counted yet: there will be a value, which "sans objet" would deny.
            return "en cours";
        }
        if (unit == ValueUnit.POURCENT && numerator != null && denominator != null) {
            // From the integers: rounding the published four decimals again could go the wrong way.
            return target().map(target -> FrenchFormat.percent(numerator, denominator, target))
                    .orElseGet(() -> FrenchFormat.percent(numerator, denominator));
        }
        BigDecimal value = row.valeur();
        if (value == null) {
            return unit.isDelay() ? "non observée" : "n.d.";
        }
        return unit.value(value);
    }

    /** {@code 50 / 80}; the whole n when there is only one number. */
    public String counts() {
        Long numerator = row.numerateur();
        Long denominator = row.denominateur();
        if (!isShown() || numerator == null) {
            return FrenchFormat.special(row.statut()).orElse(FrenchFormat.NOT_APPLICABLE);
        }
        return denominator == null
                ? FrenchFormat.integer(numerator)
                : FrenchFormat.integer(numerator)
                        + FrenchFormat.NO_BREAK_SPACE
                        + "/"
                        + FrenchFormat.NO_BREAK_SPACE
                        + FrenchFormat.integer(denominator);
    }

    /** {@code de 51,6 % à 72,3 %}; a dash when no interval was published. */
    String interval() {
        if (low().isEmpty() || high().isEmpty()) {
            return FrenchFormat.special(row.statut()).orElse(FrenchFormat.NOT_APPLICABLE);
        }
        return "de " + unit.value(low().get()) + " à " + unit.value(high().get());
    }

    Optional<ShownTarget> target() {
        return ShownTarget.of(row.cible());
    }

    /** {@code > 60 %}, {@code ≤ 7 j}. */
    public Optional<String> targetWords() {
        return target().map(aim -> aim.text(unit));
    }

    boolean isFragile() {
        Long denominator = row.denominateur();
        return isShown() && denominator != null && denominator > 0 && denominator < PRUDENCE_BELOW;
    }

    boolean isRunning() {
        return row.statut().equals("EN_COURS");
    }

    Verdict verdict() {
        if (!isShown()) {
            return Verdict.SANS_OBJET;
        }
        if (isRunning()) {
            return Verdict.EN_COURS;
        }
        if (isFragile()) {
            return Verdict.PRUDENCE;
        }
        return switch (row.verdict()) {
            case "ATTEINTE" -> Verdict.ATTEINTE;
            case "NON_ATTEINTE" -> Verdict.NON_ATTEINTE;
            case "SANS_CIBLE" -> Verdict.SANS_CIBLE;
            default -> Verdict.SANS_OBJET;
        };
    }

    /** The verdict in words; for a value that is not shown, why. */
    Element verdictCell() {
        return isShown()
                ? verdict().badge()
                : Element.of("span").attr("class", "muted").text(FrenchFormat.statusWords(row.statut()));
    }
}
