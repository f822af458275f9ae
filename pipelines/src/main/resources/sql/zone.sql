-- one row per commune and interval of days [debut, fin[ in which its memberships do not change (domaine 4)
WITH appartenance AS (
  SELECT
    tc.code_insee, greatest(tc.debut, t.date_debut) AS debut,
    least(tc.fin, coalesce(date_add(t.date_fin, 1), DATE'9999-12-31')) AS fin
  FROM commune_de_territoire tc
  JOIN silver_territoires t ON t.territoire_id = tc.territoire_id
),
commune AS (
  SELECT code_insee, DATE'0001-01-01' AS debut, DATE'9999-12-31' AS fin FROM silver_communes
),
borne AS (
  SELECT code_insee, debut AS jour FROM commune
  UNION SELECT code_insee, fin FROM commune
  UNION SELECT a.code_insee, a.debut FROM appartenance a
  UNION SELECT a.code_insee, a.fin FROM appartenance a
),
intervalle AS (
  SELECT code_insee, jour AS debut, lead(jour) OVER (PARTITION BY code_insee ORDER BY jour) AS fin
  FROM borne
)
SELECT
  CAST(row_number() OVER (ORDER BY i.code_insee, i.debut) AS INT) AS zone_id,
  i.code_insee,
  i.debut,
  i.fin
FROM intervalle i
JOIN commune c ON c.code_insee = i.code_insee
WHERE i.fin IS NOT NULL
