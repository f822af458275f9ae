-- one row per admissible rendez_vous attached to the last index sortie of a complete stay before it (domaine 0.9 bis, CAD-01)
WITH index_complete AS (
  SELECT sortie_id, source, evenement_id, patient_id, date_heure AS sortie, date_heure_max AS sortie_max
  FROM sejour
  WHERE mode_sortie = '8' AND (entree_episode IS NULL OR datediff(to_date(date_heure), to_date(entree_episode)) >= 1)
),
admissible AS (
  SELECT rdv_id, patient_id, instant, instant_max, jour, statut, dispositif, profession, mode
  FROM fait_rendez_vous
  WHERE statut <> 'REPORTE' AND (profession = 'MG' OR est_creneau_dedie) AND mode IN ('PRES', 'TLC', 'VAD')
),
rattache AS (
  SELECT a.rdv_id, max_by(struct(s.sortie_id, s.sortie, s.sortie_max), struct(s.sortie, s.evenement_id, s.source)) AS s
  FROM admissible a
  JOIN index_complete s ON s.patient_id = a.patient_id AND s.sortie <= a.instant_max
  GROUP BY a.rdv_id
)
SELECT
  r.s.sortie_id, a.rdv_id, a.statut, a.dispositif, a.profession, a.mode,
  datediff(a.jour, to_date(r.s.sortie)) AS jours,
  greatest(0L, unix_timestamp(a.instant) - unix_timestamp(r.s.sortie_max)) AS delai_secondes_min,
  CASE WHEN a.instant >= r.s.sortie_max THEN unix_timestamp(a.instant_max) - unix_timestamp(r.s.sortie) END AS delai_secondes_max,
  a.instant >= r.s.sortie_max AS suit_surement,
  greatest(0L, unix_timestamp(a.instant) - unix_timestamp(r.s.sortie)) AS secondes
FROM rattache r
JOIN admissible a ON a.rdv_id = r.rdv_id
