-- one row per orientation, ERREUR dropped (domaine 0.7, 0.9 bis); what is dated after the date d'arrêt is not known yet
WITH lue AS (
  SELECT
    *,
    CASE WHEN date_reponse < :limite THEN date_reponse END AS reponse_lue,
    CASE WHEN date_realisation < :limite THEN date_realisation END AS realisation_lue,
    CASE WHEN date_cloture < :limite THEN date_cloture END AS cloture_lue
  FROM silver_orientations
  WHERE statut <> 'ERREUR'
),
repondue AS (
  SELECT
    *,
    coalesce(reponse_lue, CASE WHEN statut = 'REALISEE' THEN realisation_lue END) AS reponse,
    reponse_lue IS NOT NULL
      OR (statut IN ('ACCEPTEE', 'LISTE_ATTENTE', 'REFUSEE', 'REORIENTEE', 'REALISEE')
        AND coalesce(date_reponse < :limite, true) AND coalesce(date_realisation < :limite, true)) AS est_repondue
  FROM lue
),
depart AS (
  SELECT o.source, o.orientation_id, min(suivante.ouverture) AS instant
  FROM lue o
  LEFT JOIN residence r ON r.patient_id = o.patient_id AND to_date(o.date_emission) >= r.debut AND to_date(o.date_emission) < r.fin
  JOIN silver_communes c ON c.code_insee = coalesce(r.commune, o.commune_insee)
  JOIN residence suivante ON suivante.patient_id = o.patient_id AND suivante.debut > to_date(o.date_emission) AND suivante.est_un_changement
    AND (suivante.departement IS NULL OR suivante.departement <> c.departement) AND suivante.ouverture < :limite
  GROUP BY o.source, o.orientation_id
)
SELECT
  concat(o.source, '|', o.orientation_id) AS orientation_id,
  o.patient_id,
  to_date(o.date_emission) AS jour,
  o.date_emission AS instant,
  plus_tard(o.date_emission, o.date_emission_precision) AS instant_max,
  o.commune_insee AS commune_du_fait,
  CASE WHEN o.destinataire_type = 'ES' THEN o.destinataire_id END AS etablissement,
  CASE WHEN o.destinataire_type NOT IN ('ES', 'PRO', 'STRUCTURE', 'PATIENT', 'AUTRE') THEN o.destinataire_id END AS dispositif,
  CAST(NULL AS STRING) AS profession,
  CAST(NULL AS STRING) AS mode,
  o.statut,
  o.type_demande,
  concat(o.emetteur_type, '>', o.destinataire_type) AS sens,
  o.emetteur_type NOT IN ('ES', 'PRO', 'STRUCTURE', 'PATIENT', 'AUTRE')
    AND o.destinataire_type NOT IN ('ES', 'PRO', 'STRUCTURE', 'PATIENT', 'AUTRE') AS est_entre_dispositifs,
  datediff(to_date(o.reponse), to_date(o.date_emission)) AS reponse_jours,
  o.est_repondue,
  CASE WHEN p.deces IS NOT NULL THEN greatest(0, datediff(to_date(p.deces), to_date(o.date_emission))) END AS deces_jours,
  datediff(to_date(d.instant), to_date(o.date_emission)) AS depart_jours,
  CASE WHEN o.statut IN ('ANNULEE', 'EXPIREE') AND NOT o.est_repondue AND coalesce(o.date_reponse < :limite, true)
      AND coalesce(o.date_cloture < :limite, true)
    THEN greatest(0, coalesce(datediff(to_date(o.cloture_lue), to_date(o.date_emission)), 0)) END AS retrait_jours,
  concat(o.source, '|', o.orientation_id) AS ancre,
  m.chaine_id AS chaine,
  o.urgence,
  CASE
    WHEN o.est_repondue THEN coalesce(o.reponse, o.date_emission)
    WHEN o.statut = 'ANNULEE' AND coalesce(o.date_cloture < :limite, true) THEN coalesce(o.cloture_lue, o.date_emission)
  END AS fin_d_attente_le
FROM repondue o
JOIN maillon_de_chaine m ON m.patient_id = o.patient_id AND m.orientation_id = concat(o.source, '|', o.orientation_id)
LEFT JOIN depart d ON d.source = o.source AND d.orientation_id = o.orientation_id
LEFT JOIN personne p ON p.patient_id = o.patient_id
