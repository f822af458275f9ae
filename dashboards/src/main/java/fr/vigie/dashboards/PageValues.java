package fr.vigie.dashboards;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The totals of a publication, looked up the way a page reads them. */
final class PageValues {

    /** Three years: enough to see a trend, few enough for a label each year. */
    private static final int TREND_QUARTERS = 12;

    private static final Pattern QUARTER = Pattern.compile("\\d{4}-T[1-4]");

    /** One quarter of a trend; without value where nothing was counted. */
    record TrendPoint(String period, Optional<ShownValue> value) {}

    private final List<ValueRow> totals;
    private final List<ValueRow> detailed;

    PageValues(List<ValueRow> rows) {
        totals = rows.stream().filter(row -> row.ventilation().isEmpty()).toList();
        detailed = rows.stream()
                .filter(row ->
                        !row.ventilation().isEmpty() && row.territoireType().equals("ENSEMBLE"))
                .toList();
    }

    /** The last quarter that is over and mature; the last one of any status when none is. */
    Optional<String> referenceQuarter(String code) {
        List<ValueRow> quarters = quarters(code);
        Optional<ValueRow> published =
                quarters.stream().filter(row -> row.statut().equals("PUBLIE")).reduce((earlier, later) -> later);
        return published
                .or(() -> quarters.stream().reduce((earlier, later) -> later))
                .map(ValueRow::periode);
    }

    /** Quarters one after the other, the empty ones too: a line must not jump over them. */
    List<TrendPoint> trend(String code, ValueUnit unit) {
        TreeMap<String, ShownValue> byQuarter = new TreeMap<>();
        quarters(code).forEach(row -> byQuarter.put(row.periode(), new ShownValue(row, unit)));
        List<TrendPoint> points = new ArrayList<>();
        if (!byQuarter.isEmpty()) {
            for (String quarter = byQuarter.firstKey();
                    quarter.compareTo(byQuarter.lastKey()) <= 0;
                    quarter = after(quarter)) {
                points.add(new TrendPoint(quarter, Optional.ofNullable(byQuarter.get(quarter))));
            }
        }
        return points.subList(Math.max(0, points.size() - TREND_QUARTERS), points.size());
    }

    Optional<ShownValue> overall(String code, String period, ValueUnit unit) {
        return totals.stream()
                .filter(row -> row.indicateur().equals(code)
                        && row.territoireType().equals("ENSEMBLE")
                        && row.periode().equals(period))
                .findFirst()
                .map(row -> new ShownValue(row, unit));
    }

    /** In the order of names, which ranks nobody. */
    List<ShownValue> territoires(String code, String type, String period, ValueUnit unit) {
        return totals.stream()
                .filter(row -> row.indicateur().equals(code)
                        && row.territoireType().equals(type)
                        && row.periode().equals(period))
                .sorted(Comparator.comparing(ValueRow::territoireLibelle, FrenchFormat.byFrenchName())
                        .thenComparing(ValueRow::territoireCode))
                .map(row -> new ShownValue(row, unit))
                .toList();
    }

    /** By the code of the value of the dimension, in the order of the breakdown; crossed breakdowns stay apart. */
    Map<String, ShownValue> modalities(String code, Breakdown breakdown, String period, ValueUnit unit) {
        String prefix = breakdown.dimension() + "=";
        Map<String, ShownValue> modalities = new LinkedHashMap<>();
        detailed.stream()
                .filter(row -> row.indicateur().equals(code)
                        && row.periode().equals(period)
                        && row.ventilation().startsWith(prefix)
                        && !row.ventilation().contains("|"))
                .sorted(Comparator.comparingInt((ValueRow row) ->
                                breakdown.rank(row.ventilation().substring(prefix.length())))
                        .thenComparing(ValueRow::ventilation))
                .forEach(
                        row -> modalities.put(row.ventilation().substring(prefix.length()), new ShownValue(row, unit)));
        return modalities;
    }

    private List<ValueRow> quarters(String code) {
        return totals.stream()
                .filter(row -> row.indicateur().equals(code)
                        && row.territoireType().equals("ENSEMBLE")
                        && QUARTER.matcher(row.periode()).matches())
                .sorted(Comparator.comparing(ValueRow::periode))
                .toList();
    }

    static String after(String quarter) {
        int year = Integer.parseInt(quarter.substring(0, 4));
        int number = Integer.parseInt(quarter.substring(6));
        return number == 4 ? (year + 1) + "-T1" : year + "-T" + (number + 1);
    }

    static String before(String quarter) {
        int year = Integer.parseInt(quarter.substring(0, 4));
        int number = Integer.parseInt(quarter.substring(6));
        return number == 1 ? (year - 1) + "-T4" : year + "-T" + (number - 1);
    }
}
