-- one row per row of the view « base »: what is known of the person and of the place on the day of the fact (domaine 0.2, 0.6, 0.9)
SELECT
  b.* EXCEPT (commune_du_fait),
  coalesce(z.zone_id, 0) AS zone_id,
  CASE WHEN p.naissance_derniere IS NULL THEN 0 ELSE greatest(0, age_revolu(p.naissance_derniere, b.jour)) END AS age_min,
  CASE WHEN p.naissance_premiere IS NOT NULL THEN greatest(0, age_revolu(p.naissance_premiere, b.jour)) END AS age_max,
  CASE
    WHEN p.naissance_premiere IS NULL THEN 'inconnu'
    WHEN classe_de(age_revolu(p.naissance_premiere, b.jour)) = classe_de(age_revolu(p.naissance_derniere, b.jour))
      THEN classe_de(age_revolu(p.naissance_premiere, b.jour))
    ELSE 'inconnu' END AS classe_age,
  coalesce(p.sexe, 'I') AS sexe,
  CASE WHEN size(p.pathologies) > 0 THEN p.pathologies ELSE array('AUCUNE') END AS pathologies,
  CASE
    WHEN age_revolu(p.naissance_derniere, b.jour) >= 75 THEN array_sort(array_union(p.vulnerabilites, array('AGE')))
    WHEN size(p.vulnerabilites) > 0 THEN p.vulnerabilites
    ELSE array('AUCUNE') END AS vulnerabilites,
  coalesce(p.est_en_ald, false) AS est_en_ald
FROM base b
LEFT JOIN personne p ON p.patient_id = b.patient_id
LEFT JOIN residence r ON r.patient_id = b.patient_id AND b.jour >= r.debut AND b.jour < r.fin
LEFT JOIN zone z ON z.code_insee = coalesce(r.commune, b.commune_du_fait) AND b.jour >= z.debut AND b.jour < z.fin
