package fr.vigie.intake;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Readers of numbers and booleans as French spreadsheets write them (domaine 3.4). */
final class NumberReaders {

    /** Twelve whole digits and six decimals are what silver holds. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,12}(?:[.,]\\d{1,12})?");

    private static final Pattern GROUPED = Pattern.compile("[-+]?\\d{1,3}(?: \\d{3})+(?:[.,]\\d+)?");

    private NumberReaders() {}

    static CellReading decimal(String value) {
        // No-break and narrow spaces were already made plain ones.
        String compact = GROUPED.matcher(value).matches() ? value.replace(" ", "") : value;
        if (!NUMBER.matcher(compact).matches()) {
            return CellReading.wrong(
                    "NOMBRE_INVALIDE",
                    "Nombre illisible\u00a0: des chiffres, avec une virgule ou un point décimal, sont attendus.");
        }
        BigDecimal number = new BigDecimal(compact.replace(',', '.')).stripTrailingZeros();
        return CellReading.of(number.signum() == 0 ? "0" : number.toPlainString());
    }

    /** A number of what is counted: nobody is fewer than none. */
    static CellReading counted(CellReading number) {
        return number.text().startsWith("-")
                ? CellReading.wrong("NOMBRE_NEGATIF", "Nombre négatif\u00a0: un effectif est positif ou nul.")
                : number;
    }

    static CellReading integer(String value) {
        CellReading decimal = decimal(value);
        if (decimal.isWrong()) {
            return decimal;
        }
        try {
            return CellReading.of(Integer.toString(new BigDecimal(decimal.text()).intValueExact()));
        } catch (ArithmeticException notWhole) {
            return CellReading.wrong("NOMBRE_INVALIDE", "Nombre entier attendu, sans décimales.");
        }
    }

    static CellReading integers(String value) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String part : value.split("\\|")) {
            if (!part.isBlank()) {
                CellReading number = integer(part.strip());
                if (number.isWrong()) {
                    return CellReading.wrong(
                            "NOMBRE_INVALIDE", "Liste de nombres entiers séparés par «\u00a0|\u00a0» attendue.");
                }
                numbers.add(Integer.valueOf(number.text()));
            }
        }
        return CellReading.of(numbers.stream().map(String::valueOf).collect(Collectors.joining("|")));
    }

    static CellReading year(String value) {
        if (Luhn.isDigits(value, 2)) {
            return CellReading.wrong("ANNEE_2_CHIFFRES", "Année écrite sur deux chiffres\u00a0: quatre sont attendus.");
        }
        return Luhn.isDigits(value, 4) && value.charAt(0) != '0'
                ? CellReading.of(value)
                : CellReading.wrong("DATE_INVALIDE", "Année illisible\u00a0: quatre chiffres sont attendus.");
    }

    static CellReading bool(String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "O", "OUI", "1", "VRAI", "TRUE" -> CellReading.of("true");
            case "N", "NON", "0", "FAUX", "FALSE" -> CellReading.of("false");
            default ->
                CellReading.wrong(
                        "BOOLEEN_INVALIDE", "Oui ou non attendu\u00a0: O ou N, Oui ou Non, 1 ou 0, Vrai ou Faux.");
        };
    }
}
