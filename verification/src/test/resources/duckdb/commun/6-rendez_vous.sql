-- Rendez-vous counted once (domaine 0.3, 0.7, 0.9 bis), and those that follow a sortie.
CREATE TABLE rencontre AS
SELECT source || '/' || rdv_id AS unite, source, rdv_id, patient_id, date_heure_debut AS t, date_heure_debut_precision AS precision_de_t,
    jour(date_heure_debut) AS jour, statut, rdv_remplace_id, mode, profession, rpps, coalesce(creneau_dedie, false) AS est_dedie, date_heure_prise,
    date_heure_prise_precision, creneau_id, finess, dispositif_id,
    CASE WHEN source IN ('SAS', '48HC', 'DOCTOLIB', 'MAIIA', 'KELDOC', 'AGENDA') THEN 0 ELSE 1 END AS rang
FROM silver.rendez_vous
WHERE statut <> 'ERREUR' AND date_heure_debut < getvariable('limite') AND patient_id NOT IN (FROM oppose);

-- The same rendez-vous told by two sources: the diary's word, else the first source by the alphabet.
CREATE TABLE pris_en_double AS
SELECT DISTINCT b.unite
FROM rencontre a
JOIN rencontre b ON a.patient_id = b.patient_id AND a.rpps = b.rpps AND a.source <> b.source AND abs(secondes(a.t, b.t)) <= 15 * 60
WHERE (a.rang, a.source) < (b.rang, b.source);

-- A link that another one replaces is not counted, unless nobody came: what follows is then another rendez-vous.
CREATE TABLE remplace_par AS
SELECT DISTINCT a.unite
FROM rencontre a JOIN rencontre b ON b.source = a.source AND b.rdv_remplace_id = a.rdv_id AND b.patient_id = a.patient_id
WHERE a.statut <> 'NON_HONORE';

CREATE TABLE rendez_vous AS
SELECT *, commune_le(rencontre.patient_id, rencontre.jour) AS commune, age_le(rencontre.patient_id, rencontre.jour) AS age
FROM rencontre
WHERE unite NOT IN (FROM pris_en_double) AND unite NOT IN (FROM remplace_par);

-- Admissible rendez-vous and the last index sortie of a complete stay before each, with the least and the greatest delay that their hours allow.
CREATE TABLE rendez_vous_de_sortie AS
WITH admissible AS (
    SELECT * FROM rendez_vous WHERE (profession = 'MG' OR est_dedie) AND mode IN ('PRES', 'TLC', 'VAD')
), rattache AS (
    SELECT r.unite, arg_max(s.unite, (s.t, s.sortie_id, s.source)) AS sortie
    FROM admissible r
    JOIN sortie s ON s.patient_id = r.patient_id AND s.est_index AND s.est_complete
        AND s.t <= au_plus_tard(r.t, r.precision_de_t)
    GROUP BY r.unite
)
SELECT r.unite AS rencontre, r.statut, r.t AS debut, r.jour AS jour_du_rendez_vous, s.unite AS sortie,
    secondes(au_plus_tard(s.t, s.precision_de_t), r.t) AS delai_min,
    secondes(s.t, au_plus_tard(r.t, r.precision_de_t)) AS delai_max
FROM admissible r
JOIN rattache USING (unite)
JOIN sortie s ON s.unite = rattache.sortie;
