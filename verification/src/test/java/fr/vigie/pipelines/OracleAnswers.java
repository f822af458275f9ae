package fr.vigie.pipelines;

import fr.vigie.indicators.Definition;
import fr.vigie.indicators.Dimension;
import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Variant;
import fr.vigie.verification.oracle.Oracle;
import fr.vigie.verification.oracle.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the oracle says, as texts that two engines can compare: {@code CODE/variant TYPE:code period [ventilation]} to
 * {@code numerator/denominator} (and the median of a delay), and of totals {@code … EN_COURS:}, {@code … EXCLU:reason} to their count.
 */
final class OracleAnswers {

    private OracleAnswers() {}

    /** Totals and the breakdowns of the definition. */
    static Map<String, String> of(Oracle oracle, Definition definition) {
        Map<String, String> answers = new TreeMap<>();
        oracle.evaluate(definition).forEach(result -> add(definition, result, answers));
        return answers;
    }

    /** Totals and some breakdowns. */
    static Map<String, String> of(Oracle oracle, Definition definition, List<List<Dimension>> breakdowns) {
        Map<String, String> answers = new TreeMap<>();
        for (Variant variant : definition.variants()) {
            oracle.evaluate(variant, List.of()).forEach(result -> add(definition, result, answers));
            breakdowns.forEach(breakdown ->
                    oracle.evaluate(variant, breakdown).forEach(result -> add(definition, result, answers)));
        }
        return answers;
    }

    private static void add(Definition definition, Result result, Map<String, String> answers) {
        add(result, result.numerator() + "/" + result.denominator() + median(definition, result), answers);
    }

    /** A value as it is to be compared, and the steps of the funnel of a total. */
    static void add(Result result, String value, Map<String, String> answers) {
        String place =
                result.variant() + " " + result.territoryType() + ":" + result.territoryCode() + " " + result.period();
        boolean counts = result.denominator() > 0
                || result.numerator() > 0
                || result.immature() > 0
                || result.excluded().values().stream().anyMatch(count -> count > 0);
        if (counts) {
            answers.put(place + " [" + result.ventilation() + "]", value);
        }
        if (result.ventilation().isEmpty()) {
            put(answers, place, "EN_COURS:", result.immature());
            put(answers, place, "INDETERMINE:", result.undetermined());
            result.outOfPopulation()
                    .forEach((reason, count) -> put(answers, place, "HORS_POPULATION:" + reason, count));
            result.excluded().forEach((reason, count) -> put(answers, place, "EXCLU:" + reason, count));
        }
    }

    private static String median(Definition definition, Result result) {
        String name = result.variant().contains("/") ? result.variant().split("/", 2)[1] : "";
        if (!(definition.variant(name).orElseThrow().measure() instanceof Measure.Delay)) {
            return "";
        }
        return " "
                + (result.median() == null
                        ? ""
                        : result.median().stripTrailingZeros().toPlainString());
    }

    private static void put(Map<String, String> answers, String place, String step, long count) {
        if (count > 0) {
            answers.put(place + " " + step, String.valueOf(count));
        }
    }
}
