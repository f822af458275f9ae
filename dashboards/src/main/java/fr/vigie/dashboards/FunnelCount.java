package fr.vigie.dashboards;

/**
 * One row of {@code vigie explain} for the whole (contrat.md 3).
 *
 * @param indicateur code of an official reading
 * @param etape {@code FAITS}, {@code HORS_POPULATION}, {@code EN_COURS}, {@code EXCLU}, {@code INDETERMINE}, {@code DENOMINATEUR} or {@code NUMERATEUR}
 * @param motif in words; empty where the step has none
 */
public record FunnelCount(String indicateur, String periode, String etape, String motif, long effectif) {}
