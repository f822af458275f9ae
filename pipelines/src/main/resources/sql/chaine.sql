-- one row per chain of orientations of one person with at least one emitted orientation (domaine.md 0.3, 0.9 bis)
WITH lue AS (
  SELECT
    *,
    CASE WHEN date_realisation < :limite THEN date_realisation END AS realisation_lue,
    CASE WHEN date_cloture < :limite THEN date_cloture END AS cloture_lue
  FROM silver_orientations
  WHERE statut <> 'ERREUR'
),
lien AS (
  SELECT patient_id, explode(chaines_de(collect_list(struct(concat(source, '|', orientation_id) AS id,
    concat(source, '|', orientation_precedente_id) AS precedente, chaine_id AS chaine)))) AS maillon
  FROM lue
  GROUP BY patient_id
),
chaine AS (
  SELECT
    o.patient_id, l.maillon.chaine AS chaine_id,
    min_by(struct(o.date_emission, o.date_emission_precision, o.commune_insee, o.type_demande, o.destinataire_type, o.destinataire_id),
      struct(o.date_emission, o.orientation_id, o.source)) FILTER (WHERE o.statut <> 'BROUILLON') AS premiere,
    bool_or(o.statut = 'REALISEE' AND coalesce(o.date_realisation < :limite, true)) AS est_realisee,
    min(o.realisation_lue) FILTER (WHERE o.statut = 'REALISEE') AS realisation,
    bool_and(o.statut IN ('ANNULEE', 'EXPIREE') AND coalesce(o.date_cloture < :limite, true)) FILTER (WHERE o.statut <> 'BROUILLON') AS est_retiree,
    max(o.cloture_lue) FILTER (WHERE o.statut <> 'BROUILLON') AS cloture
  FROM lue o
  JOIN lien l ON l.patient_id = o.patient_id AND l.maillon.id = concat(o.source, '|', o.orientation_id)
  GROUP BY o.patient_id, l.maillon.chaine
  HAVING bool_or(o.statut <> 'BROUILLON')
),
depart AS (
  SELECT c0.patient_id, c0.chaine_id, min(suivante.ouverture) AS instant
  FROM chaine c0
  LEFT JOIN residence r ON r.patient_id = c0.patient_id AND to_date(c0.premiere.date_emission) >= r.debut AND to_date(c0.premiere.date_emission) < r.fin
  JOIN silver_communes c ON c.code_insee = coalesce(r.commune, c0.premiere.commune_insee)
  JOIN residence suivante ON suivante.patient_id = c0.patient_id AND suivante.debut > to_date(c0.premiere.date_emission) AND suivante.est_un_changement
    AND (suivante.departement IS NULL OR suivante.departement <> c.departement) AND suivante.ouverture < :limite
  GROUP BY c0.patient_id, c0.chaine_id
)
SELECT
  c.chaine_id,
  c.patient_id,
  to_date(c.premiere.date_emission) AS jour,
  c.premiere.date_emission AS instant,
  plus_tard(c.premiere.date_emission, c.premiere.date_emission_precision) AS instant_max,
  c.premiere.commune_insee AS commune_du_fait,
  CASE WHEN c.premiere.destinataire_type = 'ES' THEN c.premiere.destinataire_id END AS etablissement,
  CASE WHEN c.premiere.destinataire_type NOT IN ('ES', 'PRO', 'STRUCTURE', 'PATIENT', 'AUTRE') THEN c.premiere.destinataire_id END AS dispositif,
  CAST(NULL AS STRING) AS profession,
  CAST(NULL AS STRING) AS mode,
  c.premiere.type_demande AS type_demande,
  c.est_realisee,
  datediff(to_date(c.realisation), to_date(c.premiere.date_emission)) AS realisation_jours,
  CASE WHEN p.deces IS NOT NULL THEN greatest(0, datediff(to_date(p.deces), to_date(c.premiere.date_emission))) END AS deces_jours,
  datediff(to_date(d.instant), to_date(c.premiere.date_emission)) AS depart_jours,
  CASE WHEN c.est_retiree THEN greatest(0, coalesce(datediff(to_date(c.cloture), to_date(c.premiere.date_emission)), 0)) END AS retrait_jours
FROM chaine c
LEFT JOIN depart d ON d.patient_id = c.patient_id AND d.chaine_id = c.chaine_id
LEFT JOIN personne p ON p.patient_id = c.patient_id
