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

    static Reading decimal(String value) {
        // No-break and narrow spaces were already made plain ones.
        String compact = GROUPED.matcher(value).matches() ? value.replace(" ", "") : value;
        if (!NUMBER.matcher(compact).matches()) {
            return Reading.wrong(
                    "NOMBRE_INVALIDE",
                    "Nombre illisible\u00a0: des chiffres, avec une virgule ou un point décimal, sont attendus.");
        }
        BigDecimal number = new BigDecimal(compact.replace(',', '.')).stripTrailingZeros();
        return Reading.of(number.signum() == 0 ? "0" : number.toPlainString());
    }

    /** A number of what is counted: nobody is fewer than none. */
    static Reading counted(Reading number) {
        return number.text().startsWith("-")
                ? Reading.wrong("NOMBRE_NEGATIF", "Nombre négatif\u00a0: un effectif est positif ou nul.")
                : number;
    }

    static Reading integer(String value) {
        Reading decimal = decimal(value);
        if (decimal.isWrong()) {
            return decimal;
        }
        try {
            return Reading.of(Integer.toString(new BigDecimal(decimal.text()).intValueExact()));
        } catch (ArithmeticException notWhole) {
            return Reading.wrong("NOMBRE_INVALIDE", "Nombre entier attendu, sans décimales.");
        }
    }

    static Reading integers(String value) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String part : value.split("\\|")) {
            if (!part.isBlank()) {
                Reading number = integer(part.strip());
                if (number.isWrong()) {
                    return Reading.wrong(
                            "NOMBRE_INVALIDE", "Liste de nombres entiers séparés par «\u00a0|\u00a0» attendue.");
                }
                numbers.add(Integer.valueOf(number.text()));
            }
        }
        return Reading.of(numbers.stream().map(String::valueOf).collect(Collectors.joining("|")));
    }

    static Reading year(String value) {
        if (Luhn.isDigits(value, 2)) {
            return Reading.wrong("ANNEE_2_CHIFFRES", "Année écrite sur deux chiffres\u00a0: quatre sont attendus.");
        }
        return Luhn.isDigits(value, 4) && value.charAt(0) != '0'
                ? Reading.of(value)
                : Reading.wrong("DATE_INVALIDE", "Année illisible\u00a0: quatre chiffres sont attendus.");
    }

    static Reading bool(String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "O", "OUI", "1", "VRAI", "TRUE" -> Reading.of("true");
            case "N", "NON", "0", "FAUX", "FALSE" -> Reading.of("false");
            default ->
                Reading.wrong(
                        "BOOLEEN_INVALIDE", "Oui ou non attendu\u00a0: O ou N, Oui ou Non, 1 ou 0, Vrai ou Faux.");
        };
    }
}
