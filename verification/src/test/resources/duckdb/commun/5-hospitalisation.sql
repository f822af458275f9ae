-- Stays, episodes and the sorties that end them (domaine 0.3, 0.9 bis « Appariement »).
CREATE TABLE admission AS
SELECT source, evenement_id, patient_id, t, precision_de_t, finess, mode_entree, programme AS est_programmee, code
FROM evenement WHERE type = 'HOSPI_ADMISSION';

CREATE TABLE sortie_d_hopital AS
SELECT source, evenement_id, patient_id, t, precision_de_t, finess, mode_sortie, lien_evenement_id, code, commune_insee
FROM evenement WHERE type = 'HOSPI_SORTIE';

CREATE MACRO est_un_diagnostic_a_part(code) AS coalesce(regexp_matches(replace(code, '.', ''), '^(Z49|Z510|Z511|Z38)'), false);

-- The admission of a sortie: the one it names, else the last one of the same FINESS before it with no other sortie in between. On one day, of
-- which an hour is missing, the admission comes first.
CREATE TABLE ligne_de_sortie AS
WITH nommee AS (
    SELECT s.source, s.evenement_id, a.source AS source_a, a.evenement_id AS admission
    FROM sortie_d_hopital s
    JOIN admission a ON a.source = s.source AND a.evenement_id = s.lien_evenement_id AND a.patient_id = s.patient_id
), devinee AS (
    SELECT s.source, s.evenement_id, s.patient_id, s.t,
        arg_max({'source': a.source, 'id': a.evenement_id, 't': a.t}, (a.t, a.evenement_id, a.source)) AS a
    FROM sortie_d_hopital s
    -- Whom a transfer takes away at that minute, or on that day without hour, enters the next stay and not this one.
    JOIN admission a ON a.patient_id = s.patient_id AND a.t <= au_plus_tard(s.t, s.precision_de_t) AND (s.finess IS NULL OR a.finess = s.finess)
        AND NOT ((s.mode_sortie IN ('6', '7')) IS TRUE AND (a.mode_entree IN ('6', '7')) IS TRUE AND au_plus_tard(a.t, a.precision_de_t) >= s.t)
    ANTI JOIN nommee n ON n.source = s.source AND n.evenement_id = s.evenement_id
    GROUP BY ALL
), appariee AS (
    FROM nommee
    UNION ALL
    SELECT source, evenement_id, d.a.source, d.a.id FROM devinee d
    WHERE NOT EXISTS (FROM sortie_d_hopital o WHERE o.patient_id = d.patient_id AND o.t > d.a.t AND o.t < d.t)
)
-- A sortie before the admission that it names was typed the wrong way round: what is known of the entry is its day, when it is that of the sortie.
SELECT s.*, a.source AS source_a, a.evenement_id AS admission, a.est_programmee, a.code AS code_a,
    CASE WHEN a.t <= au_plus_tard(s.t, s.precision_de_t) THEN a.t WHEN jour(a.t) = jour(s.t) THEN minuit(jour(s.t)) END AS entree,
    CASE WHEN a.t <= au_plus_tard(s.t, s.precision_de_t) THEN a.precision_de_t ELSE 'jour' END AS precision_de_l_entree,
    CASE WHEN a.t <= au_plus_tard(s.t, s.precision_de_t) OR jour(a.t) = jour(s.t) THEN a.mode_entree END AS mode_entree,
    row_number() OVER (
        PARTITION BY s.patient_id, jour(s.t) ORDER BY s.precision_de_t = 'jour', s.source, s.t, s.evenement_id) AS rang
FROM sortie_d_hopital s
LEFT JOIN appariee p ON p.source = s.source AND p.evenement_id = s.evenement_id
LEFT JOIN admission a ON a.source = p.source_a AND a.evenement_id = p.admission;

