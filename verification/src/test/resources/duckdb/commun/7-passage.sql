-- Emergency visits: RPU less than 4 h apart, or joined by a transfer within 24 h, are one passage (domaine 0.3, 0.9 bis « URG-01 »).
CREATE TABLE rpu AS
SELECT source || '/' || evenement_id AS unite, patient_id, t, precision_de_t, CASE WHEN date_heure_fin >= t THEN date_heure_fin ELSE t END AS fin, mode_entree, mode_sortie,
    coalesce(convoque, false) AS convoque, coalesce(programme, false) AS programme, commune_insee, finess,
    row_number() OVER (PARTITION BY patient_id ORDER BY t, evenement_id, source) AS ordre
FROM evenement WHERE type = 'URG_PASSAGE';

CREATE TABLE rpu_joint AS
SELECT a.patient_id, a.ordre AS un, b.ordre AS autre
FROM rpu a
JOIN rpu b ON b.patient_id = a.patient_id AND b.ordre > a.ordre
WHERE secondes(a.fin, b.t) < 4 * 3600
   OR (a.mode_sortie IN ('6', '7') AND b.mode_entree IN ('6', '7') AND secondes(a.fin, b.t) BETWEEN 0 AND 24 * 3600);

CREATE TABLE passage AS
WITH RECURSIVE lie AS (
    SELECT patient_id, ordre, ordre AS avec FROM rpu
    UNION
    SELECT l.patient_id, l.ordre, CASE WHEN j.un = l.avec THEN j.autre ELSE j.un END
    FROM lie l JOIN rpu_joint j ON j.patient_id = l.patient_id AND l.avec IN (j.un, j.autre)
), premier AS (
    SELECT DISTINCT patient_id, min(avec) AS ordre FROM lie GROUP BY patient_id, lie.ordre
)
SELECT unite, patient_id, t, precision_de_t, jour(t) AS jour,
    NOT (convoque OR programme OR coalesce(mode_entree IN ('6', '7'), false)) AS est_dans_le_champ,
    commune_du_fait(rpu.patient_id, jour(rpu.t), rpu.commune_insee) AS commune, age_le(rpu.patient_id, jour(rpu.t)) AS age
FROM rpu JOIN premier USING (patient_id, ordre);
