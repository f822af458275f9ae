package fr.vigie.verification.oracle;

import fr.vigie.indicators.Catalogue;
import fr.vigie.indicators.Dimension;
import fr.vigie.indicators.Variant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One silver world at one date d'arrêt, and the values that a test reads of it, written as short sentences. */
final class Read {

    private static final Catalogue CATALOGUE = Catalogue.read(Optional.empty());

    private final Oracle oracle;

    private Read(Oracle oracle) {
        this.oracle = oracle;
    }

    static Read of(CurrentRows silver, String dateArret) {
        return new Read(new Oracle(silver, Tables.limit(dateArret)));
    }

    static Read of(String tables, String dateArret) {
        return of(Tables.read(tables), dateArret);
    }

    /** {@code numerator/denominator}, then what is not zero of: undetermined, immature, reasons out of the population, reasons excluded. */
    String value(String key, String territory, String period) {
        return results(key).stream()
                .filter(result -> (result.territoryType() + ":" + result.territoryCode()).equals(territory))
                .filter(result -> result.period().equals(period))
                .map(Read::sentence)
                .findFirst()
                .orElse("rien");
    }

    /** Of everybody. */
    String value(String key, String period) {
        return value(key, "ENSEMBLE:ENSEMBLE", period);
    }

    /** Of everybody, by a dimension that the definition offers: {@code ventilation n/d}, in order. */
    List<String> by(Dimension dimension, String key, String period) {
        Variant variant = CATALOGUE.variant(key).orElseThrow();
        if (!CATALOGUE.definition(variant.code()).orElseThrow().breakdowns().contains(List.of(dimension))) {
            return List.of("pas ventilé");
        }
        return oracle.evaluate(variant, List.of(dimension)).stream()
                .filter(result -> result.territoryType().equals("ENSEMBLE"))
                .filter(result -> result.period().equals(period))
                .map(result -> result.ventilation() + " " + sentence(result))
                .sorted()
                .toList();
    }

    String median(String key, String period) {
        return results(key).stream()
                .filter(result -> result.territoryType().equals("ENSEMBLE"))
                .filter(result -> result.period().equals(period))
                .map(result -> result.median() == null
                        ? "non atteinte"
                        : result.median().stripTrailingZeros().toPlainString())
                .findFirst()
                .orElse("rien");
    }

    /** Every territory that has a value in the period: {@code TYPE:CODE n/d}, in order. */
    List<String> territories(String key, String period) {
        return results(key).stream()
                .filter(result -> result.period().equals(period))
                .sorted(Comparator.comparing(Result::territoryType).thenComparing(Result::territoryCode))
                .map(result -> result.territoryType() + ":" + result.territoryCode() + " " + sentence(result))
                .toList();
    }

    /** Every period that has a value for everybody. */
    List<String> periods(String key) {
        return results(key).stream()
                .filter(result -> result.territoryType().equals("ENSEMBLE"))
                .map(Result::period)
                .sorted()
                .toList();
    }

    /** One column of every fact of a table, of one patient, in order of time. */
    List<String> column(String table, String patient, String column) {
        return oracle.facts(table).stream()
                .filter(fact -> patient.equals(fact.text("patient_id")))
                .sorted(Comparator.comparing(Fact::instant))
                .map(fact -> String.valueOf(fact.value(column)))
                .toList();
    }

    private List<Result> results(String key) {
        Variant variant = CATALOGUE.variant(key).orElseThrow();
        return oracle.evaluate(variant, List.of());
    }

    private static String sentence(Result result) {
        String sentence = result.numerator() + "/" + result.denominator();
        sentence += result.undetermined() == 0 ? "" : " indéterminés " + result.undetermined();
        sentence += result.immature() == 0 ? "" : " en cours " + result.immature();
        sentence += reasons(" hors ", result.outOfPopulation());
        return sentence + reasons(" exclus ", result.excluded());
    }

    private static String reasons(String title, Map<String, Long> reasons) {
        return reasons.isEmpty()
                ? ""
                : title
                        + reasons.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", "));
    }
}
