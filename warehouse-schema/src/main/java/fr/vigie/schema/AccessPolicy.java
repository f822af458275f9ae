package fr.vigie.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may see what, as {@code policy/acces.yaml} says (domaine 5.3, 5.4).
 *
 * @param patients smallest count of persons, stays or acts that may be shown
 * @param professionnels smallest number of professionals behind a shown figure
 * @param functions functions of PostgreSQL that are not immutable and that a reader may run, each with why it harms nobody
 */
public record AccessPolicy(
        long patients,
        long professionnels,
        Map<String, Audience> audiences,
        Map<String, Role> roles,
        Map<String, String> functions) {

    /** Reach of a role that answers for no territory in particular. */
    public static final String EVERYWHERE = "TOUS";

    private static final String FILE = "acces.yaml";

    private static final Set<String> TERRITORIES =
            Set.of("ENSEMBLE", "REGION", "DEPARTEMENT", "CPTS", "EPCI", "COMMUNE", "INCONNU", "AUTRES");
    private static final Set<String> PERIODS = Set.of("MOIS", "TRIMESTRE", "SEMESTRE", "ANNEE", "GLISSANT");

    /**
     * A set of rows computed at publication.
     *
     * @param mention what its values are and how far they may go, in words that a sentence can go on with
     * @param isMasked whether the first disclosure level applies
     */
    public record Audience(
            String code,
            String label,
            String mention,
            String explanation,
            boolean isMasked,
            Set<String> territories,
            Set<String> periods,
            boolean hasBreakdowns,
            boolean hasFunnel) {

        public Audience {
            territories = Set.copyOf(territories);
            periods = Set.copyOf(periods);
        }

        /** Whether this audience is answered at all for such a territory and period; what it reads there may still be masked. */
        public boolean mayAsk(String territoryType, String period) {
            String type = TERRITORIES.contains(territoryType) ? territoryType : "AUTRES";
            return territories.contains(type) && periods.contains(period);
        }
    }

    /**
     * A sort of reader.
     *
     * @param scope {@link #EVERYWHERE}, or the type of the territory for which an account answers
     * @param indicators first letters of the codes that it reads; all when empty
     * @param seesQuality whether it reads what is said of the received files
     */
    public record Role(
            String code,
            String label,
            String audience,
            String scope,
            List<String> indicators,
            String individual,
            String ruptures,
            boolean seesQuality) {

        public Role {
            indicators = List.copyOf(indicators);
        }

        public boolean isEverywhere() {
            return scope.equals(EVERYWHERE);
        }
    }

    public AccessPolicy {
        audiences = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(audiences));
        roles = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        functions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    }

    public Audience audience(String code) {
        Audience audience = audiences.get(code);
        if (audience == null) {
            throw new IllegalArgumentException("No such audience: " + code);
        }
        return audience;
    }

    public Role role(String code) {
        Role role = roles.get(code);
        if (role == null) {
            throw new IllegalArgumentException("No such role: " + code);
        }
        return role;
    }

    /** The policy of the product. */
    public static AccessPolicy read() {
        return read(FILE, Resources.text("policy/" + FILE));
    }

    static AccessPolicy read(String file, String text) {
        YamlNode.Problems problems = new YamlNode.Problems();
        YamlNode node = YamlNode.read(file, text, problems).onlyKeys("seuils", "audiences", "roles", "fonctions");
        YamlNode thresholds = node.at("seuils").onlyKeys("patients", "professionnels");
        Map<String, Audience> audiences = new LinkedHashMap<>();
        node.at("audiences").entries().forEach((code, one) -> audiences.put(code, audience(code, one)));
        Map<String, Role> roles = new LinkedHashMap<>();
        node.at("roles").entries().forEach((code, one) -> {
            Role role = role(code, one);
            roles.put(code, role);
            if (!audiences.containsKey(role.audience())) {
                one.at("audience").problem("audience inconnue « " + role.audience() + " »");
            }
        });
        Map<String, String> functions = new LinkedHashMap<>();
        node.at("fonctions").entries().forEach((name, reason) -> {
            if (!name.matches("[a-z_0-9]+")) {
                reason.problem("un nom de fonction de PostgreSQL est attendu");
            }
            functions.put(name, reason.text());
        });
        AccessPolicy policy = new AccessPolicy(
                thresholds.at("patients").whole(),
                thresholds.at("professionnels").whole(),
                audiences,
                roles,
                functions);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems.sentences()));
        }
        return policy;
    }

    private static Audience audience(String code, YamlNode node) {
        node.onlyKeys(
                "libelle", "mention", "masque", "explication", "territoires", "periodes", "ventilations", "entonnoir");
        String mask = node.at("masque").text();
        if (!mask.equals("aucun") && !mask.equals("premier-niveau")) {
            node.at("masque").problem("« aucun » ou « premier-niveau » est attendu");
        }
        return new Audience(
                code,
                node.at("libelle").text(),
                node.at("mention").text(),
                node.at("explication").text(),
                mask.equals("premier-niveau"),
                known(node.at("territoires"), TERRITORIES),
                known(node.at("periodes"), PERIODS),
                node.at("ventilations").flag(false),
                node.at("entonnoir").flag(false));
    }

    private static Set<String> known(YamlNode node, Set<String> words) {
        List<String> texts = new ArrayList<>(node.texts());
        for (String text : texts) {
            if (!words.contains(text)) {
                node.problem("« " + text + " » n’est pas connu");
            }
        }
        return Set.copyOf(texts);
    }

    private static Role role(String code, YamlNode node) {
        node.onlyKeys("libelle", "audience", "perimetre", "indicateurs", "individuel", "ruptures", "qualite");
        return new Role(
                code,
                node.at("libelle").text(),
                node.at("audience").text(),
                node.at("perimetre").text(),
                node.at("indicateurs").texts(),
                node.at("individuel").text(),
                node.at("ruptures").text(),
                node.at("qualite").flag(false));
    }
}
