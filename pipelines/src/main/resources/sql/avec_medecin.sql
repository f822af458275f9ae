-- one row per person and interval of days [debut, fin[ with a médecin traitant, between two turns of the declarations (domaine 0.9 bis)
WITH tour AS (
  SELECT patient_id, debut AS jour FROM declaration
  UNION SELECT patient_id, fin FROM declaration
  UNION SELECT patient_id, cesse_le FROM declaration WHERE cesse_le IS NOT NULL
),
intervalle AS (
  SELECT patient_id, jour AS debut, lead(jour) OVER (PARTITION BY patient_id ORDER BY jour) AS fin FROM tour
)
SELECT i.patient_id, i.debut, i.fin
FROM intervalle i
JOIN declaration d ON d.patient_id = i.patient_id AND d.debut <= i.debut AND d.fin >= i.fin
WHERE i.fin IS NOT NULL
GROUP BY i.patient_id, i.debut, i.fin
HAVING max_by(d.cesse_le IS NULL OR i.debut < d.cesse_le, d.ordre)
