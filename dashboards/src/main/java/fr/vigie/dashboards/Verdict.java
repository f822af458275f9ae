package fr.vigie.dashboards;

/** What is said of a value, in words and with a sign of its own shape: never by colour alone. */
enum Verdict {
    ATTEINTE("✓", "cible atteinte", "verdict-atteinte"),
    NON_ATTEINTE("✗", "cible non atteinte", "verdict-non-atteinte"),
    SANS_CIBLE("○", "sans cible", "verdict-neutre"),
    PRUDENCE("△", "à interpréter avec prudence", "verdict-neutre"),
    EN_COURS("…", "en cours d’observation", "verdict-neutre"),
    SANS_OBJET("–", "sans objet", "verdict-neutre");

    private final String sign;
    private final String words;
    private final String styleClass;

    Verdict(String sign, String words, String styleClass) {
        this.sign = sign;
        this.words = words;
        this.styleClass = styleClass;
    }

    String words() {
        return words;
    }

    Element badge() {
        return Element.of("span")
                .attr("class", "verdict " + styleClass)
                .add(Element.of("span").attr("aria-hidden", "true").text(sign))
                .text(" " + words);
    }
}
