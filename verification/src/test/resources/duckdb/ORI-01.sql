-- ORI-01, strict, large and its sensitivity: chaînes of people of 75 and over in unplanned hospital, that did not obtain what was asked within 90 days (domaine 1.B).
WITH issue AS (
    SELECT 'chaine ' || m.chaine AS unite,
        bool_or(o.est_realisee AND coalesce(o.jour_de_realisation <= c.jour + 90, true)) AS est_obtenue,
        bool_or(o.est_realisee AND o.type_obtenu = c.type_demande AND coalesce(o.jour_de_realisation <= c.jour + 90, true)) AS est_conforme,
        bool_or(o.statut = 'ANNULEE' AND o.motif = 'BESOIN_LEVE' AND o.est_retiree) AS est_besoin_leve,
        bool_or(o.est_repondue AND o.jour_de_reponse IS NULL) AS est_repondue_sans_date,
        min(o.jour_de_reponse) AS jour_de_reponse
    FROM maillon m
    JOIN orientation o ON o.unite = m.unite
    JOIN chaine c ON c.unite = 'chaine ' || m.chaine
    WHERE o.statut <> 'BROUILLON'
    GROUP BY m.chaine
), jugee AS (
    SELECT c.*, i.* EXCLUDE (unite),
        EXISTS (
            FROM sejour s JOIN premier_sejour USING (numero) JOIN sejour p ON p.numero = premier_sejour.premier
            WHERE p.patient_id = c.patient_id AND NOT p.est_programmee AND p.entree <= au_plus_tard(c.t, c.precision_de_t)
              AND coalesce(c.t <= au_plus_tard(s.sortie, s.precision_de_la_sortie),
                  c.t < (SELECT min(e.t) FROM evenement e
                      WHERE e.patient_id = c.patient_id AND e.type IN ('HOSPI_ADMISSION', 'HOSPI_SORTIE') AND e.t > s.entree), true)
        ) AS est_hospitalisee,
        (greatest(d.jour, c.jour) <= c.jour + 90 AND (greatest(d.jour, c.jour) < i.jour_de_reponse) IS NOT FALSE AND NOT i.est_repondue_sans_date
            AND d.jour IS NOT NULL) IS TRUE AS est_mort_sans_reponse
    FROM chaine c
    JOIN issue i USING (unite)
    LEFT JOIN deces d ON d.patient_id = c.patient_id
)
SELECT variante, unite, jour, commune, age,
    CASE
        WHEN (age.au_moins >= 75) IS NOT TRUE OR NOT est_hospitalisee THEN 'HORS_POPULATION'
        WHEN jour + 90 > dernier_jour() THEN 'EN_COURS'
        WHEN est_besoin_leve AND NOT est_realisee THEN 'EXCLU'
        WHEN est_mort_sans_reponse AND variante <> 'risque-echec' THEN 'EXCLU'
        ELSE 'COMPTE'
    END AS etape,
    CASE
        WHEN (age.au_moins >= 75) IS NOT TRUE THEN 'AGE' WHEN NOT est_hospitalisee THEN 'HORS_HOSPITALISATION_NON_PROGRAMMEE'
        WHEN est_besoin_leve AND NOT est_realisee THEN 'BESOIN_LEVE' ELSE 'DECES'
    END AS motif,
    -- What is obtained for somebody who died before any answer is not: the demand has failed.
    est_mort_sans_reponse OR NOT coalesce(CASE variante WHEN 'large' THEN est_obtenue ELSE est_conforme END, false) AS numerateur
FROM jugee
CROSS JOIN (VALUES (''), ('large'), ('risque-echec')) AS v(variante)
