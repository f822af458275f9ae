-- one row per coordinate and equation in which it stands, totals included; a step of a funnel stands as a negative line
CREATE TEMP TABLE groupe_ligne ON COMMIT DROP AS
SELECT *, 0 AS rang FROM (
WITH une AS (
  SELECT ligne, indicateur, ventilation, split_part(ventilation, '=', 1) AS dimension
  FROM mart.ligne_{n} WHERE ventilation <> '' AND ventilation NOT LIKE '%|%'
),
deux AS (
  SELECT ligne, indicateur, split_part(ventilation, '|', 1) AS a, split_part(ventilation, '|', 2) AS b
  FROM mart.ligne_{n} WHERE ventilation LIKE '%|%'
)
-- The values of a dimension sum to the total, unless one fact counts under several of them.
SELECT ligne, indicateur || '|' || dimension AS groupe FROM une WHERE dimension NOT IN ('pathologie', 'vulnerabilite')
UNION ALL
SELECT DISTINCT t.ligne, t.indicateur || '|' || u.dimension
FROM mart.ligne_{n} t JOIN une u ON u.indicateur = t.indicateur AND u.dimension NOT IN ('pathologie', 'vulnerabilite')
WHERE t.ventilation = ''
UNION ALL
SELECT ligne, indicateur || '|' || a || '|' || split_part(b, '=', 1) FROM deux
UNION ALL
SELECT ligne, indicateur || '|' || b || '|' || split_part(a, '=', 1) FROM deux
UNION ALL
SELECT DISTINCT u.ligne, d.indicateur || '|' || d.a || '|' || split_part(d.b, '=', 1) FROM deux d JOIN une u ON u.indicateur = d.indicateur AND u.ventilation = d.a
UNION ALL
SELECT DISTINCT u.ligne, d.indicateur || '|' || d.b || '|' || split_part(d.a, '=', 1) FROM deux d JOIN une u ON u.indicateur = d.indicateur AND u.ventilation = d.b
UNION ALL
-- FAITS = HORS_POPULATION + EN_COURS + EXCLU + DENOMINATEUR.
SELECT -1 - etape, indicateur || '|entonnoir' FROM mart.etape_{n} WHERE nom IN ('FAITS', 'HORS_POPULATION', 'EN_COURS', 'EXCLU', 'DENOMINATEUR')
UNION ALL
-- The end of the funnel says what the value says: masked with it, and it with them.
SELECT -1 - etape, indicateur || '|fin|' || nom FROM mart.etape_{n} WHERE nom IN ('DENOMINATEUR', 'NUMERATEUR')
UNION ALL
SELECT t.ligne, e.indicateur || '|fin|' || e.nom FROM mart.etape_{n} e JOIN mart.ligne_{n} t ON t.indicateur = e.indicateur AND t.ventilation = ''
WHERE e.nom IN ('DENOMINATEUR', 'NUMERATEUR')) g;

CREATE TEMP TABLE groupe_territoire ON COMMIT DROP AS
-- Few live outside the region: what would give them away is the whole, and the region is what is read. The whole goes first there.
SELECT territoire, groupe, CASE WHEN groupe = 'TREGION' AND territoire_type = 'ENSEMBLE' THEN -1 ELSE 0 END AS rang FROM (
WITH departement AS (
  SELECT territoire, territoire_code AS code, region
  FROM mart.territoire_{n} LEFT JOIN (VALUES {regions}) r (departement, region) ON r.departement = territoire_code
  WHERE territoire_type = 'DEPARTEMENT'
)
SELECT territoire, 'D' || region AS groupe FROM departement WHERE region IS NOT NULL
UNION ALL
SELECT territoire, 'D' || territoire_code FROM mart.territoire_{n} WHERE territoire_type = 'REGION'
UNION ALL
SELECT territoire, 'K' || code FROM departement
UNION ALL
-- The code of a commune begins with that of its département, of two characters or three.
SELECT c.territoire, 'K' || d.code
FROM mart.territoire_{n} c CROSS JOIN generate_series(2, 3) taille JOIN departement d ON d.code = left(c.territoire_code, taille)
WHERE c.territoire_type = 'COMMUNE'
UNION ALL
-- Each way of cutting the whole up, the unknown residence in each.
SELECT t.territoire, 'T' || c.territoire_type
FROM mart.territoire_{n} t
JOIN (SELECT DISTINCT territoire_type FROM mart.territoire_{n} WHERE territoire_type NOT IN ('ENSEMBLE', 'INCONNU', 'COMMUNE', 'DEPARTEMENT')) c
  ON t.territoire_type IN (c.territoire_type, 'ENSEMBLE', 'INCONNU')) g JOIN mart.territoire_{n} USING (territoire);

CREATE TEMP TABLE groupe_periode ON COMMIT DROP AS
SELECT *, 0 AS rang FROM (
WITH p AS (SELECT periode, code, restitution.periode_type(code) AS sorte, restitution.periode_debut(code) AS debut FROM mart.periode_{n})
SELECT periode, 'T' || to_char(date_trunc('quarter', debut), 'YYYYMM') AS groupe FROM p WHERE sorte IN ('Mois', 'Trimestre')
UNION ALL
SELECT periode, 'S' || extract(year FROM debut) || CASE WHEN extract(month FROM debut) < 7 THEN 1 ELSE 2 END FROM p WHERE sorte IN ('Trimestre', 'Semestre')
UNION ALL
SELECT periode, 'A' || extract(year FROM debut) FROM p WHERE sorte IN ('Semestre', 'Année')) g
