-- What the dashboards read: one view per subject, words and dates beside the codes, each row under its audience. Views only select; what is
-- masked was masked at publication.
CREATE SCHEMA restitution;

CREATE FUNCTION restitution.nombre(valeur numeric, decimales int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN translate(
  to_char(round(valeur, decimales), CASE WHEN decimales = 0 THEN 'FM999,999,999,990' ELSE 'FM999,999,999,990.' || repeat('0', decimales) END),
  ',.-', U&'\202F,\2212');

CREATE FUNCTION restitution.affichage(statut text, numerateur bigint, denominateur bigint, valeur numeric, unite text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN statut = 'S11' THEN U&'<\00A011'
  WHEN statut = 'SEC' THEN 's'
  WHEN statut = 'NS' THEN 'NS'
  WHEN statut = 'ND' THEN 'n.d.'
  WHEN statut = 'SO' OR denominateur = 0 THEN 's.o.'
  -- Rounded once, from the two integers (domaine.md 0.4).
  WHEN unite = '%' THEN restitution.nombre(100.0 * numerateur / denominateur, 1) || U&'\00A0%'
  WHEN valeur IS NULL THEN 'non atteinte'
  WHEN unite = '' THEN restitution.nombre(valeur, 0)
  ELSE restitution.nombre(valeur, 1) || U&'\00A0' || unite
END;

CREATE FUNCTION restitution.statut(statut text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE statut
  WHEN 'PUBLIE' THEN 'publié'
  WHEN 'S11' THEN 'masqué, effectif inférieur à 11'
  WHEN 'SEC' THEN 'masqué, secret secondaire'
  WHEN 'NS' THEN 'non significatif, moins de 5 professionnels'
  WHEN 'SO' THEN 'sans objet, aucun cas'
  WHEN 'ND' THEN 'non disponible, flux non chargé'
  WHEN 'EN_COURS' THEN 'en cours, provisoire'
  ELSE statut
END;

CREATE FUNCTION restitution.verdict(verdict text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE verdict
  WHEN 'ATTEINTE' THEN 'cible atteinte'
  WHEN 'NON_ATTEINTE' THEN 'cible non atteinte'
  WHEN 'SANS_CIBLE' THEN 'sans cible'
  ELSE 'sans objet'
END;

CREATE FUNCTION restitution.cible(cible text, unite text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(replace(replace(replace(replace(cible, '>=', '≥'), '<=', '≤'), ' ', U&'\00A0'), '.', ',') || CASE WHEN unite = '' THEN '' ELSE U&'\00A0' || unite END, '–');

-- « rendez-vous » has its plural already.
CREATE FUNCTION restitution.pluriel(mot text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN mot ~ '[sxz]$' THEN mot ELSE regexp_replace(mot, '^([^ ]*[^ sx])', '\1s') END;

CREATE FUNCTION restitution.motif(motif text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE motif
  WHEN '' THEN '–'
  WHEN 'AGE' THEN 'âge'
  WHEN 'AVEC_MEDECIN_TRAITANT' THEN 'a un médecin traitant'
  WHEN 'DECEDE' THEN 'décédé'
  WHEN 'DECES' THEN 'décès'
  WHEN 'DELAI_NEGATIF' THEN 'délai négatif'
  WHEN 'DEPART' THEN 'départ du territoire'
  WHEN 'ENTREE_PAR_TRANSFERT' THEN 'entrée par transfert'
  WHEN 'NI_HONORE_NI_MANQUE' THEN 'ni honoré ni manqué'
  WHEN 'PAS_HONORE' THEN 'rendez-vous non honoré'
  WHEN 'READMISSION' THEN 'réadmission'
  WHEN 'REALISATION_NON_DATEE' THEN 'réalisation non datée'
  WHEN 'REPONSE_NON_DATEE' THEN 'réponse non datée'
  WHEN 'SEANCE_OU_NAISSANCE' THEN 'séance ou naissance'
  WHEN 'SEJOUR_SANS_NUIT' THEN 'séjour sans nuit'
  ELSE lower(replace(motif, '_', ' '))
END;

CREATE FUNCTION restitution.periode_type(code text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN code LIKE '%/12M' THEN '12 mois glissants'
  WHEN code LIKE '%-T_' THEN 'Trimestre'
  WHEN code LIKE '%-S_' THEN 'Semestre'
  WHEN length(code) = 7 THEN 'Mois'
  ELSE 'Année'
END;

CREATE FUNCTION restitution.periode_debut(code text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN code LIKE '%/12M' THEN (make_date(left(code, 4)::int, substr(code, 6, 2)::int, 1) - interval '11 months')::date
  WHEN code LIKE '%-T_' THEN make_date(left(code, 4)::int, 3 * right(code, 1)::int - 2, 1)
  WHEN code LIKE '%-S_' THEN make_date(left(code, 4)::int, 6 * right(code, 1)::int - 5, 1)
  WHEN length(code) = 7 THEN make_date(left(code, 4)::int, right(code, 2)::int, 1)
  ELSE make_date(code::int, 1, 1)
END;

-- First day after the period.
CREATE FUNCTION restitution.periode_fin(code text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (restitution.periode_debut(code) + CASE restitution.periode_type(code)
  WHEN 'Mois' THEN interval '1 month'
  WHEN 'Trimestre' THEN interval '3 months'
  WHEN 'Semestre' THEN interval '6 months'
  ELSE interval '12 months'
END)::date;

CREATE FUNCTION restitution.mois(numero int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (ARRAY['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'])[numero];

CREATE FUNCTION restitution.periode_libelle(code text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN code LIKE '%/12M' THEN '12 mois à fin ' || restitution.mois(substr(code, 6, 2)::int) || ' ' || left(code, 4)
  WHEN code LIKE '%-T_' THEN 'T' || right(code, 1) || ' ' || left(code, 4)
  WHEN code LIKE '%-S1' THEN '1er semestre ' || left(code, 4)
  WHEN code LIKE '%-S2' THEN '2e semestre ' || left(code, 4)
  WHEN length(code) = 7 THEN restitution.mois(right(code, 2)::int) || ' ' || left(code, 4)
  ELSE code
END;

-- Words of the values of the dimensions; a value that is not here is shown as it is.
CREATE TABLE restitution.modalite (dimension text, code text, libelle text NOT NULL, ordre int NOT NULL, PRIMARY KEY (dimension, code));
INSERT INTO restitution.modalite VALUES
  ('age', '0-5', '0–5 ans', 1), ('age', '6-15', '6–15 ans', 2), ('age', '16-44', '16–44 ans', 3), ('age', '45-59', '45–59 ans', 4),
  ('age', '60-64', '60–64 ans', 5), ('age', '65-74', '65–74 ans', 6), ('age', '75-84', '75–84 ans', 7), ('age', '85+', '85 ans et plus', 8),
  ('age', 'INCONNU', 'Âge inconnu', 9),
  ('sexe', 'F', 'Femmes', 1), ('sexe', 'M', 'Hommes', 2), ('sexe', 'I', 'Sexe inconnu', 3),
  ('pathologie', 'DIAB', 'Diabète', 1), ('pathologie', 'CANC', 'Cancer', 2), ('pathologie', 'CARD', 'Maladies cardiovasculaires', 3),
  ('pathologie', 'RESP', 'Maladies respiratoires', 4), ('pathologie', 'PSY', 'Maladies psychiatriques', 5),
  ('pathologie', 'NEUD', 'Maladies neurodégénératives', 6), ('pathologie', 'AVC', 'AVC', 7), ('pathologie', 'IRC', 'Insuffisance rénale chronique', 8),
  ('pathologie', 'AUTRE', 'Autre pathologie', 9), ('pathologie', 'AUCUNE', 'Aucune connue', 10), ('pathologie', 'AUCUNE_CONNUE', 'Aucune connue', 10),
  ('vulnerabilite', 'PREC', 'Précarité', 1), ('vulnerabilite', 'HAND', 'Handicap', 2), ('vulnerabilite', 'AGE', '75 ans et plus', 3),
  ('vulnerabilite', 'ISOL', 'Isolement', 4), ('vulnerabilite', 'MOBI', 'Mobilité, transport', 5), ('vulnerabilite', 'LANG', 'Barrière de langue', 6),
  ('vulnerabilite', 'NUMQ', 'Précarité numérique', 7), ('vulnerabilite', 'MONO', 'Famille monoparentale', 8), ('vulnerabilite', 'ETUD', 'Étudiant', 9),
  ('vulnerabilite', 'SDF', 'Sans domicile', 10), ('vulnerabilite', 'QPV', 'Quartier prioritaire', 11), ('vulnerabilite', 'ASE', 'Enfant protégé', 12),
  ('vulnerabilite', 'AIDT', 'Aidant épuisé', 13), ('vulnerabilite', 'PSY', 'Troubles psychiques', 14), ('vulnerabilite', 'AUCUNE', 'Aucune connue', 15),
  ('mode', 'PRES', 'Présentiel', 1), ('mode', 'TLC', 'Téléconsultation', 2), ('mode', 'VAD', 'Visite à domicile', 3),
  ('regle', 'RUP-01', 'Sortie d’hospitalisation sans suivi', 1), ('regle', 'RUP-02', 'Sortie d’hospitalisation sans médecin traitant', 2),
  ('regle', 'RUP-03', 'Orientation sans réponse', 3), ('regle', 'RUP-04', 'Patient ballotté', 4),
  ('regle', 'RUP-05', 'Rendez-vous manqué sans reprogrammation', 5), ('regle', 'RUP-06', 'Passages itératifs aux urgences', 6),
  ('regle', 'RUP-07', 'Réhospitalisation non programmée dans les 30 jours', 7);

CREATE FUNCTION restitution.modalite(dimension text, code text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((SELECT m.libelle FROM restitution.modalite m WHERE m.dimension = $1 AND m.code = $2), code);

-- « age=65-74|sexe=F » in words.
CREATE FUNCTION restitution.ventilation(ventilation text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN ventilation = '' THEN 'Ensemble' ELSE (
  SELECT string_agg(restitution.modalite(split_part(part, '=', 1), split_part(part, '=', 2)), ', ' ORDER BY rang)
  FROM unnest(string_to_array(ventilation, '|')) WITH ORDINALITY AS p (part, rang)) END;

CREATE FUNCTION restitution.dimension(ventilation text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE regexp_replace(ventilation, '=[^|]*', '', 'g')
  WHEN '' THEN 'Ensemble'
  WHEN 'age' THEN 'Âge'
  WHEN 'sexe' THEN 'Sexe'
  WHEN 'age|sexe' THEN 'Âge et sexe'
  WHEN 'pathologie' THEN 'Pathologie'
  WHEN 'vulnerabilite' THEN 'Vulnérabilité'
  WHEN 'etablissement' THEN 'Établissement'
  WHEN 'dispositif' THEN 'Dispositif'
  WHEN 'profession' THEN 'Profession'
  WHEN 'mode' THEN 'Mode'
  WHEN 'regle' THEN 'Règle'
  WHEN 'sens' THEN 'Sens'
  ELSE regexp_replace(ventilation, '=[^|]*', '', 'g')
END;

CREATE FUNCTION restitution.territoire_type(territoire_type text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE territoire_type
  WHEN 'ENSEMBLE' THEN 'Ensemble'
  WHEN 'REGION' THEN 'Région'
  WHEN 'DEPARTEMENT' THEN 'Département'
  WHEN 'EPCI' THEN 'Intercommunalité'
  WHEN 'COMMUNE' THEN 'Commune'
  WHEN 'INCONNU' THEN 'Hors territoire ou inconnu'
  ELSE territoire_type
END;

CREATE FUNCTION restitution.territoire(territoire_type text, territoire_code text, libelle text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN libelle || CASE WHEN territoire_type IN ('DEPARTEMENT', 'COMMUNE') THEN ' (' || territoire_code || ')' ELSE '' END;

-- The territories that the reading role answers for, by publication.
CREATE VIEW restitution.visible WITH (security_invoker = true) AS
SELECT t.publication, t.territoire
FROM mart.territoire t
JOIN registre.habilitation h ON h.role_sql = current_user::text
  AND (h.territoire_type = '*' OR h.territoire_type = 'ETABLISSEMENT' AND t.territoire_type = 'ENSEMBLE')
UNION
SELECT r.publication, r.membre
FROM mart.ressort r
JOIN mart.territoire p ON p.publication = r.publication AND p.territoire = r.porteur
JOIN registre.habilitation h ON h.role_sql = current_user::text AND h.territoire_type = p.territoire_type AND h.territoire_code = p.territoire_code;

CREATE VIEW restitution.mesure WITH (security_invoker = true) AS
SELECT 'interne' AS audience, * FROM mart.mesure
UNION ALL
SELECT 'partenaire', * FROM mart.mesure_partenaire
UNION ALL
SELECT 'public', * FROM mart.mesure_public;

CREATE VIEW restitution.valeur WITH (security_invoker = true) AS
SELECT
  m.audience,
  m.publication,
  l.indicateur,
  d.code,
  d.lecture,
  d.libelle,
  d.unite,
  restitution.pluriel(d.unite_de_compte) AS unite_de_compte,
  t.territoire_type,
  t.territoire_code,
  restitution.territoire_type(t.territoire_type) AS type_de_territoire,
  restitution.territoire(t.territoire_type, t.territoire_code, t.libelle) AS territoire,
  p.code AS periode_code,
  restitution.periode_type(p.code) AS type_de_periode,
  restitution.periode_libelle(p.code) AS periode,
  restitution.periode_debut(p.code) AS debut,
  l.ventilation AS ventilation_code,
  restitution.dimension(l.ventilation) AS ventilation,
  restitution.ventilation(l.ventilation) AS modalite,
  m.numerateur,
  m.denominateur,
  m.valeur,
  m.ic_bas,
  m.ic_haut,
  restitution.cible(l.cible, d.unite) AS cible,
  regexp_replace(l.cible, '[^0-9.]', '', 'g')::numeric AS cible_valeur,
  m.verdict AS verdict_code,
  restitution.verdict(m.verdict) AS verdict,
  m.statut AS statut_code,
  restitution.statut(m.statut) AS statut,
  restitution.affichage(m.statut, m.numerateur, m.denominateur, m.valeur, d.unite) AS affichage,
  CASE WHEN m.denominateur IS NOT NULL
    THEN restitution.nombre(m.numerateur, 0) || U&'\00A0/\00A0' || restitution.nombre(m.denominateur, 0) ELSE '–' END AS effectifs,
  CASE WHEN m.ic_bas IS NOT NULL AND m.ic_haut IS NOT NULL
    THEN '[' || restitution.nombre(m.ic_bas, 1) || U&'\00A0;\00A0' || restitution.nombre(m.ic_haut, 1) || ']' ELSE '–' END AS intervalle,
  coalesce(m.denominateur < 10, false) AS prudence
FROM restitution.mesure m
JOIN mart.ligne l ON l.publication = m.publication AND l.ligne = m.ligne
JOIN mart.territoire t ON t.publication = m.publication AND t.territoire = m.territoire
JOIN mart.periode p ON p.publication = m.publication AND p.periode = m.periode
JOIN mart.lecture d ON d.publication = m.publication AND d.indicateur = l.indicateur;

CREATE VIEW restitution.effectif WITH (security_invoker = true) AS
SELECT 'interne' AS audience, publication, etape, territoire, periode, effectif, 'PUBLIE' AS statut FROM mart.effectif
UNION ALL
SELECT 'partenaire', publication, etape, territoire, periode, effectif, statut FROM mart.effectif_partenaire;

CREATE VIEW restitution.entonnoir WITH (security_invoker = true) AS
SELECT
  c.audience,
  c.publication,
  e.indicateur,
  d.code,
  d.libelle,
  t.territoire_type,
  t.territoire_code,
  restitution.territoire_type(t.territoire_type) AS type_de_territoire,
  restitution.territoire(t.territoire_type, t.territoire_code, t.libelle) AS territoire,
  p.code AS periode_code,
  restitution.periode_type(p.code) AS type_de_periode,
  restitution.periode_libelle(p.code) AS periode,
  restitution.periode_debut(p.code) AS debut,
  e.nom AS etape_code,
  restitution.motif(e.motif) AS motif,
  array_position(ARRAY['FAITS', 'HORS_POPULATION', 'EN_COURS', 'EXCLU', 'INDETERMINE', 'DENOMINATEUR', 'NUMERATEUR'], e.nom) AS ordre,
  CASE e.nom
    WHEN 'FAITS' THEN 'Faits lus'
    WHEN 'HORS_POPULATION' THEN 'Hors population'
    WHEN 'EN_COURS' THEN 'En cours d’observation'
    WHEN 'EXCLU' THEN 'Exclus'
    WHEN 'INDETERMINE' THEN 'Indéterminés'
    WHEN 'DENOMINATEUR' THEN 'Dénominateur'
    WHEN 'NUMERATEUR' THEN 'Numérateur'
  END AS etape,
  c.effectif,
  restitution.affichage(c.statut, NULL, NULL, c.effectif, '') AS affichage
FROM restitution.effectif c
JOIN mart.etape e ON e.publication = c.publication AND e.etape = c.etape
JOIN mart.territoire t ON t.publication = c.publication AND t.territoire = c.territoire
JOIN mart.periode p ON p.publication = c.publication AND p.periode = c.periode
JOIN mart.lecture d ON d.publication = c.publication AND d.indicateur = e.indicateur;

-- What the filters offer.
CREATE VIEW restitution.publication WITH (security_invoker = true) AS
SELECT p.numero AS publication, p.date_arret AT TIME ZONE 'Europe/Paris' AS date_arret, p.publiee_le AT TIME ZONE 'Europe/Paris' AS publiee_le, p.lignes,
  c.numero IS NOT NULL AS est_courante
FROM registre.publication p LEFT JOIN registre.publication_courante c ON c.numero = p.numero;

CREATE VIEW restitution.periode WITH (security_invoker = true) AS
SELECT a.audience, p.publication, p.code AS periode_code, restitution.periode_type(p.code) AS type_de_periode, restitution.periode_libelle(p.code) AS periode,
  restitution.periode_debut(p.code) AS debut,
  -- The filter opens on the last whole period that says most: a whole year for the public, twelve months for the others.
  CASE WHEN restitution.periode_fin(p.code) <= (b.date_arret AT TIME ZONE 'Europe/Paris' + interval '1 minute')::date THEN 0 ELSE -100000 END
    + (restitution.periode_fin(p.code) - DATE '2000-01-01') * 10
    + CASE restitution.periode_type(p.code) WHEN '12 mois glissants' THEN 5 WHEN 'Année' THEN 4 WHEN 'Semestre' THEN 3 WHEN 'Trimestre' THEN 2 ELSE 1 END AS rang
FROM mart.periode p
JOIN registre.publication b ON b.numero = p.publication
CROSS JOIN (VALUES ('interne'), ('partenaire'), ('public')) a (audience)
WHERE a.audience <> 'public' OR restitution.periode_type(p.code) = 'Année';

CREATE VIEW restitution.territoire WITH (security_invoker = true) AS
SELECT a.audience, t.publication, t.territoire_type, t.territoire_code, restitution.territoire_type(t.territoire_type) AS type_de_territoire,
  restitution.territoire(t.territoire_type, t.territoire_code, t.libelle) AS territoire,
  CASE WHEN t.territoire_type = 'REGION' AND t.territoire_code = '76' THEN 0 ELSE CASE t.territoire_type WHEN 'REGION' THEN 1 WHEN 'ENSEMBLE' THEN 2 WHEN 'DEPARTEMENT' THEN 3 WHEN 'CPTS' THEN 4 WHEN 'EPCI' THEN 5 WHEN 'INCONNU' THEN 6 ELSE 7 END END AS rang
FROM mart.territoire t
CROSS JOIN (VALUES ('interne'), ('partenaire'), ('public')) a (audience)
WHERE a.audience <> 'public' OR t.territoire_type IN ('ENSEMBLE', 'REGION', 'DEPARTEMENT');

CREATE VIEW restitution.ventilation WITH (security_invoker = true) AS
SELECT DISTINCT publication, indicateur, restitution.dimension(ventilation) AS ventilation FROM mart.ligne WHERE ventilation <> '';

CREATE VIEW restitution.ressort WITH (security_invoker = true) AS
SELECT DISTINCT p.territoire_type AS porteur_type, p.territoire_code AS porteur_code, m.territoire_type, m.territoire_code
FROM mart.ressort r
JOIN mart.territoire p ON p.publication = r.publication AND p.territoire = r.porteur
JOIN mart.territoire m ON m.publication = r.publication AND m.territoire = r.membre;

CREATE VIEW restitution.indicateur WITH (security_invoker = true) AS
SELECT d.publication, d.indicateur, d.code, d.lecture, d.libelle, d.question, d.source, d.sens, d.unite, d.unite_de_compte, i.version,
  i.date_arret AT TIME ZONE 'Europe/Paris' AS date_arret,
  CASE WHEN i.flux_manquants = '' THEN 'calculé' ELSE 'flux manquants : ' || replace(i.flux_manquants, ',', ', ') END AS calculabilite
FROM mart.lecture d JOIN mart.indicateur i ON i.publication = d.publication AND i.code = d.code;

-- Lines of files, never of persons: what was received, and what was said of it.
CREATE VIEW restitution.flux WITH (security_invoker = true) AS
SELECT l.flux, l.source, l.fichier, l.complet_jusqu_au, l.lues, l.lues - l.rejetees AS gardees, l.rejetees, l.avertissements,
  CASE l.statut WHEN 'CHARGE' THEN 'chargé' WHEN 'REFUSE' THEN 'refusé' ELSE 'retiré' END AS statut, l.recu_le AT TIME ZONE 'Europe/Paris' AS recu_le,
  ((SELECT max(p.date_arret) FROM registre.publication p JOIN registre.publication_courante c ON c.numero = p.numero) AT TIME ZONE 'Europe/Paris')::date
    - l.complet_jusqu_au AS retard_jours
FROM registre.livraison l;

CREATE VIEW restitution.rejet WITH (security_invoker = true) AS
SELECT l.flux, l.source, r.code, CASE r.niveau WHEN 'E' THEN 'erreur' WHEN 'A' THEN 'avertissement' ELSE 'information' END AS niveau, r.colonne, count(*) AS lignes
FROM registre.rejet r JOIN registre.livraison l ON l.id = r.livraison
WHERE l.statut <> 'RETIRE'
GROUP BY l.flux, l.source, r.code, r.niveau, r.colonne;
