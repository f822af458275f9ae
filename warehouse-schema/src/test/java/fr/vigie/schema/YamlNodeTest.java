package fr.vigie.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class YamlNodeTest {

    private final YamlNode.Problems problems = new YamlNode.Problems();

    private YamlNode read(String text) {
        return YamlNode.read("essai.yaml", text, problems);
    }

    @Test
    void readsWordsAsTheirAuthorWroteThem() {
        assertEquals(
                List.of("01053", "Yes", "no", "On", "NULL", "12:30", "1_000", "0x1F", "08", "2026-03-02", "2026-02-30"),
                read("a: [01053, Yes, no, On, NULL, 12:30, 1_000, 0x1F, 08, 2026-03-02, 2026-02-30]")
                        .at("a")
                        .texts());
        assertEquals(
                Set.of("01", "Yes", "12", "true"),
                read("a: {01: x, Yes: x, 12: x, true: x}").at("a").entries().keySet());
        assertTrue(problems.isEmpty(), problems.sentences()::toString);
    }

    @Test
    void stillReadsTruthsNumbersAndNothing() {
        YamlNode node = read("{vrai: true, n: -12, d: 0.25, rien: null, vide: ~, absent: }");
        assertTrue(node.at("vrai").flag(false));
        assertEquals(-12, node.at("n").whole());
        assertEquals("0.25", node.at("d").number().toPlainString());
        assertFalse(node.at("rien").isPresent()
                || node.at("vide").isPresent()
                || node.at("absent").isPresent());
        assertTrue(problems.isEmpty(), problems.sentences()::toString);
    }

    @Test
    void namesTheKeyThatWasLikelyMeant() {
        read("{seperator: x, couleur: y}").onlyKeys("separator", "from");
        assertEquals(
                List.of(
                        "essai.yaml : clé inconnue « seperator », peut-être « separator » (connues : from, separator)",
                        "essai.yaml : clé inconnue « couleur » (connues : from, separator)"),
                problems.sentences());
    }

    @Test
    void saysWhereWhatIsNoYamlIsWrongAndNothingElse() {
        assertEquals("", read("code: A\nfeeds: [x\nlabel: b\n").at("code").text());
        read("code: A\nlabel: b\ncode: C\n");
        List<String> told = problems.sentences();
        assertEquals(2, told.size(), told::toString);
        assertTrue(told.get(0).startsWith("essai.yaml : YAML illisible à la ligne 3, colonne 6 ("), told::toString);
        assertTrue(told.get(1).startsWith("essai.yaml : YAML illisible à la ligne 3, colonne 1 ("), told::toString);
    }
}
