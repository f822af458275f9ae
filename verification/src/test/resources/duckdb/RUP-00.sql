-- RUP-00: ruptures that the rules RUP-01 to RUP-07 detect, at their occurrence, and by rule; those taken in by another are not counted
-- (domaine 2, 0.9 bis « Ruptures »).
WITH index_ AS (
    SELECT * FROM sortie WHERE est_index
), fragile AS (
    SELECT patient_id,
        arg_max(ald, date_maj) FILTER (WHERE len(ald) > 0) IS NOT NULL
        OR arg_max(vulnerabilites, date_maj) FILTER (WHERE len(vulnerabilites) > 0) IS NOT NULL
        OR coalesce(arg_max(qpv, date_maj), false) AS est_fragile
    FROM ligne_de_patient GROUP BY patient_id
), suivi AS (
    SELECT patient_id, t, precision_de_t FROM rendez_vous WHERE statut = 'HONORE'
    UNION ALL
    SELECT patient_id, t, precision_de_t FROM evenement WHERE type = 'ACCOMP_CONTACT'
), rup_01 AS (
    SELECT 'RUP-01' AS regle, i.unite AS ancre, i.patient_id, minuit(i.jour + 8) AS survenue
    FROM index_ i
    LEFT JOIN fragile f USING (patient_id)
    WHERE est_complete AND ((i.age.au_moins >= 65) IS TRUE OR est_fragile)
      AND NOT EXISTS (
          FROM suivi s WHERE s.patient_id = i.patient_id AND au_plus_tard(s.t, s.precision_de_t) >= i.t AND jour(s.t) <= i.jour + 7)
), rup_02 AS (
    SELECT 'RUP-02', i.unite, i.patient_id, minuit(any_value(i.jour) + 31)
    FROM index_ i CROSS JOIN range(31) AS r(k)
    WHERE est_complete AND (i.age.au_moins >= 16) IS TRUE
    GROUP BY i.unite, i.patient_id
    HAVING NOT bool_or(a_medecin_traitant_le(i.patient_id, i.jour + CAST(k AS INTEGER)))
), rup_03 AS (
    SELECT 'RUP-03', o.unite, o.patient_id, minuit(o.jour + CASE WHEN urgence IN ('IMMEDIATE', '48H') THEN 4 ELSE 15 END)
    FROM orientation o
    WHERE statut <> 'BROUILLON'
      AND NOT (est_repondue AND jour_de_reponse IS NULL)
      AND (jour_de_reponse <= o.jour + CASE WHEN urgence IN ('IMMEDIATE', '48H') THEN 3 ELSE 14 END) IS NOT TRUE
      AND NOT (statut = 'ANNULEE' AND jour_de_retrait <= o.jour + CASE WHEN urgence IN ('IMMEDIATE', '48H') THEN 3 ELSE 14 END)
), envoi AS (
    -- What was sent less than 24 h after what precedes it is of the same step.
    SELECT m.chaine, o.*, coalesce(destinataire_type || '/' || destinataire_id, '') AS destinataire,
        secondes(lag(o.t) OVER (PARTITION BY m.chaine ORDER BY o.t, o.unite), o.t) < 24 * 3600 AS est_parallele
    FROM maillon m JOIN orientation o ON o.unite = m.unite
    WHERE statut NOT IN ('BROUILLON', 'ANNULEE')
), numerote AS (
    SELECT *, count_if(est_parallele IS NOT TRUE) OVER (PARTITION BY chaine ORDER BY t, unite) AS etape FROM envoi
), nouveau AS (
    SELECT *, row_number() OVER (PARTITION BY chaine, destinataire ORDER BY t, unite) = 1 AS est_nouveau FROM numerote
), etape AS (
    SELECT chaine, etape, any_value(patient_id) AS patient_id,
        bool_and(statut IN ('REFUSEE', 'REORIENTEE') AND est_repondue) AS est_refusee,
        max(coalesce(date_reponse, t)) AS reponse,
        min(t) FILTER (WHERE est_nouveau) AS nouveau
    FROM nouveau GROUP BY chaine, etape
), ballotte AS (
    -- Two refusals in a row are known when both are.
    SELECT chaine, patient_id, greatest(reponse, reponse_precedente) AS survenue
    FROM (
        SELECT *, lag(est_refusee) OVER ordre AS precedente, lag(reponse) OVER ordre AS reponse_precedente FROM etape
        WINDOW ordre AS (PARTITION BY chaine ORDER BY etape))
    WHERE est_refusee AND precedente
    UNION ALL
    SELECT chaine, patient_id, nouveau
    FROM (SELECT *, lag(nouveau, 2) OVER (PARTITION BY chaine ORDER BY etape) AS premier FROM etape WHERE nouveau IS NOT NULL)
    WHERE jour(nouveau) - jour(premier) <= 90
), rup_04 AS (
    SELECT 'RUP-04', b.chaine, b.patient_id, min(b.survenue)
    FROM ballotte b
    LEFT JOIN (
        SELECT m.chaine, min(coalesce(o.date_realisation, o.t)) AS realisation
        FROM maillon m JOIN orientation o ON o.unite = m.unite WHERE o.est_realisee GROUP BY m.chaine) r USING (chaine)
    WHERE (b.survenue <= r.realisation) IS NOT FALSE
    GROUP BY b.chaine, b.patient_id
), pris AS (
    SELECT source, rpps, patient_id, profession, date_heure_debut AS debut,
        CASE WHEN date_heure_prise IS NULL THEN au_plus_tard(date_heure_debut, date_heure_debut_precision)
            ELSE au_plus_tard(date_heure_prise, date_heure_prise_precision) END AS prise
    FROM silver.rendez_vous
    WHERE statut NOT IN ('DEMANDE', 'PROPOSE', 'ERREUR')
), rup_05 AS (
    SELECT 'RUP-05', r.unite, r.patient_id, minuit(r.jour + 15)
    FROM rendez_vous r
    WHERE statut = 'NON_HONORE'
      AND NOT EXISTS (
          FROM pris p
          WHERE p.patient_id = r.patient_id AND p.profession = r.profession AND p.debut > r.t AND p.prise >= r.t AND jour(p.prise) <= r.jour + 14
            -- The missed one told by another source is not a new one.
            AND (p.rpps = r.rpps AND p.source <> r.source AND abs(secondes(p.debut, r.t)) <= 15 * 60) IS NOT TRUE)
), visite AS (
    SELECT *, jour - lag(jour, 2) OVER ordre <= 30 OR jour - lag(jour, 3) OVER ordre <= 90 AS est_iteratif, lead(t) OVER ordre AS suivante
    FROM passage WHERE est_dans_le_champ
    WINDOW ordre AS (PARTITION BY patient_id ORDER BY t)
), silence AS (
    -- After which the series is closed: 90 days without passage, and a rendez-vous kept before the next.
    SELECT v.*, EXISTS (
        FROM rendez_vous r WHERE r.patient_id = v.patient_id AND r.statut = 'HONORE' AND r.t >= v.t
          AND greatest(minuit(v.jour + 91), r.t) <= v.suivante) AS ferme_ensuite
    FROM visite v
), serie AS (
    SELECT *, count_if(ferme_ensuite) OVER (PARTITION BY patient_id ORDER BY t ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS serie FROM silence
), rup_06 AS (
    SELECT 'RUP-06', arg_min(unite, t), patient_id, min(t) FROM serie WHERE est_iteratif GROUP BY patient_id, serie
), rup_07 AS (
    SELECT 'RUP-07', i.unite, i.patient_id, min(r.t)
    FROM index_ i JOIN retour r ON r.patient_id = i.patient_id AND r.jour > i.jour AND NOT list_contains(i.admissions_propres, r.unite)
    WHERE NOT est_seance_ou_naissance
    GROUP BY i.unite, i.patient_id, i.jour
    HAVING jour(min(r.t)) - i.jour <= 30
), detectee AS (
    SELECT d.*, jour(survenue) AS jour
    FROM (FROM rup_01 UNION ALL FROM rup_02 UNION ALL FROM rup_03 UNION ALL FROM rup_04 UNION ALL FROM rup_05 UNION ALL FROM rup_06
        UNION ALL FROM rup_07) d
    LEFT JOIN deces USING (patient_id)
    WHERE survenue <= date_arret() AND (deces.t > survenue) IS NOT FALSE
)
SELECT '' AS variante, regle || ' ' || ancre AS unite, jour, commune_le(d.patient_id, d.jour) AS commune, age_le(d.patient_id, d.jour) AS age,
    CASE
        WHEN regle = 'RUP-01' AND EXISTS (FROM detectee a WHERE a.regle = 'RUP-07' AND a.ancre = d.ancre) THEN 'HORS_POPULATION'
        WHEN regle = 'RUP-03' AND EXISTS (FROM detectee a JOIN maillon m ON m.chaine = a.ancre WHERE a.regle = 'RUP-04' AND m.unite = d.ancre)
            THEN 'HORS_POPULATION'
        ELSE 'COMPTE'
    END AS etape,
    'ABSORBEE' AS motif,
    true AS numerateur,
    regle
FROM detectee d
