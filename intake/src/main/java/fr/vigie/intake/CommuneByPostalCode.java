package fr.vigie.intake;

import fr.vigie.schema.PostalCodes;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The INSEE code of a commune told by its postal code and its name (domaine 3.2). One commune, or none: of several that it might be, only
 * their département is kept, with a warning.
 */
final class CommuneByPostalCode {

    /**
     * What was found.
     *
     * @param code INSEE code; the département and 999 when only the département is sure; empty when nothing is
     * @param doubt null when the commune is sure
     */
    record Found(String code, @Nullable Finding doubt) {

        static final Found NOTHING = new Found("", null);
    }

    private static final Pattern CODE = Pattern.compile("\\d{5}");
    private static final Pattern LOST_ZERO = Pattern.compile("[1-9]\\d{3}");
    /** Unknown in a known département, abroad by the code of the country, unknown: codes of the exchange format as they are. */
    private static final Pattern UNKNOWN_OR_ABROAD = Pattern.compile("99\\d{3}|(?:0[1-9]|[1-8]\\d|9[0-5])999");

    private final PostalCodes codes;

    CommuneByPostalCode(PostalCodes codes) {
        this.codes = codes;
    }

    /** @param name empty when the file does not tell it */
    Found find(String postalCode, String name) {
        String postal = postalCode.replace(" ", "");
        boolean isRepaired = LOST_ZERO.matcher(postal).matches();
        if (isRepaired) {
            postal = "0" + postal;
        }
        if (postal.isEmpty()) {
            return name.isEmpty() ? Found.NOTHING : new Found("", unknown("Commune sans code postal"));
        }
        if (UNKNOWN_OR_ABROAD.matcher(postal).matches()) {
            return new Found(postal, null);
        }
        if (!CODE.matcher(postal).matches()) {
            return new Found("", unknown("Code postal illisible (cinq chiffres sont attendus)"));
        }
        Set<String> served = codes.communes(postal);
        if (served.isEmpty()) {
            return elsewhere(postal, name);
        }
        Set<String> named = name.isEmpty() ? served : codes.communes(postal, name);
        if (named.size() == 1) {
            return new Found(named.iterator().next(), null);
        }
        if (isRepaired && named.isEmpty()) {
            return new Found("", unknown("Code postal de quatre chiffres qui ne va pas avec la commune"));
        }
        return new Found(
                departement(codes.departements(postal)),
                Finding.warning(
                        "INSEE_AMBIGU",
                        named.isEmpty()
                                ? "Aucune commune de ce nom sous ce code postal\u00a0: seul le département est gardé."
                                : "Plusieurs communes possibles sous ce code postal\u00a0: seul le département est"
                                        + " gardé."));
    }

    /** Cedex codes serve no commune of their own; a name that one commune of the département bears alone tells it, and the warning says how. */
    private Found elsewhere(String postal, String name) {
        Set<String> named = name.isEmpty() ? Set.of() : codes.communesOfDepartement(postal, name);
        return named.size() == 1
                ? new Found(
                        named.iterator().next(),
                        Finding.warning(
                                "INSEE_PAR_NOM",
                                "Code postal inconnu (Cedex\u00a0?)\u00a0: commune trouvée par son nom, seul dans le"
                                        + " département."))
                : new Found("", unknown("Code postal inconnu"));
    }

    private static Finding unknown(String why) {
        return Finding.warning("CODE_POSTAL_INCONNU", why + "\u00a0: la commune reste inconnue.");
    }

    /** The three characters of a département overseas leave no room for 999. */
    private static String departement(Set<String> departements) {
        String departement = departements.iterator().next();
        return departements.size() == 1 && departement.length() == 2 ? departement + "999" : "";
    }
}
