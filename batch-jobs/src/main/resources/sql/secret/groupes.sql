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
  SELECT territoire, territoire_code AS code,
    CASE
      WHEN territoire_code IN ('09', '11', '12', '30', '31', '32', '34', '46', '48', '65', '66', '81', '82') THEN '76'
      WHEN territoire_code IN ('01', '03', '07', '15', '26', '38', '42', '43', '63', '69', '73', '74') THEN '84'
      WHEN territoire_code IN ('21', '25', '39', '58', '70', '71', '89', '90') THEN '27'
      WHEN territoire_code IN ('22', '29', '35', '56') THEN '53'
      WHEN territoire_code IN ('18', '28', '36', '37', '41', '45') THEN '24'
      WHEN territoire_code IN ('2A', '2B') THEN '94'
      WHEN territoire_code IN ('08', '10', '51', '52', '54', '55', '57', '67', '68', '88') THEN '44'
      WHEN territoire_code IN ('02', '59', '60', '62', '80') THEN '32'
      WHEN territoire_code IN ('75', '77', '78', '91', '92', '93', '94', '95') THEN '11'
      WHEN territoire_code IN ('14', '27', '50', '61', '76') THEN '28'
      WHEN territoire_code IN ('16', '17', '19', '23', '24', '33', '40', '47', '64', '79', '86', '87') THEN '75'
      WHEN territoire_code IN ('44', '49', '53', '72', '85') THEN '52'
      WHEN territoire_code IN ('04', '05', '06', '13', '83', '84') THEN '93'
      WHEN territoire_code LIKE '97%' THEN '0' || right(territoire_code, 1)
    END AS region
  FROM mart.territoire_{n} WHERE territoire_type = 'DEPARTEMENT'
)
SELECT territoire, 'D' || region AS groupe FROM departement WHERE region IS NOT NULL
UNION ALL
SELECT territoire, 'D' || territoire_code FROM mart.territoire_{n} WHERE territoire_type = 'REGION'
UNION ALL
SELECT territoire, 'K' || code FROM departement
UNION ALL
SELECT territoire, 'K' || CASE WHEN territoire_code LIKE '97%' THEN left(territoire_code, 3) ELSE left(territoire_code, 2) END
FROM mart.territoire_{n} WHERE territoire_type = 'COMMUNE'
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
