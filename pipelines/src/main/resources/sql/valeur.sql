-- one row per published value: its components summed by what becomes of them, its delays by length (only delays have any)
WITH somme AS (
  SELECT /*+ BROADCAST(s) */
    s.ligne, c.territoire, c.periode,
    sum(CASE WHEN s.composante IN ('N', 'R') THEN c.n ELSE 0 END) AS numerateur,
    sum(CASE WHEN s.composante IN ('N', 'D', 'I') THEN c.n ELSE 0 END) AS denominateur,
    sum(CASE WHEN s.composante = 'E' THEN c.n ELSE 0 END) AS en_cours
  FROM composante c
  JOIN sorte s ON s.sorte = c.sorte
  WHERE NOT startswith(s.composante, 'H:')
  GROUP BY s.ligne, c.territoire, c.periode
),
delai AS (
  SELECT /*+ BROADCAST(s) */
    s.ligne, c.territoire, c.periode, collect_list(struct(s.composante, c.tranche, c.n)) AS delais
  FROM composante c
  JOIN sorte s ON s.sorte = c.sorte
  WHERE c.tranche IS NOT NULL
  GROUP BY s.ligne, c.territoire, c.periode
),
nom AS (
  SELECT DISTINCT ligne, variante, ventilation FROM sorte
)
SELECT /*+ BROADCAST(nom), BROADCAST(t) */
  nom.variante, t.type, t.code, t.libelle, somme.periode, nom.ventilation, somme.numerateur, somme.denominateur, somme.en_cours, delai.delais
FROM somme
LEFT JOIN delai ON delai.ligne = somme.ligne AND delai.territoire = somme.territoire AND delai.periode = somme.periode
JOIN nom ON nom.ligne = somme.ligne
JOIN territoire t ON t.territoire = somme.territoire
