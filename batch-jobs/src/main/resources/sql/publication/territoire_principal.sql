-- the région with most values, on which filters of territories open
UPDATE mart.territoire_{n} SET est_principal = true
WHERE territoire = (
  SELECT r.territoire
  FROM mart.mesure_{n} m
  JOIN mart.territoire_{n} r ON r.territoire = m.territoire
  WHERE r.territoire_type = 'REGION'
  GROUP BY r.territoire, r.territoire_code
  ORDER BY count(*) DESC, r.territoire_code
  LIMIT 1)
