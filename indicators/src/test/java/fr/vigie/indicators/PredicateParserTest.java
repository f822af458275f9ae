package fr.vigie.indicators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fr.vigie.indicators.Predicate.Absent;
import fr.vigie.indicators.Predicate.And;
import fr.vigie.indicators.Predicate.Before;
import fr.vigie.indicators.Predicate.Flag;
import fr.vigie.indicators.Predicate.Not;
import fr.vigie.indicators.Predicate.OneOf;
import fr.vigie.indicators.Predicate.Operator;
import fr.vigie.indicators.Predicate.Or;
import fr.vigie.indicators.Predicate.Threshold;
import fr.vigie.indicators.PredicateParser.ParseException;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import fr.vigie.schema.GoldTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The closed grammar of predicates: every form that is right, and the sentence for every one that is not. */
class PredicateParserTest {

    private static final GoldColumn INDEX = column("est_index", Type.BOOLEAN);
    private static final GoldColumn JOURS = column("deces_jours", Type.INTEGER);
    private static final GoldColumn REPONSE = column("reponse_jours", Type.INTEGER);
    private static final GoldColumn SECONDES = column("delai_secondes", Type.UNCERTAIN);
    private static final GoldColumn SENS = column("sens", Type.TEXT);
    private static final GoldColumn MODE = column("mode", Type.TEXT, "TLC", "PRES");
    private static final GoldColumn GROUPES = column("groupes", Type.TEXTS, "DIAB", "CANC");
    private static final GoldColumn JOUR = column("jour", Type.DATE);

    private static final GoldTable FACT = new GoldTable(
            "essai",
            "",
            List.of(),
            GoldTable.Attribution.RESIDENCE,
            false,
            List.of(INDEX, JOURS, REPONSE, SECONDES, SENS, MODE, GROUPES, JOUR));

    private static GoldColumn column(String name, Type type, String... codes) {
        return new GoldColumn(name, type, "", List.of(codes));
    }

    private static Predicate parse(String text) throws ParseException {
        return PredicateParser.parse(text, FACT, Map.of("fenetre", 30L));
    }

    @Test
    void everyFormIsRead() throws ParseException {
        assertEquals(new Flag(INDEX), parse("est_index"));
        assertEquals(new Threshold(JOURS, Operator.AT_MOST, 30), parse("deces_jours <= fenetre"));
        assertEquals(new Threshold(JOURS, Operator.LESS, -1), parse("deces_jours<-1"));
        assertEquals(new Threshold(SECONDES, Operator.GREATER, 3600), parse("delai_secondes > 3600"));
        assertEquals(new OneOf(MODE, List.of("TLC")), parse("mode = TLC"));
        assertEquals(new OneOf(GROUPES, List.of("DIAB", "CANC")), parse("groupes in (DIAB, CANC)"));
        assertEquals(new Absent(JOUR), parse("jour is null"));
        assertEquals(new Not(new Absent(SENS)), parse("sens is not null"));
        assertEquals(new Before(JOURS, REPONSE), parse("deces_jours before reponse_jours"));
    }

    @Test
    void differentIsTheContraryOfEqualForEveryType() throws ParseException {
        assertEquals(new Not(new OneOf(MODE, List.of("TLC"))), parse("mode != TLC"));
        assertEquals(new Not(new Threshold(JOURS, Operator.EQUAL, 2)), parse("deces_jours != 2"));
        assertEquals(new Not(new Threshold(SECONDES, Operator.EQUAL, 2)), parse("delai_secondes != 2"));
    }

    @Test
    void andBindsMoreThanOrAndParenthesesMoreThanBoth() throws ParseException {
        Predicate index = new Flag(INDEX);
        Predicate early = new Threshold(JOURS, Operator.LESS, 2);
        Predicate remote = new OneOf(MODE, List.of("TLC"));
        assertEquals(new Or(index, new And(early, remote)), parse("est_index or deces_jours < 2 and mode = TLC"));
        assertEquals(new And(new Or(index, early), remote), parse("(est_index or deces_jours < 2) and mode = TLC"));
        assertEquals(
                new And(new Not(index), new Not(new Not(early))), parse("not est_index and not not deces_jours < 2"));
    }

    @Test
    void aCodeThatIsNoWordStandsBetweenQuotes() throws ParseException {
        assertEquals(new OneOf(SENS, List.of("CPTS>DAC", "a, b)", "or")), parse("sens in ('CPTS>DAC', 'a, b)', 'or')"));
        assertEquals(new OneOf(MODE, List.of("TLC")), parse("mode = 'TLC'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '"',
            value = {
                "mode < TLC # « mode » est un texte : seuls = et != s’y appliquent",
                "mode = TEL # code inconnu « TEL » de « mode » (connus : TLC, PRES)",
                "mode in (TLC, ) # un code est attendu au lieu de « ) »",
                "mode = ( # un code est attendu au lieu de « ( »",
                "mode in TLC # « ( » est attendu au lieu de « TLC »",
                "mode in (TLC # « ) » est attendu à la fin",
                "deces_jours >= # l’expression s’arrête trop tôt",
                "deces_jours >= tard # « tard » n’est ni un nombre ni un paramètre de la définition",
                "deces_jours >= 1 2 # mot en trop : « 2 »",
                "deces_jours ; 2 # signe inattendu près de « ; 2 »",
                "(est_index # « ) » est attendu à la fin",
                "est_index = 1 # « est_index » est de type BOOLEAN, qui ne convient pas ici (attendu : [INTEGER, UNCERTAIN])",
                "jour > 3 # « jour » est de type DATE, qui ne convient pas ici (attendu : [INTEGER, UNCERTAIN])",
                "deces_jours # « deces_jours » est de type INTEGER, qui ne convient pas ici (attendu : [BOOLEAN])",
                "delai_secondes before deces_jours # « delai_secondes » est de type UNCERTAIN, qui ne convient pas ici (attendu : [INTEGER])",
                "deces_jours before delai_secondes # « deces_jours » et « delai_secondes » ne se comptent pas dans la même unité",
                "jour is absent # « null » est attendu au lieu de « absent »",
                "nuits > 1 # colonne inconnue « nuits » dans le fait « essai » (connues : est_index, deces_jours, reponse_jours, delai_secondes, sens, mode, groupes, jour)",
            })
    void whatIsWrongIsSaid(String text, String sentence) {
        assertEquals(
                sentence, assertThrows(ParseException.class, () -> parse(text)).getMessage());
    }
}
