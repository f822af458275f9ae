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

    private static final String LIMITS = """
            Limites connues : les territoires qui se recoupent (CPTS et départements), les années glissantes successives, les lectures emboîtées d’un même
            indicateur et deux publications successives ne sont pas encore examinés ensemble, et des effectifs masqués se retrouvent encore par le calcul
            à partir des totaux affichés. C’est pourquoi le public ne lit que des années, jusqu’au département.

            """;

    private static final String HELD = """
            1. **Un login par compte.** Chaque compte de lecture ouvre PostgreSQL sous un rôle à lui, dont le nom est tiré au sort. Son mot de passe n’est gardé
               nulle part : il est dérivé d’une clé de l’instance (`secret/cle-lecteurs`, lisible par le seul compte de Vigie) que Superset garde scellée, et
               PostgreSQL n’en reçoit que l’empreinte SCRAM. Le compte de la réserve de Superset, dont la connexion sert avant que l’on sache qui demande, ne lit
               rien.
            2. **Des vues, et les lignes de chacun.** Un login ne lit que les vues des tableaux de bord (schéma `restitution`), jamais les tables. PostgreSQL n’y met
               que les lignes de son lecteur et de ses territoires (sécurité au niveau des lignes) ; un login sans habilitation ne lit rien. Une condition posée sur
               un chiffre n’est essayée qu’après ces règles : ni un temps de réponse, ni un plan, ni un message d’erreur ne dit la valeur d’un chiffre caché.
            3. **Le reste est fermé.** Toute fonction de PostgreSQL dont la réponse dépend d’autre chose que de ses arguments (celles qui exécutent du SQL, lisent
               un fichier, changent un réglage, nomment un compte) est retirée à tous, hormis celles du tableau ci-dessous ; de même les catalogues, les langages et
               les tables temporaires. `vigie superset import` dit ce que le serveur d’un tiers laisserait ouvert.
            4. **Des limites qui ne se lèvent pas.** Une question dure au plus une minute et dispose de 64 Mo par opération ; une session qui lève ces limites ne lit
               aucun chiffre. Tant que Superset tourne, une question de plus d’une minute et une session de plus de deux sont coupées.
            5. **Pas de question libre.** Superset refuse à un lecteur toute question dont les colonnes, les mesures, les conditions ou l’ordre ne sont pas ceux d’un
               graphique enregistré ou d’un filtre. Il n’atteint ni requête libre, ni autre jeu de données, ni liste des bases, des règles ou des comptes : ses
               droits, un par ligne, sont `dashboards/superset/lecteur.txt`. Une réponse gardée en mémoire ne sert qu’au compte qui l’a obtenue.
            6. **Des comptes tenus.** Un compte se crée, change et se retire par `vigie superset account` ; il répond d’un territoire publié, peut avoir un dernier
               jour, et ses sessions de Superset finissent avec lui ou avec son mot de passe. Après cinq mots de passe faux, chaque essai attend plus que le précédent.
            7. **L’administration technique ne lit aucune valeur.** Le compte d’administration de Superset n’a ni login de lecteur ni SQL Lab sur Vigie, et il ne peut
               ni donner un mot de passe à un compte de lecture, ni en prendre le nom ou le rôle : seuls le peuvent les commandes de Vigie et, dans un Superset
               existant, les comptes nommés par `VIGIE_ADMINISTRATION`.
            8. **Des fichiers fermés.** Le dossier de l’instance n’est lisible que par le compte qui la fait tourner ; une commande le referme et `vigie doctor` le dit.
            9. **Des exports qui disent pour qui.** Un classeur (`vigie values --format xlsx`) demande pour qui il est fait, et le dit dans ses propriétés, sur sa
               feuille, en première ligne et sur chaque page imprimée. Des valeurs internes en CSV ou en JSON le disent à qui les demande.

            À chaque construction, les points 1 à 7 et les fichiers sont essayés par une liste de requêtes hostiles (`.ci/attack`), pour chaque sorte de
            lecteur, là où Superset peut être installé ; les comptes et les exports le sont par des essais à part. Les fonctions qui restent :

            """;

    private static final String NOT_HELD = """
            * Les lectures ne sont pas encore tracées.
            * Qui tient la machine, le compte qui fait tourner Vigie ou la clé `secret/cle-lecteurs` peut lire ce que lit n’importe quel compte.
            * Qui volerait le mot de passe PostgreSQL d’un lecteur lirait ce que ce lecteur lit, et pourrait changer ce mot de passe ou les réglages de ce login, ce
              qui arrête les tableaux de bord de ce seul lecteur. Retirer la clé `secret/cle-lecteurs` puis lancer `vigie superset import` renouvelle tous les mots de
              passe et remet les réglages.
            * Avec ce mot de passe volé, et hors de Superset, le plan d’exécution d’une question dit si une cellule cachée existe, donc qu’il y a là au moins une
              personne, sans dire combien ; et l’on peut compter les logins, dont le nom ne dit rien.
            * De même, une session ouverte directement peut consommer du calcul, de la mémoire (4 Go au plus sur le serveur embarqué) et 1 Go de disque pendant une
              minute ; vingt sessions au plus par compte.
            """;

    private AccessPage() {}

    public static String markdown(AccessPolicy policy) {
        StringBuilder page = new StringBuilder();
        page.append("<!-- Généré depuis warehouse-schema/policy/acces.yaml par AccessPage : ne pas modifier. -->\n")
                .append("# Qui voit quoi\n\n")
                .append(
                        "À l’attention du délégué à la protection des données. Cette page, la part de chaque lecteur (territoires, indicateurs, valeurs masquées ou non,\n")
                .append(
                        "qualité), les rôles de Superset et le masquage viennent d’un seul fichier, `warehouse-schema/policy/acces.yaml` ; la construction échoue quand\n")
                .append(
                        "cette page n’est plus à jour. Les rôles, droits et règles de lignes de PostgreSQL, qui appliquent cette part, s’écrivent dans `acces.sql`, à côté.\n")
                .append(
                        "Aucune ligne de personne ne quitte l’entrepôt : les tableaux de bord ne lisent que des nombres publiés et, pour les rôles qui lisent la\n")
                .append("qualité, le nom des fichiers reçus, leurs comptes de lignes et les codes de rejet.\n\n")
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
                .append(LIMITS)
                .append("## Comment c’est tenu\n\n")
                .append(HELD)
                .append("| Fonction | Pourquoi elle reste |\n|---|---|\n");
        policy.functions()
                .forEach((name, reason) -> page.append("| `")
                        .append(name)
                        .append("` | ")
                        .append(reason)
                        .append(" |\n"));
        page.append("\n## Ce qui n’est pas tenu\n\n").append(NOT_HELD);
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
