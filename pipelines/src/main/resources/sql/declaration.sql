-- one row per declaration of a médecin traitant: in force on the days [debut, fin[, its doctor gone from the day cesse_le (domaine 0.9 bis)
SELECT
  d.patient_id,
  d.date_debut AS debut,
  coalesce(date_add(d.date_fin, 1), DATE'9999-12-31') AS fin,
  date_add(p.date_fin, 1) AS cesse_le,
  struct(d.date_debut, d.version, coalesce(d.rpps, d.finess, '') AS medecin) AS ordre
FROM silver_declarations_mt d
LEFT JOIN silver_professionnels p ON p.rpps = d.rpps
