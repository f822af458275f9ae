-- one row per reading, period, breakdown and signature: how many persons show it, the zones in which they were seen with how far one of their
-- facts went there
WITH vue AS (
  SELECT lecture.variante, patient_id, ventilation, zone_id, mois, max(rang) AS rang
  FROM lecture_de_fait
  GROUP BY lecture.variante, patient_id, ventilation, zone_id, mois
),
par_periode AS (
  SELECT v.variante, v.patient_id, v.ventilation, p.periode, v.zone_id, max(v.rang) AS rang
  FROM vue v
  JOIN mois_de_periode p ON p.mois = v.mois
  GROUP BY v.variante, v.patient_id, v.ventilation, p.periode, v.zone_id
),
signature AS (
  SELECT variante, periode, ventilation, patient_id, array_sort(collect_list(named_struct('zone_id', zone_id, 'rang', rang))) AS zones
  FROM par_periode
  GROUP BY variante, periode, ventilation, patient_id
)
SELECT variante, periode, ventilation, zones, count(*) AS n, monotonically_increasing_id() AS signature
FROM signature
GROUP BY variante, periode, ventilation, zones
