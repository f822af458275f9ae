package fr.vigie.intake;

import java.util.Locale;
import java.util.Set;

/** Readers of the numbers of establishments and professionals (domaine 3.3). */
final class RegistryReaders {

    private static final Finding SCIENTIFIC = Finding.error(
            "NOTATION_SCIENTIFIQUE",
            "Identifiant abîmé par un tableur (notation scientifique)\u00a0: exportez la colonne au format texte.");

    private static final Set<String> NOBODY =
            Set.of("NULL", "N/A", "NA", "NAN", "NONE", "NIL", "INCONNU", "INCONNUE", "ANONYME", "VIDE", "SANS", "XXX");

    private static final Finding DOUBTFUL = Finding.warning(
            "IDENTIFIANT_DOUTEUX",
            "Texte qui vaut sans doute vide\u00a0: toutes les lignes qui le portent sont une seule personne\u202f; s’il vaut vide, rechargez avec --empty.");

    private RegistryReaders() {}

    static CellReading finess(String value) {
        String number = compact(value);
        if (isScientific(number)) {
            return CellReading.wrong(SCIENTIFIC);
        }
        if (number.length() == 10 && number.charAt(0) == '1') {
            number = number.substring(1);
        }
        if (number.length() == 9
                && (number.startsWith("2A") || number.startsWith("2B"))
                && Luhn.isDigits(number.substring(2), 7)) {
            String digits = "2" + (number.charAt(1) == 'A' ? '1' : '2') + number.substring(2);
            return Luhn.isValid(digits)
                    ? CellReading.of(number)
                    : CellReading.of(
                            number,
                            Finding.warning(
                                    "FINESS_CLE",
                                    "Clé du numéro FINESS corse non vérifiée\u00a0: numéro gardé tel quel."));
        }
        if (Luhn.isDigits(number, 8) && Luhn.isValid(number)) {
            return CellReading.of(
                    "0" + number,
                    Finding.warning("FINESS_REPARE", "Numéro FINESS de huit chiffres\u00a0: zéro initial rétabli."));
        }
        return Luhn.isDigits(number, 9) && Luhn.isValid(number)
                ? CellReading.of(number)
                : CellReading.wrong(
                        "FINESS_CLE", "Numéro FINESS faux\u00a0: neuf chiffres dont une clé exacte sont attendus.");
    }

    /** Never rejected: examples published by the ANS themselves break the key. */
    static CellReading rpps(String value) {
        String number = compact(value);
        if (isScientific(number)) {
            return CellReading.wrong(SCIENTIFIC);
        }
        if (Luhn.isDigits(number, 12) && number.charAt(0) == '8') {
            number = number.substring(1);
        } else if (Luhn.isDigits(number, 10) && number.charAt(0) == '0') {
            number = number.substring(1);
        }
        boolean isAdeli = Luhn.isDigits(number, 9);
        return isAdeli || (Luhn.isDigits(number, 11) && Luhn.isValid(number))
                ? CellReading.of(number)
                : CellReading.of(
                        number,
                        Finding.warning(
                                "RPPS_CLE",
                                "Numéro RPPS douteux\u00a0: onze chiffres dont une clé exacte sont attendus."));
    }

    static CellReading siret(String value) {
        String number = compact(value);
        if (isScientific(number)) {
            return CellReading.wrong(SCIENTIFIC);
        }
        boolean right = Luhn.isDigits(number, 14) && (Luhn.isValid(number) || isLaPoste(number));
        return right
                ? CellReading.of(number)
                : CellReading.wrong(
                        "SIRET_CLE", "Numéro SIRET faux\u00a0: quatorze chiffres dont une clé exacte sont attendus.");
    }

    /** A technical identifier, kept as written. */
    static CellReading identifier(String value) {
        return isScientific(value) ? CellReading.wrong(SCIENTIFIC) : CellReading.of(value);
    }

    /**
     * A person's identifier: a NIR is normalised and its key checked; anything else is the source's own.
     *
     * @param opaque whether the source's identifiers are known not to be NIR
     */
    static CellReading person(String value, boolean opaque) {
        if (isScientific(value)) {
            return CellReading.wrong(SCIENTIFIC);
        }
        if (standsForNobody(value)) {
            return CellReading.of(value, DOUBTFUL);
        }
        String nir = opaque ? "" : Nir.normalise(value);
        if (!Nir.hasStructure(nir)) {
            return CellReading.of(value);
        }
        return Nir.hasRightKey(nir)
                ? CellReading.of(nir)
                : CellReading.wrong(
                        "NIR_CLE",
                        "Clé du NIR fausse\u00a0: " + Nir.twoDigits(Nir.key(nir).orElseThrow())
                                + " est attendue\u202f; vérifiez la saisie.");
    }

    /** What tools write for nothing; it may be the identifier of somebody, whom it would then be wrong to lose. */
    private static boolean standsForNobody(String value) {
        return NOBODY.contains(value.toUpperCase(Locale.ROOT)) || value.chars().noneMatch(Character::isLetterOrDigit);
    }

    /** What a spreadsheet makes of a long number: an exponent with a sign or after decimals; {@code 12E5} may be a real identifier. */
    static boolean isScientific(String text) {
        int exponent = Math.max(text.indexOf('E'), text.indexOf('e'));
        if (exponent < 1 || exponent == text.length() - 1) {
            return false;
        }
        boolean decimals = false;
        for (int index = 0; index < exponent; index++) {
            char character = text.charAt(index);
            if ((character == ',' || character == '.') && !decimals && index > 0) {
                decimals = true;
            } else if (character < '0' || character > '9') {
                return false;
            }
        }
        char sign = text.charAt(exponent + 1);
        boolean signed = sign == '+' || sign == '-';
        String power = text.substring(exponent + (signed ? 2 : 1));
        return (signed || decimals) && !power.isEmpty() && Luhn.isDigits(power, power.length());
    }

    private static boolean isLaPoste(String number) {
        return number.startsWith("356000000")
                && number.chars().map(digit -> digit - '0').sum() % 5 == 0;
    }

    private static String compact(String value) {
        return value.replace(" ", "").toUpperCase(Locale.ROOT);
    }
}
