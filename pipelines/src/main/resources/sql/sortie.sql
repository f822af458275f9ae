-- one row per stay that has ended (domaine 0.3, 0.9 bis; contract in warehouse-schema/gold/sortie.yaml)
WITH medecin AS (
  SELECT s.sortie_id, max_by(d.cesse_le IS NULL OR to_date(s.date_heure) < d.cesse_le, d.ordre) AS a_medecin_traitant
  FROM sejour s
  JOIN declaration d ON d.patient_id = s.patient_id AND to_date(s.date_heure) >= d.debut AND to_date(s.date_heure) < d.fin
  GROUP BY s.sortie_id
),
honore AS (
  SELECT sortie_id, min(delai_secondes_min) AS delai_min, min(delai_secondes_max) FILTER (WHERE suit_surement) AS delai_max, min(secondes) AS secondes
  FROM rendez_vous_attache WHERE statut = 'HONORE'
  GROUP BY sortie_id
),
retour AS (
  SELECT source, evenement_id, patient_id, date_heure FROM admission_lue WHERE NOT est_programmee AND NOT entre_par_transfert AND NOT est_seance
),
readmission AS (
  SELECT
    s.sortie_id,
    min(unix_timestamp(r.date_heure) - unix_timestamp(s.date_heure)) FILTER (WHERE r.date_heure >= s.date_heure) AS secondes,
    min(r.date_heure) FILTER (WHERE to_date(r.date_heure) > to_date(s.date_heure)) AS instant,
    min(datediff(to_date(r.date_heure), to_date(s.date_heure))) FILTER (WHERE to_date(r.date_heure) > to_date(s.date_heure)) AS jours
  FROM sejour s
  JOIN retour r ON r.patient_id = s.patient_id AND to_date(r.date_heure) >= to_date(s.date_heure)
    AND NOT array_contains(s.admissions_propres, concat(r.source, '|', r.evenement_id))
  GROUP BY s.sortie_id
),
suivi AS (
  SELECT s.sortie_id, min(greatest(r.instant, s.date_heure)) AS instant
  FROM sejour s
  JOIN fait_rendez_vous r ON r.patient_id = s.patient_id AND r.statut = 'HONORE' AND r.instant_max >= s.date_heure
  GROUP BY s.sortie_id
),
contact AS (
  SELECT s.sortie_id, min(greatest(e.date_heure, s.date_heure)) AS instant
  FROM sejour s
  JOIN silver_evenements e ON e.patient_id = s.patient_id AND e.type = 'ACCOMP_CONTACT'
    AND plus_tard(e.date_heure, e.date_heure_precision) >= s.date_heure
  GROUP BY s.sortie_id
),
obtenu AS (
  SELECT s.sortie_id, CAST(min(greatest(m.debut, to_date(s.date_heure))) AS TIMESTAMP) AS instant
  FROM sejour s
  JOIN avec_medecin m ON m.patient_id = s.patient_id AND m.fin > to_date(s.date_heure)
  GROUP BY s.sortie_id
),
depart AS (
  SELECT s.sortie_id, min(suivante.ouverture) AS instant
  FROM sejour s
  LEFT JOIN residence r ON r.patient_id = s.patient_id AND to_date(s.date_heure) >= r.debut AND to_date(s.date_heure) < r.fin
  JOIN silver_communes c ON c.code_insee = coalesce(r.commune, s.commune_insee)
  JOIN residence suivante ON suivante.patient_id = s.patient_id AND suivante.debut > to_date(s.date_heure) AND suivante.est_un_changement
    AND (suivante.departement IS NULL OR suivante.departement <> c.departement) AND suivante.ouverture < :limite
  GROUP BY s.sortie_id
)
SELECT
  s.sortie_id,
  s.patient_id,
  to_date(s.date_heure) AS jour,
  s.date_heure AS instant,
  s.date_heure_max AS instant_max,
  s.commune_insee AS commune_du_fait,
  s.finess AS etablissement,
  s.dispositif_id AS dispositif,
  CAST(NULL AS STRING) AS profession,
  CAST(NULL AS STRING) AS mode,
  coalesce(s.mode_sortie = '8', false) AS est_sortie_index,
  datediff(to_date(s.date_heure), to_date(s.entree_episode)) AS nuits,
  s.entree_episode IS NULL OR datediff(to_date(s.date_heure), to_date(s.entree_episode)) >= 1 AS est_hospitalisation_complete,
  coalesce(s.mode_entree_episode IN ('6', '7'), false) AS est_entree_par_transfert,
  s.est_seance AS est_seance_ou_naissance,
  coalesce(m.a_medecin_traitant, false) AS a_medecin_traitant,
  h.delai_min AS delai_rdv_honore_secondes_min,
  h.delai_max AS delai_rdv_honore_secondes_max,
  h.secondes AS rendez_vous_honore_secondes,
  CASE WHEN p.deces IS NOT NULL THEN greatest(0L, unix_timestamp(p.deces) - unix_timestamp(s.date_heure)) END AS deces_secondes,
  ra.secondes AS readmission_secondes,
  unix_timestamp(de.instant) - unix_timestamp(s.date_heure) AS depart_secondes,
  CASE WHEN p.deces IS NOT NULL THEN greatest(0, datediff(to_date(p.deces), to_date(s.date_heure))) END AS deces_jours,
  ra.jours AS readmission_jours,
  s.sortie_id AS ancre,
  least(su.instant, co.instant) AS suivi_le,
  su.instant AS rendez_vous_honore_le,
  ob.instant AS medecin_traitant_le,
  ra.instant AS readmission_le
FROM sejour s
LEFT JOIN medecin m ON m.sortie_id = s.sortie_id
LEFT JOIN honore h ON h.sortie_id = s.sortie_id
LEFT JOIN readmission ra ON ra.sortie_id = s.sortie_id
LEFT JOIN suivi su ON su.sortie_id = s.sortie_id
LEFT JOIN contact co ON co.sortie_id = s.sortie_id
LEFT JOIN obtenu ob ON ob.sortie_id = s.sortie_id
LEFT JOIN depart de ON de.sortie_id = s.sortie_id
LEFT JOIN personne p ON p.patient_id = s.patient_id
