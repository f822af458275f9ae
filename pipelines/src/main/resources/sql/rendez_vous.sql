-- one row per rendez_vous: last link of its chain of reports, told once, ERREUR dropped (domaine 0.3, 0.7, 0.9 bis)
WITH vivant AS (
  SELECT * FROM silver_rendez_vous WHERE statut <> 'ERREUR'
),
maillon AS (
  SELECT r.*
  FROM vivant r
  LEFT ANTI JOIN vivant suivant
    ON suivant.source = r.source AND suivant.rdv_remplace_id = r.rdv_id AND suivant.patient_id = r.patient_id AND r.statut <> 'NON_HONORE'
),
unique AS (
  -- also when the better source's link was reported: what repeats it is no rendez_vous of its own
  SELECT r.* FROM maillon r
  LEFT ANTI JOIN vivant meilleur
    ON meilleur.patient_id = r.patient_id AND meilleur.rpps = r.rpps AND le_dit_mieux(meilleur.source, r.source)
    AND abs(unix_timestamp(meilleur.date_heure_debut) - unix_timestamp(r.date_heure_debut)) <= 900
),
reprise AS (
  SELECT u.source, u.rdv_id, min(greatest(p.prise, u.date_heure_debut)) AS instant
  FROM unique u
  JOIN rendez_vous_pris p
    ON p.patient_id = u.patient_id AND p.profession <=> u.profession AND p.date_heure_debut > u.date_heure_debut AND p.prise_max >= u.date_heure_debut
    AND NOT (p.source <> u.source AND coalesce(p.rpps = u.rpps, false)
      AND abs(unix_timestamp(p.date_heure_debut) - unix_timestamp(u.date_heure_debut)) <= 900)
  WHERE u.statut = 'NON_HONORE'
  GROUP BY u.source, u.rdv_id
)
SELECT
  concat(u.source, '|', u.rdv_id) AS rdv_id,
  patient_id,
  to_date(date_heure_debut) AS jour,
  date_heure_debut AS instant,
  plus_tard(date_heure_debut, date_heure_debut_precision) AS instant_max,
  CAST(NULL AS STRING) AS commune_du_fait,
  finess AS etablissement,
  dispositif_id AS dispositif,
  profession,
  mode,
  statut,
  coalesce(creneau_dedie, false) AS est_creneau_dedie,
  concat(u.source, '|', u.rdv_id) AS ancre,
  r.instant AS reprise_le
FROM unique u
LEFT JOIN reprise r ON r.source = u.source AND r.rdv_id = u.rdv_id
