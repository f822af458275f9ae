-- one row per admissible rendez_vous attached to an index sortie, at most 30 civil days after it (domaine 0.9 bis, CAD-01 B and C)
SELECT
  s.* EXCEPT (dispositif, profession, mode, nuits, est_entree_par_transfert, est_seance_ou_naissance, deces_jours, readmission_jours,
    delai_rdv_honore_secondes_min, delai_rdv_honore_secondes_max),
  r.dispositif, r.profession, r.mode, r.statut, r.delai_secondes_min, r.delai_secondes_max
FROM rendez_vous_attache r
JOIN fait_sortie s ON s.sortie_id = r.sortie_id
WHERE r.jours <= 30
