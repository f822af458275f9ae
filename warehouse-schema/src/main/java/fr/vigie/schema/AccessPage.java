package fr.vigie.schema;

import fr.vigie.schema.AccessPolicy.Audience;
import fr.vigie.schema.AccessPolicy.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The policy as a page that a data protection officer can read. */
public final class AccessPage {

    private static final Map<String, String> PERIODS = Map.of(
            "MOIS",
            "mois",
            "TRIMESTRE",
            "trimestres",
            "SEMESTRE",
            "semestres",
            "ANNEE",
            "années",
            "GLISSANT",
            "12 mois glissants");
    private static final List<String> PERIOD_ORDER = List.of("MOIS", "TRIMESTRE", "SEMESTRE", "ANNEE", "GLISSANT");
    private static final Map<String, String> TERRITORIES = Map.of(
            "ENSEMBLE",
            "ensemble",
            "REGION",
            "régions",
            "DEPARTEMENT",
            "départements",
            "CPTS",
            "CPTS",
            "EPCI",
            "intercommunalités",
            "COMMUNE",
            "communes",
            "INCONNU",
            "hors territoire",
            "AUTRES",
            "autres zonages");
    private static final List<String> TERRITORY_ORDER =
            List.of("ENSEMBLE", "REGION", "DEPARTEMENT", "CPTS", "EPCI", "COMMUNE", "AUTRES", "INCONNU");

    private AccessPage() {}

    public static String markdown(AccessPolicy policy) {
        StringBuilder page = new StringBuilder();
        page.append("<!-- Généré depuis warehouse-schema/policy/acces.yaml par AccessPage : ne pas modifier. -->\n")
                .append("# Qui voit quoi\n\n")
                .append(
                        "À l’attention du délégué à la protection des données. Cette page, les rôles de PostgreSQL, ceux de Superset et le masquage\n")
                .append(
                        "viennent d’un seul fichier, `warehouse-schema/policy/acces.yaml` ; la construction échoue quand l’un d’eux n’est plus à jour.\n")
                .append(
                        "Aucune ligne de personne ne quitte l’entrepôt : les tableaux de bord ne lisent que des nombres publiés.\n\n")
                .append("## Les rôles\n\n")
                .append(
                        "| Rôle | Lit les valeurs | Territoires | Indicateurs | Lignes de personnes | Ruptures | Qualité des fichiers |\n")
                .append("|---|---|---|---|---|---|---|\n");
        for (Role role : policy.roles().values()) {
            page.append("| ")
                    .append(role.label())
                    .append(" | ")
                    .append(label(policy, role.audience()))
                    .append(" | ")
                    .append(scope(role))
                    .append(" | ")
                    .append(
                            role.indicators().isEmpty()
                                    ? "tous"
                                    : String.join(", ", role.indicators()).replace("-", ""))
                    .append(" | ")
                    .append(role.individual())
                    .append(" | ")
                    .append(role.ruptures())
                    .append(" | ")
                    .append(role.seesQuality() ? "oui" : "non")
                    .append(" |\n");
        }
        page.append("| Administrateur technique | aucune | aucun | aucun | jamais | aucune | non |\n\n")
                .append("## Ce que chaque lecteur reçoit\n\n")
                .append(
                        "| Valeurs | Territoires | Périodes | Ventilations | Entonnoirs | Masquage |\n|---|---|---|---|---|---|\n");
        for (Audience audience : policy.audiences().values()) {
            page.append("| ")
                    .append(audience.label())
                    .append(" | ")
                    .append(words(TERRITORY_ORDER, TERRITORIES, audience.territories()))
                    .append(" | ")
                    .append(words(PERIOD_ORDER, PERIODS, audience.periods()))
                    .append(" | ")
                    .append(audience.hasBreakdowns() ? "toutes celles publiées" : "aucune")
                    .append(" | ")
                    .append(audience.hasFunnel() ? "oui" : "non")
                    .append(" | ")
                    .append(audience.explanation())
                    .append(" |\n");
        }
        page.append("\n## Le masquage\n\n")
                .append(
                        "Il est calculé une fois, à la publication, et écrit dans une table propre à chaque lecteur : une valeur masquée n’y est pas.\n\n")
                .append("* **S11** : le numérateur, le dénominateur ou leur différence est compris entre 1 et ")
                .append(policy.patients() - 1)
                .append(". Zéro reste affiché : c’est un vrai zéro.\n")
                .append("* **NS** : moins de ")
                .append(policy.professionnels())
                .append(" professionnels.\n")
                .append(
                        "* **SEC** : la cellule masquée se retrouverait par différence avec un total affiché ; la plus petite autre cellule non nulle est\n")
                .append("  masquée avec elle, jusqu’à ce que deux cellules au moins et ")
                .append(policy.patients())
                .append(" unités au moins soient masquées. Les lignes d’une ventilation, les territoires\n")
                .append("  d’un même total et les périodes d’une même année sont examinés.\n")
                .append(
                        "* Tout ce qui dérive d’une valeur masquée l’est avec elle : valeur, intervalle, verdict. Une valeur masquée est vide, jamais nulle.\n\n")
                .append(
                        "Limite connue : les territoires qui se recoupent (CPTS et départements), les années glissantes successives et deux publications\n")
                .append(
                        "successives ne sont pas encore examinés ensemble. C’est pourquoi le public ne lit que des années entières, jusqu’au département.\n\n")
                .append("## Comment c’est tenu\n\n")
                .append(
                        "1. Superset ouvre PostgreSQL sous un compte qui ne lit rien, et prend le rôle de la personne qui demande.\n")
                .append(
                        "2. PostgreSQL ne rend à ce rôle que les lignes de son lecteur et de ses territoires (sécurité au niveau des lignes) ; un rôle oublié ne lit rien.\n")
                .append(
                        "3. Superset ajoute la même règle à chaque requête, ce qui sépare aussi les résultats gardés en mémoire d’un rôle à l’autre.\n")
                .append(
                        "4. Un compte de lecture ouvre les tableaux de bord, filtre, et exporte en CSV ce qu’il voit. Il n’atteint ni requête libre, ni autre\n")
                .append(
                        "   jeu de données, ni liste des bases, des règles ou des comptes : ses droits, un par ligne, sont `dashboards/superset/lecteur.txt`.\n")
                .append("5. Le compte d’administration de Superset ne lit aucune valeur.\n")
                .append(
                        "6. Un classeur (`vigie values --format xlsx`) demande pour qui il est fait, et le dit dans ses propriétés, sur sa feuille, en première\n")
                .append(
                        "   ligne et sur chaque page imprimée. Des valeurs internes en CSV ou en JSON le disent à qui les demande.\n");
        return page.toString();
    }

    private static String label(AccessPolicy policy, String audience) {
        Audience found = policy.audiences().get(audience);
        return found == null ? audience : found.label().toLowerCase(java.util.Locale.ROOT);
    }

    private static String scope(Role role) {
        return switch (role.scope()) {
            case AccessPolicy.EVERYWHERE -> "tous";
            case "DEPARTEMENT" -> "son département, ses communes et intercommunalités, les CPTS qu’il recoupe";
            case "CPTS" -> "le sien et ses communes";
            case "ETABLISSEMENT" -> "ses propres sorties, tous territoires réunis";
            default -> role.scope();
        };
    }

    private static String words(List<String> order, Map<String, String> words, java.util.Set<String> codes) {
        return order.stream().filter(codes::contains).map(words::get).collect(Collectors.joining(", "));
    }
}
