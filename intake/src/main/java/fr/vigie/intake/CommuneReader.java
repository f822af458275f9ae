package fr.vigie.intake;

import java.util.Locale;
import java.util.regex.Pattern;

/** INSEE codes of communes (domaine 3.3), and the codes that say « unknown » or « abroad » (3.2). */
final class CommuneReader {

    private static final Pattern KNOWN =
            Pattern.compile("(?:0[1-9]|[1-8]\\d|9[0-5]|2[AB])\\d{3}|97[1-8]\\d{2}|98[6-8]\\d{2}");
    /** Unknown in a known département ends with 999; 99 and the code of a country is abroad; 99999 is unknown. */
    private static final Pattern UNKNOWN_OR_ABROAD = Pattern.compile("99\\d{3}");

    private static final Pattern FOUR = Pattern.compile("[1-9]\\d{3}");
    private static final Pattern CORSE = Pattern.compile("20[0-9]\\d{2}");

    private CommuneReader() {}

    static CellReading read(String value) {
        String code = value.replace(" ", "").toUpperCase(Locale.ROOT);
        if (CORSE.matcher(code).matches()) {
            return CellReading.of(
                    code,
                    Finding.warning(
                            "COMMUNE_CORSE_ANCIENNE",
                            "Ancien code corse (20…)\u00a0: le code commence par 2A ou 2B depuis 1976."));
        }
        if (KNOWN.matcher(code).matches() || UNKNOWN_OR_ABROAD.matcher(code).matches()) {
            return CellReading.of(code);
        }
        if (FOUR.matcher(code).matches() && KNOWN.matcher("0" + code).matches()) {
            return CellReading.of(
                    "0" + code,
                    Finding.warning("COMMUNE_REPAREE", "Code commune de quatre chiffres\u00a0: zéro initial rétabli."));
        }
        return CellReading.wrong(
                "COMMUNE_INVALIDE",
                "Code commune faux\u00a0: le code INSEE à cinq caractères est attendu (et non le code postal).");
    }
}
