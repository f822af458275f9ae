-- What an indicator was published without: feeds of deaths and departures that nobody sends, rules of rupture that lack a feed (domaine.md 0.9 bis).
ALTER TABLE mart.indicateur ADD risques_non_observes text NOT NULL DEFAULT '', ADD regles_non_calculees text NOT NULL DEFAULT '';

-- Pieced together with || : concat_ws is not immutable, and so closed to readers (policy/fermeture.sql).
CREATE OR REPLACE VIEW restitution.indicateur WITH (security_invoker = true) AS
SELECT d.publication, d.indicateur, d.code, d.lecture, d.libelle, d.question, d.source, d.sens, d.unite, d.unite_de_compte, i.version,
  i.date_arret AT TIME ZONE 'Europe/Paris' AS date_arret,
  CASE WHEN i.flux_manquants = '' THEN 'calculé'
      || coalesce(' ; risques non observés (flux ' || replace(nullif(i.risques_non_observes, ''), ',', ', ') || ')', '')
      || coalesce(' ; règles non calculées : ' || replace(nullif(i.regles_non_calculees, ''), ',', ', '), '')
    ELSE 'flux manquants : ' || replace(i.flux_manquants, ',', ', ') END AS calculabilite
FROM mart.lecture d JOIN mart.indicateur i ON i.publication = d.publication AND i.code = d.code;
