-- Chaînes that ask for a médecin traitant, and the first declaration to a doctor in practice that begins from the day of the first request on
-- (domaine 1.C MT-03, MT-08).
CREATE TABLE recherche_mt AS
SELECT c.unite, c.jour, c.commune, c.age, c.type_demande = 'RECHERCHE_MT' AS est_une_recherche, c.jour_de_retrait - c.jour AS retrait,
    (SELECT min(m.debut) FROM declaration m WHERE m.patient_id = c.patient_id AND m.debut >= c.jour AND m.debut < m.cessation) - c.jour AS obtention,
    CASE WHEN d.jour IS NOT NULL THEN greatest(d.jour, c.jour) - c.jour END AS deces, p.jour - c.jour AS depart
FROM chaine c
LEFT JOIN deces d USING (patient_id)
LEFT JOIN depart_d_orientation p USING (unite);