-- Lines of one day that tell one stay (domaine 0.9 bis « Même séjour, deux sources »); a transfer from one to the other makes two of them.
CREATE TABLE meme_sejour AS
WITH ligne AS (
    SELECT *, jour(t) AS j, mode_sortie IN ('6', '7') IS TRUE AS part, mode_entree IN ('6', '7') IS TRUE AS arrive FROM ligne_de_sortie
)
SELECT b.patient_id, b.j, b.rang, list(a.rang) AS autres
FROM ligne a
JOIN ligne b ON b.patient_id = a.patient_id AND b.j = a.j AND a.rang < b.rang
WHERE CASE WHEN a.source = b.source THEN a.t = b.t AND a.precision_de_t = b.precision_de_t AND a.finess IS NOT DISTINCT FROM b.finess
        ELSE (a.finess = b.finess) IS NOT FALSE END
  AND (abs(jour(a.entree) - jour(b.entree)) <= 1) IS NOT FALSE
  AND NOT ((a.part AND b.arrive OR b.part AND a.arrive) AND (a.part, a.arrive) <> (b.part, b.arrive))
GROUP BY b.patient_id, b.j, b.rang;

-- Line after line, in the order in which they prevail: it joins the first that stands and tells the same stay, or stands itself.
CREATE TABLE retenue AS
WITH RECURSIVE pas AS (
    SELECT patient_id, jour(t) AS j, CAST(0 AS BIGINT) AS rang, CAST([] AS BIGINT[]) AS debout, CAST(NULL AS BIGINT) AS retenue FROM ligne_de_sortie GROUP BY ALL
    UNION ALL
    SELECT p.patient_id, p.j, l.rang,
        CASE WHEN list_has_any(p.debout, coalesce(m.autres, [])) THEN p.debout ELSE list_append(p.debout, l.rang) END,
        coalesce(list_min(list_intersect(p.debout, coalesce(m.autres, []))), l.rang)
    FROM pas p
    JOIN ligne_de_sortie l ON l.patient_id = p.patient_id AND jour(l.t) = p.j AND l.rang = p.rang + 1
    LEFT JOIN meme_sejour m ON m.patient_id = p.patient_id AND m.j = p.j AND m.rang = l.rang
)
SELECT patient_id, j, rang, retenue FROM pas WHERE rang > 0;

-- One row per stay: what the line that stands does not say is said by the next one. Of the admissions that its lines name, one counts.
CREATE TABLE sejour AS
WITH ligne AS (
    SELECT l.*, r.retenue, jour(t) AS j FROM ligne_de_sortie l JOIN retenue r ON r.patient_id = l.patient_id AND r.j = jour(l.t) AND r.rang = l.rang
), clos AS (
    SELECT patient_id, arg_min(source, rang) AS source, arg_min(evenement_id, rang) AS sortie_id, arg_min(t, rang) AS sortie,
        arg_min(precision_de_t, rang) AS precision_de_la_sortie,
        arg_min(mode_sortie, rang) FILTER (WHERE mode_sortie IS NOT NULL) AS mode_sortie,
        arg_min(commune_insee, rang) FILTER (WHERE commune_insee IS NOT NULL) AS commune_insee,
        arg_min({'s': source_a, 'id': admission}, (entree IS NULL, rang)) FILTER (WHERE admission IS NOT NULL) AS a,
        coalesce(list(source_a || '/' || admission) FILTER (WHERE admission IS NOT NULL), []) AS propres,
        arg_min(entree, rang) FILTER (WHERE entree IS NOT NULL) AS entree,
        arg_min(precision_de_l_entree, rang) FILTER (WHERE entree IS NOT NULL) AS precision_de_l_entree,
        arg_min(mode_entree, rang) FILTER (WHERE mode_entree IS NOT NULL) AS mode_entree,
        coalesce(arg_min(est_programmee, (entree IS NULL, rang)) FILTER (WHERE est_programmee IS NOT NULL), false) AS est_programmee,
        est_un_diagnostic_a_part(arg_min(code, rang) FILTER (WHERE code IS NOT NULL))
            OR est_un_diagnostic_a_part(arg_min(code_a, rang) FILTER (WHERE code_a IS NOT NULL)) AS est_seance_ou_naissance
    FROM ligne GROUP BY patient_id, j, retenue
)
SELECT patient_id, source, sortie_id, a.s AS source_a, a.id AS admission_id, entree, precision_de_l_entree, mode_entree, est_programmee,
    sortie, precision_de_la_sortie, mode_sortie, commune_insee, est_seance_ou_naissance, propres
FROM clos
UNION ALL
-- Also the stays that have not ended: no line of a sortie names their admission.
SELECT patient_id, source, NULL, source, evenement_id, t, precision_de_t, mode_entree, coalesce(est_programmee, false), NULL, NULL, NULL, NULL,
    est_un_diagnostic_a_part(code), []
