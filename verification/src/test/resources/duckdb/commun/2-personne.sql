-- Who is read, when born, when dead (domaine 0.2, 5.2). A person who opposes is nowhere.
CREATE TABLE oppose AS
SELECT patient_id FROM silver.patients WHERE opposition
UNION
SELECT patient_id FROM silver.evenements WHERE type = 'OPPOSITION';

CREATE VIEW ligne_de_patient AS
SELECT * FROM silver.patients WHERE patient_id NOT IN (FROM oppose);

CREATE VIEW evenement AS
SELECT *, date_heure AS t, date_heure_precision AS precision_de_t FROM silver.evenements
WHERE patient_id NOT IN (FROM oppose) AND date_heure < getvariable('limite');

-- Of each column the last row that fills it; a date tells more than a month, a month more than a year, which leave two dates between which it lies.
CREATE TABLE naissance AS
WITH dite AS (
    SELECT patient_id, arg_max(date_naissance, date_maj) AS date, arg_max(mois_naissance, date_maj) || '-01' AS mois, arg_max(annee_naissance, date_maj) AS annee
    FROM ligne_de_patient GROUP BY patient_id
)
SELECT patient_id, coalesce(date, mois::DATE, make_date(annee, 1, 1)) AS au_plus_tot,
    coalesce(date, last_day(mois::DATE), make_date(annee, 12, 31)) AS au_plus_tard
FROM dite;

-- Whole years on a day: who is born on 29 February grows older on 1 March of a common year.
CREATE MACRO age_revolu(ne_le, j) AS
    year(j) - year(ne_le) - CASE WHEN (month(j), day(j)) < (month(ne_le), day(ne_le)) THEN 1 ELSE 0 END;

-- The ages between which a person's lies; a threshold is passed when both are on the same side of it.
CREATE MACRO age_le(p, j) AS (
    SELECT {'au_moins': jeune, 'au_plus': vieux}
    FROM (SELECT age_revolu(au_plus_tard, j) AS jeune, age_revolu(au_plus_tot, j) AS vieux FROM naissance WHERE patient_id = p));

CREATE MACRO classe_d_un_age(age) AS CASE
    WHEN age IS NULL THEN 'inconnu'
    WHEN age <= 5 THEN '0-5' WHEN age <= 15 THEN '6-15' WHEN age <= 44 THEN '16-44' WHEN age <= 59 THEN '45-59'
    WHEN age <= 64 THEN '60-64' WHEN age <= 74 THEN '65-74' WHEN age <= 84 THEN '75-84' ELSE '85+' END;

CREATE MACRO classe_d_age(age) AS
    CASE WHEN classe_d_un_age(age.au_moins) = classe_d_un_age(age.au_plus) THEN classe_d_un_age(age.au_moins) ELSE 'inconnu' END;

-- The earliest day that anyone gives; the hour when an évènement of that day gives one.
CREATE TABLE deces AS
WITH dits AS (
    SELECT patient_id, jour(t) AS j, CASE WHEN precision_de_t = 'heure' THEN t END AS heure FROM evenement WHERE type = 'DECES'
    UNION ALL
    SELECT patient_id, date_deces, NULL FROM ligne_de_patient WHERE date_deces <= dernier_jour()
), premiers AS (
    SELECT patient_id, min(j) AS j FROM dits GROUP BY patient_id
)
SELECT patient_id, j AS jour, coalesce(min(heure), minuit(j)) AS t
FROM premiers JOIN dits USING (patient_id, j) GROUP BY patient_id, j;
