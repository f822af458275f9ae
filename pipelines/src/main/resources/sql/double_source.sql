-- one row per rendez_vous that an agenda, or the first of two sources, tells too (domaine 0.3)
SELECT
  _livraison, _ligne, 'date_heure_debut' AS colonne, 'A' AS niveau, 'RDV_DOUBLE_SOURCE' AS code,
  'Une autre source décrit le même rendez-vous, à 15 minutes près\u202f: il n’est compté qu’une fois, et celui de l’agenda l’emporte.' AS message
FROM _rendez_vous r
WHERE EXISTS (
  SELECT 1
  FROM _rendez_vous mieux
  WHERE mieux.patient_id = r.patient_id AND mieux.rpps = r.rpps AND le_dit_mieux(mieux.source, r.source)
    AND abs(unix_timestamp(mieux.date_heure_debut) - unix_timestamp(r.date_heure_debut)) <= 900
)
