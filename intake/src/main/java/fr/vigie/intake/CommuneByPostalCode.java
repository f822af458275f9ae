package fr.vigie.intake;

import fr.vigie.schema.PostalCodes;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
                departement(served),
                Finding.warning(
                        "INSEE_AMBIGU",
                        named.isEmpty()
                                ? "Aucune commune de ce nom sous ce code postal\u00a0: seul le département est gardé."
                                : "Plusieurs communes possibles sous ce code postal\u00a0: seul le département est"
                                        + " gardé."));
    }

    /** Cedex codes serve no commune of their own; a name that one commune of the département bears alone tells it, and the warning says how. */
    private Found elsewhere(String postal, String name) {
        Set<String> named = name.isEmpty() ? Set.of() : codes.communesOfDepartement(departements(postal), name);
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

    /** How the INSEE codes of a département begin; Corsica has two. */
    private static Set<String> departements(String postal) {
        if (postal.startsWith("20")) {
            return Set.of("2A", "2B");
        }
        boolean overseas = postal.startsWith("97") || postal.startsWith("98");
        return Set.of(postal.substring(0, overseas ? 3 : 2));
    }

    /** Overseas, three characters of département leave no room for 999. */
    private static String departement(Set<String> communes) {
        Set<String> departements =
                communes.stream().map(code -> code.substring(0, 2)).collect(Collectors.toSet());
        String departement = departements.iterator().next();
        return departements.size() == 1 && departement.compareTo("96") < 0 ? departement + "999" : "";
    }
}
