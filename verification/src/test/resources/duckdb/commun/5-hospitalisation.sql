-- Stays, episodes and the sorties that end them (domaine.md 0.3, 0.9 bis « Appariement »).
CREATE TABLE admission AS
SELECT source, evenement_id, patient_id, t, precision_de_t, finess, mode_entree, coalesce(programme, false) AS est_programmee, code
FROM evenement WHERE type = 'HOSPI_ADMISSION';

CREATE TABLE sortie_d_hopital AS
SELECT source, evenement_id, patient_id, t, precision_de_t, finess, mode_sortie, lien_evenement_id, code, commune_insee
FROM evenement WHERE type = 'HOSPI_SORTIE';

-- The admission of a sortie: the one it names, else the last one of the same FINESS before it with no other sortie in between. On one day, of
-- which an hour is missing, the admission comes first.
CREATE TABLE sejour AS
WITH nommee AS (
    SELECT s.source, s.evenement_id, a.evenement_id AS admission
    FROM sortie_d_hopital s
    JOIN admission a ON a.source = s.source AND a.evenement_id = s.lien_evenement_id AND a.patient_id = s.patient_id
), devinee AS (
    SELECT s.source, s.evenement_id, arg_max(a.evenement_id, (a.t, a.evenement_id)) AS admission, max(a.t) AS t_admission, any_value(s.t) AS t, any_value(s.patient_id) AS patient_id
    FROM sortie_d_hopital s
    JOIN admission a ON a.patient_id = s.patient_id AND a.t <= au_plus_tard(s.t, s.precision_de_t) AND (s.finess IS NULL OR a.finess = s.finess)
    WHERE NOT EXISTS (FROM nommee n WHERE n.source = s.source AND n.evenement_id = s.evenement_id)
    GROUP BY s.source, s.evenement_id
), appariee AS (
    SELECT source, evenement_id, admission FROM nommee
    UNION ALL
    SELECT source, evenement_id, admission FROM devinee d
    WHERE NOT EXISTS (FROM sortie_d_hopital o WHERE o.patient_id = d.patient_id AND o.t > d.t_admission AND o.t < d.t)
)
-- Also the stays that have not ended.
SELECT coalesce(s.source, a.source) AS source, s.evenement_id AS sortie_id, a.evenement_id AS admission_id, coalesce(s.patient_id, a.patient_id) AS patient_id,
    a.t AS entree, a.precision_de_t AS precision_de_l_entree, a.mode_entree, a.est_programmee,
    s.t AS sortie, s.precision_de_t AS precision_de_la_sortie, s.mode_sortie, s.commune_insee,
    coalesce(regexp_matches(replace(s.code, '.', ''), '^(Z49|Z510|Z511|Z38)'), false)
        OR coalesce(regexp_matches(replace(a.code, '.', ''), '^(Z49|Z510|Z511|Z38)'), false) AS est_seance_ou_naissance
FROM sortie_d_hopital s
LEFT JOIN appariee p USING (source, evenement_id)
FULL JOIN admission a ON a.source = p.source AND a.evenement_id = p.admission;

ALTER TABLE sejour ADD COLUMN numero BIGINT;
UPDATE sejour SET numero = rowid;

-- A stay entered by transfer follows the last one left by transfer at most 24 h before; of a day alone, when some hour of it may be.
CREATE TABLE suite AS
SELECT b.numero, arg_max(a.numero, a.sortie) AS precedent
FROM sejour b
JOIN sejour a ON a.patient_id = b.patient_id AND a.numero <> b.numero
    AND a.mode_sortie IN ('6', '7') AND b.mode_entree IN ('6', '7')
    AND secondes(a.sortie, au_plus_tard(b.entree, b.precision_de_l_entree)) >= 0
    AND secondes(au_plus_tard(a.sortie, a.precision_de_la_sortie), b.entree) <= 24 * 3600
GROUP BY b.numero;

CREATE TABLE premier_sejour AS
WITH RECURSIVE remonte AS (
    SELECT numero, numero AS premier, 0 AS pas FROM sejour
    UNION ALL
    SELECT r.numero, s.precedent, r.pas + 1 FROM remonte r JOIN suite s ON s.numero = r.premier WHERE r.pas < 50
)
SELECT numero, arg_max(premier, pas) AS premier FROM remonte GROUP BY numero;

-- One row per sortie, with the entry of its episode.
CREATE TABLE sortie AS
SELECT s.source || '/' || s.sortie_id AS unite, s.patient_id, s.sortie AS t, s.precision_de_la_sortie AS precision_de_t, jour(s.sortie) AS jour,
    s.mode_sortie = '8' IS TRUE AS est_index, premier_sejour.premier,
    p.entree AS entree, p.mode_entree IN ('6', '7') IS TRUE AS est_entree_par_transfert,
    (p.entree IS NULL OR jour(p.entree) < jour(s.sortie)) AS est_complete,
    s.est_seance_ou_naissance,
    commune_du_fait(s.patient_id, jour(s.sortie), s.commune_insee) AS commune,
    age_le(s.patient_id, jour(s.sortie)) AS age,
    a_medecin_traitant_le(s.patient_id, jour(s.sortie)) AS a_medecin_traitant
FROM sejour s
JOIN premier_sejour USING (numero)
JOIN sejour p ON p.numero = premier_sejour.premier
WHERE s.sortie_id IS NOT NULL;

-- What may bring a person back: an unplanned admission from home that is neither a séance nor a birth.
CREATE TABLE retour AS
SELECT any_value(patient_id) AS patient_id, any_value(entree) AS t, jour(any_value(entree)) AS jour, list(premier) AS episodes
FROM sejour JOIN premier_sejour USING (numero)
WHERE admission_id IS NOT NULL AND NOT est_programmee AND mode_entree IN ('6', '7') IS NOT TRUE
GROUP BY source, admission_id
HAVING NOT bool_or(est_seance_ou_naissance);

-- The first day after a sortie on which the person lives in another département or nobody knows where.
CREATE TABLE depart AS
SELECT s.unite, min(c.t) AS t
FROM sortie s
JOIN changement c ON c.patient_id = s.patient_id AND c.jour > s.jour
WHERE est_depart(departement_de(s.commune), c.avant, c.apres, c.est_dit)
GROUP BY s.unite;
