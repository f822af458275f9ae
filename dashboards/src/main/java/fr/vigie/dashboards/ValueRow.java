package fr.vigie.dashboards;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One published value, with the columns of {@code vigie values} (contrat.md 3 and 4).
 *
 * @param indicateur code of the official reading, or {@code CODE/variant}
 * @param ventilation empty for a total
 * @param numerateur null where masked or not applicable, never 0 instead
 * @param denominateur null for a count
 * @param valeur percents for a proportion, hours or days for a delay; null where masked, or where a median is not reached
 * @param cible operator and value, such as {@code > 60}
 * @param verdict {@code ATTEINTE}, {@code NON_ATTEINTE}, {@code SANS_CIBLE} or {@code SANS_OBJET}
 * @param statut {@code PUBLIE}, {@code S11}, {@code SEC}, {@code NS}, {@code ND}, {@code SO} or {@code EN_COURS}
 */
public record ValueRow(
        String indicateur,
        int version,
        String territoireType,
        String territoireCode,
        String territoireLibelle,
        String periode,
        String ventilation,
        @Nullable Long numerateur,
        @Nullable Long denominateur,
        @Nullable BigDecimal valeur,
        @Nullable BigDecimal icBas,
        @Nullable BigDecimal icHaut,
        @Nullable String cible,
        String verdict,
        String statut,
        int publication) {

    /** Whether it tells a figure: neither masked nor absent. */
    public boolean isShown() {
        return numerateur != null && FrenchFormat.special(statut).isEmpty();
    }
}
