package fr.vigie.dashboards;

/**
 * How many times a check spoke.
 *
 * @param niveau {@code E}, {@code A} or {@code I}
 * @param message the French sentence of the check, without any value of a line
 */
public record RejectCount(String code, String niveau, String message, long lignes) {

    String niveauWords() {
        return switch (niveau) {
            case "E" -> "erreur, ligne rejetée";
            case "A" -> "avertissement, ligne gardée";
            default -> "information";
        };
    }
}
