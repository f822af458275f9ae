-- one row per rendez_vous taken before the limit, planned ones included (domaine 2 RUP-05)
SELECT patient_id, source, rpps, profession, date_heure_debut,
  coalesce(date_heure_prise, date_heure_debut) AS prise,
  plus_tard(coalesce(date_heure_prise, date_heure_debut),
    CASE WHEN date_heure_prise IS NULL THEN date_heure_debut_precision ELSE date_heure_prise_precision END) AS prise_max
FROM rendez_vous_de_tous_les_jours
WHERE statut NOT IN ('ERREUR', 'DEMANDE', 'PROPOSE') AND coalesce(date_heure_prise, date_heure_debut) < :limite
