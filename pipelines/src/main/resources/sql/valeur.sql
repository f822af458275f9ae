-- one row per published value: its components summed by what becomes of them; of a delay, also its lengths
WITH somme AS (
  SELECT /*+ BROADCAST(s) */
    s.ligne, c.territoire, c.periode,
    sum(CASE WHEN s.composante IN ('N', 'R') THEN c.n ELSE 0 END) AS numerateur,
    sum(CASE WHEN s.composante IN ('N', 'D', 'I') THEN c.n ELSE 0 END) AS denominateur,
    sum(CASE WHEN s.composante = 'E' THEN c.n ELSE 0 END) AS en_cours
  FROM composante c
  JOIN sorte s ON s.sorte = c.sorte
  WHERE NOT s.est_un_delai AND NOT startswith(s.composante, 'H:')
  GROUP BY s.ligne, c.territoire, c.periode
),
delai AS (
  SELECT /*+ BROADCAST(s) */
    s.ligne, c.territoire, c.periode,
    sum(CASE WHEN s.composante = 'E' THEN c.n ELSE 0 END) AS en_cours,
    collect_list(CASE WHEN c.tranche IS NOT NULL THEN struct(s.composante, c.tranche, c.n) END) AS delais
  FROM composante c
  JOIN sorte s ON s.sorte = c.sorte
  WHERE s.est_un_delai AND NOT startswith(s.composante, 'H:')
  GROUP BY s.ligne, c.territoire, c.periode
),
tout AS (
  SELECT *, CAST(NULL AS ARRAY<STRUCT<composante: STRING, tranche: BIGINT, n: BIGINT>>) AS delais FROM somme
  UNION ALL
  SELECT ligne, territoire, periode, 0L, 0L, en_cours, delais FROM delai
),
nom AS (
  SELECT DISTINCT ligne, variante, ventilation FROM sorte
)
SELECT /*+ BROADCAST(nom), BROADCAST(t) */
  nom.variante, t.type, t.code, t.libelle, tout.periode, nom.ventilation, tout.numerateur, tout.denominateur, tout.en_cours, tout.delais
FROM tout
JOIN nom ON nom.ligne = tout.ligne
JOIN territoire t ON t.territoire = tout.territoire
