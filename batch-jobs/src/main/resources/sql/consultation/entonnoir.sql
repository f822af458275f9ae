-- one row per step and reason of a funnel, in the order of precedence (contrat.md 3)
SELECT etape, motif, effectif
FROM mart.entonnoir
WHERE publication = ? AND indicateur = ? AND territoire_type = ? AND territoire_code = ? AND periode = ?
ORDER BY array_position(
    ARRAY['FAITS', 'HORS_POPULATION', 'EN_COURS', 'EXCLU', 'INDETERMINE', 'DENOMINATEUR', 'NUMERATEUR'], etape),
  motif COLLATE "C"
