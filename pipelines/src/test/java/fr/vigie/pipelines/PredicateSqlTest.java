package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.indicators.Predicate;
import fr.vigie.indicators.Predicate.Absent;
import fr.vigie.indicators.Predicate.And;
import fr.vigie.indicators.Predicate.Before;
import fr.vigie.indicators.Predicate.Flag;
import fr.vigie.indicators.Predicate.Not;
import fr.vigie.indicators.Predicate.OneOf;
import fr.vigie.indicators.Predicate.Operator;
import fr.vigie.indicators.Predicate.Or;
import fr.vigie.indicators.Predicate.Threshold;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every form of the grammar as the condition that Spark is given: null only where a bound of an uncertain column decides. */
class PredicateSqlTest {

    private static final GoldColumn INDEX = column("est_index", Type.BOOLEAN);
    private static final GoldColumn JOURS = column("deces_jours", Type.INTEGER);
    private static final GoldColumn NUITS = column("nuits", Type.INTEGER);
    private static final GoldColumn AGE = column("age", Type.UNCERTAIN);
    private static final GoldColumn MODE = column("mode", Type.TEXT);
    private static final GoldColumn GROUPES = column("groupes", Type.TEXTS);

    private static GoldColumn column(String name, Type type) {
        return new GoldColumn(name, type, "", List.of());
    }

    private static String age(Operator operator) {
        return PredicateSql.of(new Threshold(AGE, operator, 65));
    }

    @Test
    void aColumnThatIsCertainIsNeverUndecided() {
        assertEquals("coalesce(est_index, false)", PredicateSql.of(new Flag(INDEX)));
        assertEquals("coalesce(nuits >= 2, false)", PredicateSql.of(new Threshold(NUITS, Operator.AT_LEAST, 2)));
        assertEquals(
                "coalesce(mode IN ('TLC', 'VAD'), false)", PredicateSql.of(new OneOf(MODE, List.of("TLC", "VAD"))));
        assertEquals(
                "coalesce(arrays_overlap(groupes, array('DIAB')), false)",
                PredicateSql.of(new OneOf(GROUPES, List.of("DIAB"))));
        assertEquals("(mode IS NULL)", PredicateSql.of(new Absent(MODE)));
        assertEquals(
                "coalesce(deces_jours < nuits OR (deces_jours IS NOT NULL AND nuits IS NULL), false)",
                PredicateSql.of(new Before(JOURS, NUITS)));
    }

    @Test
    void aThresholdOfAnUncertainColumnIsDecidedWhenBothBoundsFallOnOneSide() {
        String atMost65 = "(CASE WHEN age_max <= 65 THEN true WHEN age_min IS NULL OR age_min > 65 THEN false END)";
        String atMost64 = "(CASE WHEN age_max <= 64 THEN true WHEN age_min IS NULL OR age_min > 64 THEN false END)";
        assertEquals(atMost65, age(Operator.AT_MOST));
        assertEquals(atMost64, age(Operator.LESS));
        assertEquals("(NOT " + atMost65 + ")", age(Operator.GREATER));
        assertEquals("(NOT " + atMost64 + ")", age(Operator.AT_LEAST));
        assertEquals(
                "(CASE WHEN age_min = 65 AND age_max = 65 THEN true"
                        + " WHEN age_min IS NULL OR age_min > 65 OR age_max < 65 THEN false END)",
                age(Operator.EQUAL));
        assertEquals("(age_min IS NULL)", PredicateSql.of(new Absent(AGE)));
        assertEquals(
                "(CASE WHEN nuits IS NULL THEN false WHEN age_min IS NULL OR nuits < age_min THEN true"
                        + " WHEN nuits >= age_max THEN false END)",
                PredicateSql.of(new Before(NUITS, AGE)));
    }

    @Test
    void conditionsNestAsTheyAreWritten() {
        Predicate index = new Flag(INDEX);
        Predicate missing = new Absent(MODE);
        assertEquals(
                "(coalesce(est_index, false) AND (NOT ((mode IS NULL) OR coalesce(est_index, false))))",
                PredicateSql.of(new And(index, new Not(new Or(missing, index)))));
        assertEquals("coalesce((mode IS NULL), false)", PredicateSql.surely(missing));
    }

    @Test
    void noCodeEndsTheTextThatHoldsIt() {
        assertEquals(
                "coalesce(mode IN ('x) OR (1=1'), false)", PredicateSql.of(new OneOf(MODE, List.of("x') OR ('1=1"))));
    }
}
