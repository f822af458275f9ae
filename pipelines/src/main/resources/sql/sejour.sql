-- one row per stay that has ended, told once: its sortie, its admission when known, and the episode of chained stays that it belongs to (domaine 0.3, 0.9 bis)
WITH complete AS (
  -- What the line that prevails does not say is taken from the next one that does.
  SELECT
    retenue AS sortie_id,
    min_by(finess, rang) FILTER (WHERE finess IS NOT NULL) AS finess,
    min_by(mode_sortie, rang) FILTER (WHERE mode_sortie IS NOT NULL) AS mode_sortie,
    min_by(commune_insee, rang) FILTER (WHERE commune_insee IS NOT NULL) AS commune_insee,
    min_by(dispositif_id, rang) FILTER (WHERE dispositif_id IS NOT NULL) AS dispositif_id,
    min_by(mode_entree, rang) FILTER (WHERE mode_entree IS NOT NULL) AS mode_entree,
    min_by(programme, struct(entree IS NULL, rang)) FILTER (WHERE programme IS NOT NULL) AS programme,
    min_by(struct(admission_source AS source, admission_id AS evenement_id, entree, entree_max), struct(entree IS NULL, rang))
      FILTER (WHERE admission_id IS NOT NULL) AS admission,
    collect_set(concat(admission_source, '|', admission_id)) AS admissions_nommees,
    coalesce(est_seance_ou_naissance(min_by(code, rang) FILTER (WHERE code IS NOT NULL)), false)
      OR coalesce(est_seance_ou_naissance(min_by(code_admission, rang) FILTER (WHERE code_admission IS NOT NULL)), false) AS est_seance
  FROM sortie_dite
  GROUP BY retenue
),
sejour AS (
  SELECT
    c.*, s.source, s.evenement_id, s.patient_id, s.date_heure, s.date_heure_max,
    c.admission.source AS admission_source, c.admission.evenement_id AS admission_id, c.admission.entree, c.admission.entree_max
  FROM complete c
  JOIN sortie_dite s ON s.sortie_id = c.sortie_id
),
lien AS (
  SELECT patient_id, explode(episodes_de(array_sort(collect_list(struct(
    unix_timestamp(date_heure) AS sortie, evenement_id, source, sortie_id, unix_timestamp(date_heure_max) AS sortie_max,
    unix_timestamp(entree) AS entree, unix_timestamp(entree_max) AS entree_max,
    coalesce(mode_entree IN ('6', '7'), false) AS entre_par_transfert, coalesce(mode_sortie IN ('6', '7'), false) AS sort_par_transfert))))) AS maillon
  FROM sejour
  GROUP BY patient_id
)
SELECT
  s.sortie_id, s.source, s.evenement_id, s.patient_id, s.finess, s.dispositif_id, s.date_heure, s.date_heure_max, s.mode_sortie, s.commune_insee,
  s.admission_source, s.admission_id, s.entree, s.mode_entree, s.programme, s.est_seance,
  array_union(s.admissions_nommees, premier.admissions_nommees) AS admissions_propres,
  premier.entree AS entree_episode,
  premier.mode_entree AS mode_entree_episode,
  coalesce(premier.programme, false) AS est_programme_episode
FROM sejour s
JOIN lien l ON l.patient_id = s.patient_id AND l.maillon.id = s.sortie_id
JOIN sejour premier ON premier.patient_id = s.patient_id AND premier.sortie_id = l.maillon.premier
