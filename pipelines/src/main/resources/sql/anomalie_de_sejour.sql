-- one row per HOSPI_SORTIE line typed before the admission that it names, and per line that another one prevails over in telling the stay (domaine 0.9 bis)
WITH ligne AS (
  SELECT d.*, e._livraison, e._ligne
  FROM sortie_dite d
  JOIN silver_evenements e ON e.source = d.source AND e.evenement_id = d.evenement_id
)
SELECT
  _livraison, _ligne, 'lien_evenement_id' AS colonne, 'A' AS niveau, 'SEJOUR_INVERSE' AS code,
  'Cette sortie précède l’admission à laquelle elle est liée\u202f: le même jour, seul le jour compte\u202f; sinon l’entrée est inconnue. Corriger celle des deux dates qui est fausse.' AS message
FROM ligne
WHERE est_inverse
UNION ALL
SELECT
  l._livraison, l._ligne, 'date_heure', 'A', 'SEJOUR_DOUBLE_SOURCE',
  'Une autre source décrit le même séjour\u202f: il n’est compté qu’une fois, par la ligne qui a l’heure\u202f; ce qui lui manque est pris à celle-ci.'
FROM ligne l
JOIN sortie_dite r ON r.sortie_id = l.retenue
WHERE l.source <> r.source
UNION ALL
SELECT
  l._livraison, l._ligne, 'date_heure', 'A', 'SORTIE_REPETEE',
  'La même source a déjà dit cette sortie sous un autre identifiant\u202f: elle n’est comptée qu’une fois.'
FROM ligne l
JOIN sortie_dite r ON r.sortie_id = l.retenue AND r.sortie_id <> l.sortie_id
WHERE l.source = r.source
