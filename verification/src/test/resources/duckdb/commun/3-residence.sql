CREATE MACRO memes_lettres(nom) AS regexp_replace(lower(nom), '[^\pL\pN]', '', 'g');

-- What a code that is no longer a commune's stands for on a day (domaine 0.9 bis « Codes de communes », 4.4). Of the parts of a commune that was
-- shared out, the one of the same name, else the most peopled.
CREATE TABLE mouvement AS
SELECT com_av, date_eff,
    arg_max(com_ap, ((memes_lettres(libelle_av) = memes_lettres(libelle_ap)) IS TRUE, coalesce(c.population, 0), -rang_du_code)) AS com_ap
FROM (
    SELECT *, rank() OVER (ORDER BY com_ap) AS rang_du_code FROM silver.communes_mouvements
    WHERE (typecom_av IN ('COM', 'ARM')) IS NOT FALSE AND (typecom_ap = 'COM') IS NOT FALSE
)
LEFT JOIN silver.communes c ON c.code_insee = com_ap
GROUP BY com_av, date_eff;

-- After a day the first movement that is still to come, or the last one that there was.
CREATE TABLE mouvement_apres AS
SELECT com_av, j, arg_min(com_ap, (date_eff <= j, abs(date_eff - j))) AS com_ap, arg_min(date_eff, (date_eff <= j, abs(date_eff - j))) AS date_eff
FROM mouvement, (SELECT DISTINCT date_eff AS j FROM mouvement UNION SELECT DATE '0001-01-01')
GROUP BY com_av, j;

CREATE TABLE commune_d_un_code AS
WITH RECURSIVE suivi AS (
    SELECT com_av AS code, des, com_av AS commune, des AS le, 0 AS pas
    FROM (SELECT com_av, DATE '0001-01-01' AS des FROM mouvement UNION SELECT com_av, date_eff FROM mouvement)
    UNION ALL
    SELECT s.code, s.des, m.com_ap, m.date_eff, pas + 1
    FROM suivi s JOIN mouvement_apres m ON m.com_av = s.commune AND m.j = s.le
    WHERE s.commune NOT IN (SELECT code_insee FROM silver.communes) AND pas < 10
)
-- What no movement explains stays as it is said.
SELECT code, des, coalesce(max(commune) FILTER (WHERE commune IN (SELECT code_insee FROM silver.communes)), code) AS commune
FROM suivi GROUP BY code, des;

CREATE TABLE epoque AS
SELECT code, commune, des AS depuis, coalesce(lead(des) OVER (PARTITION BY code ORDER BY des), DATE '9999-01-01') AS jusqu_a FROM commune_d_un_code;

CREATE MACRO commune_lue(code_dit, le_jour) AS
    coalesce((SELECT commune FROM epoque WHERE code = code_dit AND depuis <= le_jour AND le_jour < jusqu_a), code_dit);

-- Where a person lives on a day (domaine 0.6, 0.9 bis « Résidence »).
CREATE TABLE residence_datee AS
SELECT patient_id, coalesce(commune_debut, DATE '0001-01-01') AS debut, coalesce(commune_fin + 1, DATE '9999-01-01') AS fin, commune_insee AS commune,
    date_maj
FROM ligne_de_patient
WHERE (commune_debut IS NOT NULL OR commune_fin IS NOT NULL) AND (commune_debut <= dernier_jour()) IS NOT FALSE;

CREATE TABLE demenagement AS
SELECT patient_id, t, precision_de_t, jour(t) AS debut, commune_lue(commune_insee, jour(t)) AS commune FROM evenement WHERE type = 'DEMENAGEMENT';

