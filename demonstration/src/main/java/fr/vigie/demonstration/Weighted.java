package fr.vigie.demonstration;

import java.util.Arrays;

/** Codes and their weights. */
final class Weighted {

    private final String[] codes;
    private final double[] cumulated;

    private Weighted(String[] codes, double[] cumulated) {
        this.codes = codes;
        this.cumulated = cumulated;
    }

    /** From {@code "MG=52 SPE=24"}; {@code -} stands for an empty value. */
    static Weighted of(String text) {
        String[] parts = text.trim().split("\\s+");
        String[] codes = new String[parts.length];
        double[] cumulated = new double[parts.length];
        double total = 0;
        for (int index = 0; index < parts.length; index++) {
            int equal = parts[index].indexOf('=');
            String code = parts[index].substring(0, equal);
            codes[index] = "-".equals(code) ? "" : code;
            total += Double.parseDouble(parts[index].substring(equal + 1));
            cumulated[index] = total;
        }
        return new Weighted(codes, cumulated);
    }

    String draw(Draws draws) {
        return codes[position(cumulated, draws.unit() * cumulated[cumulated.length - 1])];
    }

    /** The first position whose cumulated weight is beyond {@code value}. */
    static int position(double[] cumulated, double value) {
        int found = Arrays.binarySearch(cumulated, value);
        int position = found >= 0 ? found + 1 : -found - 1;
        return Math.min(position, cumulated.length - 1);
    }
}
