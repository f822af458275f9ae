-- one row per fact, the line that tells it: the youngest, then the last of a fixed order on what it says (contrat.md 2)
SELECT gagnante.*
FROM (SELECT max_by(struct({colonnes}), struct(version, _rang, contenu)) AS gagnante FROM _lignes GROUP BY {cle})
