package fr.vigie.dashboards;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One sentence per figure, made of the numbers that the figure shows and of no other. */
final class Sentences {

    private final IndicatorSection section;

    Sentences(IndicatorSection section) {
        this.section = section;
    }

    String trend(List<PageValues.TrendPoint> points, String reference) {
        Optional<ShownValue> now = at(points, reference);
        if (now.isEmpty()) {
            return "Aucune valeur n’est publiée.";
        }
        StringBuilder sentence = new StringBuilder("Au ")
                .append(FrenchFormat.period(reference))
                .append(", ")
                .append(what(now.get()));
        if (now.get().low().isPresent() && now.get().high().isPresent()) {
            sentence.append(", intervalle à 95\u00A0% ").append(now.get().interval());
        }
        String previous = PageValues.before(reference);
        at(points, previous)
                .flatMap(before -> Evolution.between(before, now.get()))
                .ifPresent(evolution -> sentence.append("\u202F; ")
                        .append(evolution.words())
                        .append(" par rapport au ")
                        .append(FrenchFormat.period(previous)));
        sentence.append('.');
        long running = points.stream()
                .flatMap(point -> point.value().stream())
                .filter(value -> value.isRunning() && value.position().isPresent())
                .count();
        if (running > 0) {
            sentence.append(" Cercle vide\u00A0: trimestre encore en cours d’observation.");
        }
        return sentence.toString();
    }

    private static Optional<ShownValue> at(List<PageValues.TrendPoint> points, String period) {
        return points.stream()
                .filter(point -> point.period().equals(period))
                .findFirst()
                .flatMap(PageValues.TrendPoint::value);
    }

    private String what(ShownValue value) {
        if (!value.isShown()) {
            return "la valeur n’est pas montrée ("
                    + FrenchFormat.statusWords(value.row().statut()) + ")";
        }
        String counts = value.counts();
        if (section.unit().isDelay()) {
            String median = value.position().isPresent()
                    ? "le délai médian est de " + value.value()
                    : "le délai médian n’est pas observé (moins de la moitié des cas ont trouvé leur issue)";
            return median + ", pour " + counts + " " + section.countedPlural() + " avec issue";
        }
        if (section.unit() == ValueUnit.EFFECTIF) {
            return "l’effectif est de " + value.value();
        }
        return "la part est de " + value.value() + " (" + counts + " " + section.countedPlural() + ")";
    }

    /** Tells the spread without naming who is first or last. */
    String departements(List<ShownValue> departements, Optional<ShownValue> overall) {
        List<ShownValue> settled = departements.stream()
                .filter(value -> value.position().isPresent() && !value.isFragile() && !value.isRunning())
                .toList();
        long fragile = departements.stream()
                .filter(value -> value.isFragile() && value.position().isPresent())
                .count();
        long hidden = departements.stream()
                .filter(value -> value.position().isEmpty())
                .count();
        StringBuilder sentence = new StringBuilder();
        if (settled.size() < 2) {
            sentence.append("Trop peu de départements ont une valeur assez fournie pour être comparés");
        } else {
            sentence.append("Sur ")
                    .append(FrenchFormat.plural(settled.size(), "département", "départements"))
                    .append(", les valeurs vont de ")
                    .append(extreme(settled, false).value())
                    .append(" à ")
                    .append(extreme(settled, true).value());
            overall.flatMap(ShownValue::position).ifPresent(reference -> {
                List<ShownValue> bounded = settled.stream()
                        .filter(value -> value.low().isPresent() && value.high().isPresent())
                        .toList();
                long around = bounded.stream()
                        .filter(value -> value.low().get().compareTo(reference) <= 0
                                && value.high().get().compareTo(reference) >= 0)
                        .count();
                if (!bounded.isEmpty()) {
                    sentence.append("\u202F; pour ")
                            .append(FrenchFormat.integer(around))
                            .append(" sur ")
                            .append(FrenchFormat.integer(bounded.size()))
                            .append(", l’intervalle contient la valeur d’ensemble");
                }
            });
        }
        if (fragile > 0) {
            sentence.append("\u202F; ")
                    .append(FrenchFormat.integer(fragile))
                    .append(" à interpréter avec prudence (moins de 10)");
        }
        if (hidden > 0) {
            sentence.append("\u202F; ").append(FrenchFormat.integer(hidden) + " sans valeur montrée");
        }
        return sentence.append('.').toString();
    }

    private static ShownValue extreme(List<ShownValue> settled, boolean greatest) {
        return Collections.max(settled, (one, other) -> {
            BigDecimal left = one.position().orElseThrow();
            BigDecimal right = other.position().orElseThrow();
            return greatest ? left.compareTo(right) : right.compareTo(left);
        });
    }

    /** Says it when two readings decide differently: that is what they are shown for. */
    String readings(ShownValue official, List<ShownValue> others) {
        List<Verdict> verdicts = others.stream()
                .filter(ShownValue::isShown)
                .map(ShownValue::verdict)
                .toList();
        boolean decided = official.verdict() == Verdict.ATTEINTE || official.verdict() == Verdict.NON_ATTEINTE;
        Verdict opposite = official.verdict() == Verdict.ATTEINTE ? Verdict.NON_ATTEINTE : Verdict.ATTEINTE;
        long opposed = decided ? verdicts.stream().filter(opposite::equals).count() : 0;
        String counted = "La lecture officielle donne " + official.value() + "\u202F; "
                + FrenchFormat.plural(others.size(), "autre lecture", "autres lectures") + " à côté";
        if (!decided) {
            return counted + ".";
        }
        return opposed == 0
                ? counted + ", dont aucune n’inverse le verdict."
                : counted + ", dont " + FrenchFormat.integer(opposed)
                        + (opposed == 1 ? " inverse le verdict." : " inversent le verdict.");
    }
}
