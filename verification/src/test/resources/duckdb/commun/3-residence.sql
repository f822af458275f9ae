-- Where a person lives on a day (domaine.md 0.6, 0.9 bis « Résidence »).
CREATE TABLE residence_datee AS
SELECT patient_id, coalesce(commune_debut, DATE '0001-01-01') AS debut, coalesce(commune_fin + 1, DATE '9999-01-01') AS fin, commune_insee AS commune,
    date_maj
FROM ligne_de_patient
WHERE (commune_debut IS NOT NULL OR commune_fin IS NOT NULL) AND (commune_debut <= dernier_jour()) IS NOT FALSE;

CREATE TABLE demenagement AS
SELECT patient_id, t, precision_de_t, jour(t) AS debut, commune_insee AS commune FROM evenement WHERE type = 'DEMENAGEMENT';

-- A dated residence that covers the day prevails, then the last move, then a residence without dates.
CREATE TABLE lieu AS
SELECT patient_id, 3 AS rang, debut, fin, commune, date_maj FROM residence_datee
UNION ALL
SELECT patient_id, 2, debut, DATE '9999-01-01', commune, t FROM demenagement
UNION ALL
SELECT patient_id, 1, DATE '0001-01-01', DATE '9999-01-01', commune_insee, date_maj
FROM ligne_de_patient WHERE commune_debut IS NULL AND commune_fin IS NULL AND commune_insee IS NOT NULL;

CREATE MACRO commune_le(p, j) AS (
    SELECT arg_max({'c': commune}, (rang, debut, date_maj)).c FROM lieu WHERE patient_id = p AND debut <= j AND j < fin);

-- Of a fact: its own commune serves where the residence of that day is empty.
CREATE MACRO commune_du_fait(p, j, dite) AS coalesce(commune_le(p, j), dite);

-- Of what a commune is part, between two days (domaine.md 4, contract.md 4); INCONNU and ENSEMBLE are added by the roll-up.
CREATE TABLE appartenance AS
SELECT code_insee AS commune, type, code, DATE '0001-01-01' AS debut, DATE '9999-01-01' AS fin
FROM silver.communes, LATERAL (VALUES ('COMMUNE', code_insee), ('EPCI', epci), ('DEPARTEMENT', departement), ('REGION', region)) AS v(type, code)
WHERE code IS NOT NULL
UNION ALL
SELECT tc.code_insee, te.type, te.territoire_id,
    greatest(tc.date_debut, coalesce(te.date_debut, DATE '0001-01-01')),
    least(coalesce(tc.date_fin + 1, DATE '9999-01-01'), coalesce(te.date_fin + 1, DATE '9999-01-01'))
FROM silver.territoires_communes tc
JOIN silver.territoires te USING (territoire_id)
WHERE te.type NOT IN ('COMMUNE', 'EPCI', 'DEPARTEMENT', 'REGION');

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
