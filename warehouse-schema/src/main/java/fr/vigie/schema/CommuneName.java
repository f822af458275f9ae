package fr.vigie.schema;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a commune, so that two spellings of an address are one: case, accents, hyphens, « St » and « S/ » and Cedex do not count.
 *
 * @param text in upper case, one space between words
 */
record CommuneName(String text) {

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern SUR = Pattern.compile("\\bS/");
    private static final Pattern NOT_A_WORD = Pattern.compile("[^A-Z0-9]+");
    private static final Pattern CEDEX = Pattern.compile(" CEDEX( \\d+)?$");
    private static final Pattern SAINT = Pattern.compile("\\bST(E?S?)\\b");
    private static final Pattern ARRONDISSEMENT =
            Pattern.compile("^(.+) (\\d{1,2} ?(ER?|EME|ND)?( ARR(T|ONDISSEMENT)?)?)$");
    private static final Pattern ARTICLES = Pattern.compile("^(LE|LA|LES|L) | (LE|LA|LES|L)$");

    static CommuneName of(String name) {
        String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD))
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .replace("Œ", "OE")
                .replace("Æ", "AE");
        String words = NOT_A_WORD.matcher(SUR.matcher(plain).replaceAll("SUR ")).replaceAll(" ");
        String place = CEDEX.matcher(words.strip()).replaceAll("");
        return new CommuneName(SAINT.matcher(place).replaceAll("SAINT$1"));
    }

    /**
     * The commune that a municipal arrondissement is a part of.
     *
     * @param divided communes that have some
     */
    CommuneName withoutArrondissement(Set<CommuneName> divided) {
        Matcher parts = ARRONDISSEMENT.matcher(text);
        if (!parts.matches()) {
            return this;
        }
        CommuneName commune = new CommuneName(parts.group(1));
        return divided.contains(commune) ? commune : this;
    }

    /** Lists put the article first, last or nowhere. */
    CommuneName withoutArticle() {
        return new CommuneName(ARTICLES.matcher(text).replaceAll(""));
    }
}
