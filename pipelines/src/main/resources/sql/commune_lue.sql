-- one row per code that no commune of the référentiel bears and interval of days [debut, fin[ in which one movement tells what it became (domaine 0.9 bis, 4)
WITH RECURSIVE partie AS (
  SELECT
    m.com_av, m.date_eff, m.com_ap, c.code_insee IS NOT NULL AS est_connue,
    coalesce(nom_comparable(m.libelle_av) = nom_comparable(m.libelle_ap), false) AS garde_le_nom, coalesce(c.population, 0) AS population
  FROM silver_communes_mouvements m
  LEFT JOIN silver_communes c ON c.code_insee = m.com_ap
  WHERE coalesce(m.typecom_av, 'COM') IN ('COM', 'ARM') AND coalesce(m.typecom_ap, 'COM') = 'COM'
),
devenue AS (
  -- of several parts, the one that keeps the name, else the most populous
  SELECT
    com_av, date_eff, min_by(struct(com_ap, est_connue), struct(NOT garde_le_nom, -population, com_ap)) AS retenue,
    count(DISTINCT com_ap) > 1 AS est_estimee
  FROM partie
  GROUP BY com_av, date_eff
),
regle AS (
  -- on a day the next movement decides, after the last one the last
  SELECT
    com_av, retenue.com_ap, retenue.est_connue, est_estimee, date_eff,
    coalesce(lag(date_eff) OVER suivi, DATE'0001-01-01') AS debut,
    CASE WHEN lead(date_eff) OVER suivi IS NULL THEN DATE'9999-12-31' ELSE date_eff END AS fin
  FROM devenue
  WINDOW suivi AS (PARTITION BY com_av ORDER BY date_eff)
),
disparu AS (
  SELECT r.* FROM regle r LEFT ANTI JOIN silver_communes c ON c.code_insee = r.com_av
),
suite AS (
  SELECT com_av AS code, debut, fin, com_ap AS commune, est_connue, est_estimee, date_eff AS le, 1 AS pas FROM disparu
  UNION ALL
  SELECT s.code, s.debut, s.fin, r.com_ap, r.est_connue, s.est_estimee OR r.est_estimee, r.date_eff, s.pas + 1
  FROM suite s
  JOIN regle r ON r.com_av = s.commune AND s.le >= r.debut AND s.le < r.fin
  -- far more than any commune has known: movements that turn in a circle lead nowhere
  WHERE NOT s.est_connue AND s.pas < 10
)
SELECT d.com_av AS code, d.debut, d.fin, coalesce(s.commune, d.com_av) AS commune, coalesce(s.est_estimee, false) AS est_estimee
FROM disparu d
LEFT JOIN suite s ON s.code = d.com_av AND s.debut = d.debut AND s.est_connue