-- A dated residence that covers the day prevails, then the last move, then a residence without dates.
CREATE TABLE lieu AS
WITH dit AS (
    SELECT patient_id, 3 AS rang, debut, fin, commune, date_maj FROM residence_datee
    UNION ALL
    SELECT patient_id, 2, debut, DATE '9999-01-01', commune, t FROM demenagement
    UNION ALL
    SELECT patient_id, 1, DATE '0001-01-01', DATE '9999-01-01', commune_insee, date_maj
    FROM ligne_de_patient WHERE commune_debut IS NULL AND commune_fin IS NULL AND commune_insee IS NOT NULL
)
SELECT d.* REPLACE (coalesce(e.commune, d.commune) AS commune),
    greatest(d.debut, coalesce(e.depuis, d.debut)) AS depuis, least(d.fin, coalesce(e.jusqu_a, d.fin)) AS jusqu_a
FROM dit d LEFT JOIN epoque e ON e.code = d.commune AND e.depuis < d.fin AND e.jusqu_a > d.debut;

CREATE MACRO commune_le(p, j) AS (
    SELECT arg_max({'c': commune}, (rang, debut, date_maj)).c FROM lieu WHERE patient_id = p AND depuis <= j AND j < jusqu_a);

-- Of a fact: its own commune serves where the residence of that day is empty.
CREATE MACRO commune_du_fait(p, j, dite) AS coalesce(commune_le(p, j), commune_lue(dite, j));

-- Of what a commune is part, between two days (domaine 4, contrat.md 4); INCONNU and ENSEMBLE are added by the roll-up.
CREATE TABLE appartenance AS
SELECT code_insee AS commune, type, code, DATE '0001-01-01' AS debut, DATE '9999-01-01' AS fin
FROM silver.communes, LATERAL (VALUES ('COMMUNE', code_insee), ('EPCI', epci), ('DEPARTEMENT', departement), ('REGION', region)) AS v(type, code)
WHERE code IS NOT NULL
UNION ALL
SELECT coalesce(e.commune, tc.code_insee), te.type, te.territoire_id,
    greatest(tc.date_debut, coalesce(e.depuis, tc.date_debut), coalesce(te.date_debut, DATE '0001-01-01')),
    least(coalesce(tc.date_fin + 1, DATE '9999-01-01'), coalesce(e.jusqu_a, DATE '9999-01-01'), coalesce(te.date_fin + 1, DATE '9999-01-01'))
FROM silver.territoires_communes tc
LEFT JOIN epoque e ON e.code = tc.code_insee
JOIN silver.territoires te USING (territoire_id)
WHERE te.type NOT IN ('COMMUNE', 'EPCI', 'DEPARTEMENT', 'REGION')
    -- A commune that the référentiel does not know is in no territoire, even one that names it.
    AND coalesce(e.commune, tc.code_insee) IN (SELECT code_insee FROM silver.communes);

CREATE MACRO departement_de(c) AS (SELECT departement FROM silver.communes WHERE code_insee = c);

-- When the residence of a person may change: by a dated row on its first day and on the day after its last, else by a move, at its hour.
CREATE TABLE changement AS
SELECT patient_id, jour, coalesce(max(t), minuit(jour)) AS t, max(t) IS NOT NULL AS est_dit,
    departement_de(commune_le(c.patient_id, c.jour - 1)) AS avant, departement_de(commune_le(c.patient_id, c.jour)) AS apres
FROM (
    SELECT patient_id, debut AS jour, NULL::TIMESTAMPTZ AS t FROM residence_datee
    UNION
    SELECT patient_id, fin, NULL FROM residence_datee WHERE fin <= dernier_jour()
    UNION
    SELECT patient_id, debut, t FROM demenagement d
    WHERE NOT EXISTS (FROM residence_datee r WHERE r.patient_id = d.patient_id AND r.debut <= d.debut AND d.debut < r.fin)
) c
GROUP BY patient_id, jour;

-- The département is left for another one, or for a place unknown: after a place unknown, only when a move says so. Who lives nowhere known
-- leaves nothing.
CREATE MACRO est_depart(depuis, avant, apres, est_dit) AS
    depuis IS NOT NULL AND CASE WHEN apres IS NULL THEN avant IS NOT NULL OR est_dit ELSE apres <> depuis END;
