-- Orientations and their chains (domaine 0.3, 0.7, 0.9 bis « Orientations »).
CREATE TABLE orientation AS
SELECT source || '/' || orientation_id AS unite, *, date_emission AS t, jour(date_emission) AS jour,
    -- A prise en charge is an answer when no other is dated.
    CASE WHEN coalesce(date_reponse, CASE WHEN statut = 'REALISEE' THEN date_realisation END) < getvariable('limite')
        THEN jour(coalesce(date_reponse, CASE WHEN statut = 'REALISEE' THEN date_realisation END)) END AS jour_de_reponse,
    CASE WHEN date_realisation < getvariable('limite') THEN jour(date_realisation) END AS jour_de_realisation,
    -- Withdrawn nobody says when: nothing is known from the emission on.
    CASE WHEN statut IN ('ANNULEE', 'EXPIREE') AND (date_cloture < getvariable('limite')) IS NOT FALSE
        THEN jour(coalesce(date_cloture, date_emission)) END AS jour_de_retrait,
    statut IN ('ANNULEE', 'EXPIREE') AND (date_cloture < getvariable('limite')) IS NOT FALSE AS est_retiree,
    statut = 'REALISEE' AND (date_realisation < getvariable('limite')) IS NOT FALSE AS est_realisee,
    -- What lies after the date d'arrêt has not happened yet, whatever the statut says.
    (date_reponse < getvariable('limite')) IS TRUE
        OR ((date_reponse < getvariable('limite')) IS NOT FALSE
            AND (statut IN ('ACCEPTEE', 'REFUSEE', 'REORIENTEE', 'LISTE_ATTENTE')
                OR (statut = 'REALISEE' AND (date_realisation < getvariable('limite')) IS NOT FALSE))) IS TRUE AS est_repondue,
    commune_du_fait(o.patient_id, jour(o.date_emission), o.commune_insee) AS commune,
    age_le(o.patient_id, jour(o.date_emission)) AS age
FROM silver.orientations o
WHERE statut <> 'ERREUR' AND date_emission < getvariable('limite') AND patient_id NOT IN (FROM oppose);

-- A draft joins what it stands between, and is otherwise nothing: it has not been sent.
CREATE TABLE orientation_jointe AS
SELECT a.unite AS une, b.unite AS autre
FROM orientation a
JOIN orientation b ON b.patient_id = a.patient_id AND b.source = a.source AND b.unite <> a.unite
    AND (a.chaine_id = b.chaine_id OR a.orientation_precedente_id = b.orientation_id OR b.orientation_precedente_id = a.orientation_id);

CREATE TABLE maillon AS
WITH RECURSIVE lie AS (
    SELECT unite, unite AS avec FROM orientation
    UNION
    SELECT l.unite, j.autre FROM lie l JOIN orientation_jointe j ON j.une = l.avec
)
SELECT unite, min(avec) AS chaine FROM lie GROUP BY unite;

CREATE TABLE chaine AS
SELECT 'chaine ' || m.chaine AS unite, any_value(patient_id) AS patient_id,
    min(t) AS t, arg_min(date_emission_precision, (t, o.unite)) AS precision_de_t,
    arg_min(jour, (t, o.unite)) AS jour, arg_min(type_demande, (t, o.unite)) AS type_demande,
    arg_min({'c': commune}, (t, o.unite)).c AS commune, arg_min({'a': age}, (t, o.unite)).a AS age,
    bool_or(o.est_realisee) AS est_realisee,
    min(jour_de_realisation) FILTER (WHERE statut = 'REALISEE') AS jour_de_realisation,
    CASE WHEN bool_and(est_retiree) THEN max(jour_de_retrait) END AS jour_de_retrait
FROM maillon m JOIN orientation o ON o.unite = m.unite
WHERE statut <> 'BROUILLON'
GROUP BY m.chaine;

CREATE TABLE depart_d_orientation AS
SELECT f.unite, min(c.jour) AS jour
FROM (SELECT unite, patient_id, jour, commune FROM orientation UNION SELECT unite, patient_id, jour, commune FROM chaine) f
JOIN changement c ON c.patient_id = f.patient_id AND c.jour > f.jour
WHERE est_depart(departement_de(f.commune), c.avant, c.apres, c.est_dit)
GROUP BY f.unite;

-- Who sends or receives without being a dispositif (domaine 3.5).
CREATE TABLE hors_dispositif AS FROM (VALUES ('ES'), ('PRO'), ('STRUCTURE'), ('PATIENT'), ('AUTRE')) AS v(type);
