-- one row per line that says something else of a fact, with the same version, than the line that tells it (contrat.md 2)
SELECT
  _livraison, _ligne, CAST(NULL AS STRING) AS colonne, 'A' AS niveau, 'CONFLIT_VERSION' AS code,
  'Deux lignes de même version décrivent différemment le même fait\u202f: une règle fixe sur le contenu a retenu l’autre\u202f; où seule la personne diffère, elle est inconnue. Renseigner date_maj pour choisir.' AS message
FROM (
  SELECT *,
    max(struct(version, _rang)) OVER (PARTITION BY {cle}) AS plus_jeune,
    max({dit}) OVER (PARTITION BY {cle}, version, _rang) AS retenu
  FROM _lignes
)
WHERE struct(version, _rang) = plus_jeune AND NOT {dit} <=> retenu