FROM admission a
WHERE NOT EXISTS (FROM ligne_de_sortie l WHERE l.source_a = a.source AND l.admission = a.evenement_id);

ALTER TABLE sejour ADD COLUMN numero BIGINT;
UPDATE sejour SET numero = rowid;

-- A stay entered by transfer follows one left by transfer at most 24 h before or after, that was not entered later: the nearest, then the last.
-- Of a day alone, some hour of it may be.
CREATE TABLE suite AS
SELECT numero, arg_max(precedent, (-ecart, ordre)) AS precedent
FROM (
    SELECT b.numero, a.numero AS precedent, (a.sortie, a.sortie_id, a.source) AS ordre,
        greatest(0, secondes(au_plus_tard(a.sortie, a.precision_de_la_sortie), b.entree),
            secondes(au_plus_tard(b.entree, b.precision_de_l_entree), a.sortie)) AS ecart
    FROM sejour b
    JOIN sejour a ON a.patient_id = b.patient_id AND a.numero <> b.numero AND a.mode_sortie IN ('6', '7') AND b.mode_entree IN ('6', '7')
        AND (a.entree <= au_plus_tard(b.entree, b.precision_de_l_entree)) IS NOT FALSE
    WHERE b.entree IS NOT NULL)
WHERE ecart <= 24 * 3600
GROUP BY numero;

-- Back from transfer to transfer; hours that are missing may make two stays follow each other, and each is met once.
CREATE TABLE premier_sejour AS
WITH RECURSIVE remonte AS (
    SELECT numero, numero AS premier, [numero] AS vus FROM sejour
    UNION ALL
    SELECT r.numero, s.precedent, list_append(r.vus, s.precedent)
    FROM remonte r JOIN suite s ON s.numero = r.premier AND NOT list_contains(r.vus, s.precedent)
)
SELECT numero, arg_max(premier, len(vus)) AS premier FROM remonte GROUP BY numero;

-- One row per sortie, with the entry of its episode.
CREATE TABLE sortie AS
SELECT s.source || '/' || s.sortie_id AS unite, s.source, s.sortie_id, s.patient_id, s.sortie AS t, s.precision_de_la_sortie AS precision_de_t, jour(s.sortie) AS jour,
    s.mode_sortie = '8' IS TRUE AS est_index, premier_sejour.premier,
    p.entree AS entree, p.mode_entree IN ('6', '7') IS TRUE AS est_entree_par_transfert,
    (p.entree IS NULL OR jour(p.entree) < jour(s.sortie)) AS est_complete,
    s.est_seance_ou_naissance, list_concat(s.propres, p.propres) AS admissions_propres,
    commune_du_fait(s.patient_id, jour(s.sortie), s.commune_insee) AS commune,
    age_le(s.patient_id, jour(s.sortie)) AS age,
    a_medecin_traitant_le(s.patient_id, jour(s.sortie)) AS a_medecin_traitant
FROM sejour s
JOIN premier_sejour USING (numero)
JOIN sejour p ON p.numero = premier_sejour.premier
WHERE s.sortie_id IS NOT NULL;

-- What may bring a person back: an unplanned admission from home that is neither a séance nor a birth.
CREATE TABLE retour AS
SELECT a.source || '/' || a.evenement_id AS unite, any_value(a.patient_id) AS patient_id, any_value(a.t) AS t, jour(any_value(a.t)) AS jour
FROM admission a
JOIN sejour s ON s.source_a = a.source AND s.admission_id = a.evenement_id
GROUP BY a.source, a.evenement_id
HAVING NOT bool_or(s.est_programmee OR est_seance_ou_naissance OR est_un_diagnostic_a_part(a.code)
    OR a.mode_entree IN ('6', '7') IS TRUE OR s.mode_entree IN ('6', '7') IS TRUE);

-- The first day after a sortie on which the person lives in another département or nobody knows where.
CREATE TABLE depart AS
SELECT s.unite, min(c.t) AS t
FROM sortie s
JOIN changement c ON c.patient_id = s.patient_id AND c.jour > s.jour
WHERE est_depart(departement_de(s.commune), c.avant, c.apres, c.est_dit)
GROUP BY s.unite;
