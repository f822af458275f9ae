-- one row per person and interval of days [debut, fin[ with one residence; commune is null when unknown (domaine 0.9 bis)
WITH candidat AS (
  SELECT
    patient_id, commune_insee AS commune,
    coalesce(commune_debut, DATE'0001-01-01') AS debut,
    coalesce(date_add(commune_fin, 1), DATE'9999-12-31') AS fin,
    CASE WHEN commune_debut IS NULL AND commune_fin IS NULL THEN 1 ELSE 3 END AS priorite,
    CAST(NULL AS TIMESTAMP) AS instant, version, contenu
  FROM silver_patients
  WHERE coalesce(commune_fin, DATE'9999-12-31') >= coalesce(commune_debut, DATE'0001-01-01')
    AND (commune_debut IS NULL OR CAST(commune_debut AS TIMESTAMP) < :limite)
    AND coalesce(commune_insee, CAST(commune_debut AS STRING), CAST(commune_fin AS STRING)) IS NOT NULL
  UNION ALL
  SELECT patient_id, commune_insee, to_date(date_heure), DATE'9999-12-31', 2, date_heure, version, contenu
  FROM silver_evenements
  WHERE type = 'DEMENAGEMENT'
),
borne AS (
  SELECT patient_id, debut AS jour FROM candidat UNION SELECT patient_id, fin FROM candidat
  -- after the last dated row nobody knows, which is a residence too
  UNION SELECT patient_id, DATE'9999-12-31' FROM candidat
),
intervalle AS (
  SELECT patient_id, jour AS debut, lead(jour) OVER (PARTITION BY patient_id ORDER BY jour) AS fin FROM borne
),
resolu AS (
  SELECT
    i.patient_id, i.debut, i.fin,
    max_by(struct(c.commune, c.debut AS ouverture, c.instant),
      struct(c.priorite, c.debut AS ouverture, c.instant, c.version, c.contenu)) AS choix
  FROM intervalle i
  LEFT JOIN candidat c ON c.patient_id = i.patient_id AND c.debut <= i.debut AND c.fin >= i.fin
  WHERE i.fin IS NOT NULL
  GROUP BY i.patient_id, i.debut, i.fin
),
lu AS (
  -- a code that vanished is one commune after another: the person stays
  SELECT
    r.patient_id, greatest(r.debut, coalesce(l.debut, r.debut)) AS debut, least(r.fin, coalesce(l.fin, r.fin)) AS fin,
    coalesce(l.commune, r.choix.commune) AS commune, coalesce(l.debut <= r.debut, true) AS ouvre,
    r.choix.instant IS NOT NULL AND r.choix.ouverture = r.debut AS ouvre_par_evenement,
    CASE WHEN r.choix.instant IS NOT NULL AND r.choix.ouverture = r.debut THEN r.choix.instant ELSE CAST(r.debut AS TIMESTAMP) END AS ouverture
  FROM resolu r
  LEFT JOIN commune_lue l ON l.code = r.choix.commune AND l.debut < r.fin AND l.fin > r.debut
),
situe AS (
  SELECT lu.*, c.departement
  FROM lu
  LEFT JOIN silver_communes c ON c.code_insee = lu.commune
)
-- an unknown residence that follows an unknown one is a change only when somebody tells the move
SELECT
  patient_id, debut, fin, commune, departement, ouverture,
  ouvre AND (departement IS NOT NULL OR ouvre_par_evenement
    OR lag(departement) OVER (PARTITION BY patient_id ORDER BY debut) IS NOT NULL) AS est_un_changement
FROM situe
