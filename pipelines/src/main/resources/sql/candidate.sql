-- one row per fact of a person, the line that tells it when pseudonyms are sorted, and the one of the reverse order: the digits the other way
-- round, so that the first pseudonym stands where the other sort gives the last one. Each of the two aggregates holds the content once: together
-- they move what one max_by did.
SELECT
  max(struct(version, _rang, contenu, {personne}, {autres})) AS gagnante,
  max(struct(version, _rang, contenu, translate({personne}, '0123456789abcdef', 'fedcba9876543210') AS inverse)).inverse AS inverse
FROM _lignes
GROUP BY {cle}
