-- one row per chain of orientations of one person with at least one emitted orientation (domaine 0.3, 0.9 bis)
WITH lue AS (
  SELECT
    *,
    CASE WHEN date_reponse < :limite THEN date_reponse END AS reponse_lue,
    CASE WHEN date_realisation < :limite THEN date_realisation END AS realisation_lue,
    CASE WHEN date_cloture < :limite THEN date_cloture END AS cloture_lue
  FROM silver_orientations
  WHERE statut <> 'ERREUR'
),
repondue AS (
  SELECT
    *,
    coalesce(reponse_lue, CASE WHEN statut = 'REALISEE' THEN realisation_lue END) AS reponse,
    coalesce(date_reponse < :limite, true) AS est_reponse_passee,
    coalesce(date_realisation < :limite, true) AS est_realisation_passee,
    coalesce(date_cloture < :limite, true) AS est_cloture_passee
  FROM lue
),
lien AS (
  SELECT patient_id, explode(chaines_de(collect_list(struct(concat(source, '|', orientation_id) AS id,
    concat(source, '|', orientation_precedente_id) AS precedente, chaine_id AS chaine)))) AS maillon
  FROM lue
  GROUP BY patient_id
),
chaine AS (
  SELECT
    o.patient_id, l.maillon.chaine AS chaine_id,
    min_by(struct(o.date_emission, o.date_emission_precision, o.commune_insee, o.type_demande, o.destinataire_type, o.destinataire_id),
      struct(o.date_emission, o.orientation_id, o.source)) FILTER (WHERE o.statut <> 'BROUILLON') AS premiere,
    collect_list(struct(o.type_obtenu, o.date_realisation)) FILTER (WHERE o.statut = 'REALISEE' AND o.est_realisation_passee) AS realisees,
    min(o.reponse) AS reponse,
    bool_or(o.reponse IS NULL AND o.est_reponse_passee
      AND (o.statut IN ('ACCEPTEE', 'LISTE_ATTENTE', 'REFUSEE', 'REORIENTEE') OR (o.statut = 'REALISEE' AND o.est_realisation_passee))) AS est_repondue_sans_date,
    count_if(o.statut IN ('REFUSEE', 'REORIENTEE') AND o.est_reponse_passee) AS refus,
    bool_or(coalesce(o.statut = 'ANNULEE' AND o.motif = 'BESOIN_LEVE', false) AND o.est_cloture_passee) AS est_besoin_leve,
    bool_and(o.statut IN ('ANNULEE', 'EXPIREE') AND o.est_cloture_passee) FILTER (WHERE o.statut <> 'BROUILLON') AS est_retiree,
    max(coalesce(o.cloture_lue, o.date_emission)) FILTER (WHERE o.statut <> 'BROUILLON') AS cloture
  FROM repondue o
  JOIN lien l ON l.patient_id = o.patient_id AND l.maillon.id = concat(o.source, '|', o.orientation_id)
  GROUP BY o.patient_id, l.maillon.chaine
  HAVING bool_or(o.statut <> 'BROUILLON')
),
depart AS (
  SELECT c0.patient_id, c0.chaine_id, min(suivante.ouverture) AS instant
  FROM chaine c0
  LEFT JOIN residence r ON r.patient_id = c0.patient_id AND to_date(c0.premiere.date_emission) >= r.debut AND to_date(c0.premiere.date_emission) < r.fin
  JOIN silver_communes c ON c.code_insee = coalesce(r.commune, c0.premiere.commune_insee)
  JOIN residence suivante ON suivante.patient_id = c0.patient_id AND suivante.debut > to_date(c0.premiere.date_emission) AND suivante.est_un_changement
    AND (suivante.departement IS NULL OR suivante.departement <> c.departement) AND suivante.ouverture < :limite
  GROUP BY c0.patient_id, c0.chaine_id
),
hospitalisee AS (
  SELECT DISTINCT c0.patient_id, c0.chaine_id
  FROM chaine c0
  JOIN hospitalisation h ON h.patient_id = c0.patient_id AND NOT h.est_programmee
    AND h.debut <= plus_tard(c0.premiere.date_emission, c0.premiere.date_emission_precision) AND (h.fin IS NULL OR c0.premiere.date_emission < h.fin)
),
medecin AS (
  SELECT c0.patient_id, c0.chaine_id, min(d.debut) AS debut
  FROM chaine c0
  JOIN declaration d ON d.patient_id = c0.patient_id AND d.debut >= to_date(c0.premiere.date_emission)
    AND d.debut < d.fin AND (d.cesse_le IS NULL OR d.debut < d.cesse_le)
  GROUP BY c0.patient_id, c0.chaine_id
),
obtenue AS (
  SELECT
    *,
    filter(coalesce(realisees, array()), r -> coalesce(r.type_obtenu = premiere.type_demande, false)) AS conformes
  FROM chaine
)
SELECT
  c.chaine_id,
  c.patient_id,
  to_date(c.premiere.date_emission) AS jour,
  c.premiere.date_emission AS instant,
  plus_tard(c.premiere.date_emission, c.premiere.date_emission_precision) AS instant_max,
  c.premiere.commune_insee AS commune_du_fait,
  CASE WHEN c.premiere.destinataire_type = 'ES' THEN c.premiere.destinataire_id END AS etablissement,
  CASE WHEN c.premiere.destinataire_type NOT IN ('ES', 'PRO', 'STRUCTURE', 'PATIENT', 'AUTRE') THEN c.premiere.destinataire_id END AS dispositif,
  CAST(NULL AS STRING) AS profession,
  CAST(NULL AS STRING) AS mode,
  c.premiere.type_demande AS type_demande,
  coalesce(size(c.realisees) > 0, false) AS est_realisee,
  datediff(to_date(array_min(transform(c.realisees, r -> r.date_realisation))), to_date(c.premiere.date_emission)) AS realisation_jours,
  exists(coalesce(c.realisees, array()), r -> r.date_realisation IS NULL) AS est_realisee_sans_date,
  datediff(to_date(array_min(transform(c.conformes, r -> r.date_realisation))), to_date(c.premiere.date_emission)) AS conforme_jours,
  exists(c.conformes, r -> r.date_realisation IS NULL) AS est_conforme_sans_date,
  c.est_repondue_sans_date,
  datediff(to_date(c.reponse), to_date(c.premiere.date_emission)) AS reponse_jours,
  CAST(c.refus AS INT) AS refus,
  c.est_besoin_leve,
  h.chaine_id IS NOT NULL AS est_en_hospitalisation_non_programmee,
  datediff(m.debut, to_date(c.premiere.date_emission)) AS medecin_traitant_jours,
  CASE WHEN p.deces IS NOT NULL THEN greatest(0, datediff(to_date(p.deces), to_date(c.premiere.date_emission))) END AS deces_jours,
  datediff(to_date(d.instant), to_date(c.premiere.date_emission)) AS depart_jours,
  CASE WHEN c.est_retiree THEN greatest(0, coalesce(datediff(to_date(c.cloture), to_date(c.premiere.date_emission)), 0)) END AS retrait_jours
FROM obtenue c
LEFT JOIN depart d ON d.patient_id = c.patient_id AND d.chaine_id = c.chaine_id
LEFT JOIN hospitalisee h ON h.patient_id = c.patient_id AND h.chaine_id = c.chaine_id
LEFT JOIN medecin m ON m.patient_id = c.patient_id AND m.chaine_id = c.chaine_id
LEFT JOIN personne p ON p.patient_id = c.patient_id
