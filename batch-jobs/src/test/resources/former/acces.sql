-- Généré depuis acces.yaml par AccessSql : ne pas modifier. Rôles, droits et règles de lignes de PostgreSQL.
-- « vigie superset import » l’applique ; chaque compte y ajoute son rôle et son habilitation.

DO $$ BEGIN CREATE ROLE vigie_interne NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

DO $$ BEGIN CREATE ROLE vigie_partenaire NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

DO $$ BEGIN CREATE ROLE vigie_public NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

DO $$ BEGIN CREATE ROLE vigie_qualite NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

DO $$ BEGIN CREATE ROLE vigie_personne NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

GRANT vigie_public TO vigie_personne;

DO $$ BEGIN CREATE ROLE vigie_superset LOGIN NOINHERIT; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

GRANT vigie_personne TO vigie_superset;

GRANT USAGE ON SCHEMA restitution, mart, registre TO vigie_interne, vigie_partenaire, vigie_public;

GRANT USAGE ON SCHEMA restitution TO vigie_superset;

GRANT SELECT ON ALL TABLES IN SCHEMA restitution TO vigie_interne, vigie_partenaire, vigie_public;

GRANT SELECT ON mart.territoire, mart.periode, mart.ressort, mart.lecture, mart.indicateur, registre.publication, registre.publication_courante TO vigie_interne, vigie_partenaire, vigie_public;

GRANT SELECT ON mart.ligne, mart.etape, registre.habilitation TO vigie_interne, vigie_partenaire, vigie_public;

GRANT SELECT (id, fichier, flux, source, complet_jusqu_au, lues, rejetees, avertissements, statut, recu_le) ON registre.livraison TO vigie_interne, vigie_partenaire, vigie_public;

GRANT SELECT (livraison, colonne, niveau, code) ON registre.rejet TO vigie_interne, vigie_partenaire, vigie_public;

GRANT SELECT ON mart.mesure TO vigie_interne, vigie_partenaire, vigie_public;

ALTER TABLE mart.mesure ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS vigie_lecture ON mart.mesure;

CREATE POLICY vigie_lecture ON mart.mesure FOR SELECT TO vigie_interne USING ((publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v) AND (publication, ligne) IN (SELECT k.publication, k.ligne FROM mart.ligne k));

GRANT SELECT ON mart.effectif TO vigie_interne, vigie_partenaire, vigie_public;

ALTER TABLE mart.effectif ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS vigie_lecture ON mart.effectif;

CREATE POLICY vigie_lecture ON mart.effectif FOR SELECT TO vigie_interne USING ((publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v) AND (publication, etape) IN (SELECT k.publication, k.etape FROM mart.etape k));

GRANT SELECT ON mart.mesure_partenaire TO vigie_interne, vigie_partenaire, vigie_public;

ALTER TABLE mart.mesure_partenaire ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS vigie_lecture ON mart.mesure_partenaire;

CREATE POLICY vigie_lecture ON mart.mesure_partenaire FOR SELECT TO vigie_partenaire USING ((publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v) AND (publication, ligne) IN (SELECT k.publication, k.ligne FROM mart.ligne k));

GRANT SELECT ON mart.effectif_partenaire TO vigie_interne, vigie_partenaire, vigie_public;

ALTER TABLE mart.effectif_partenaire ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS vigie_lecture ON mart.effectif_partenaire;

CREATE POLICY vigie_lecture ON mart.effectif_partenaire FOR SELECT TO vigie_partenaire USING ((publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v) AND (publication, etape) IN (SELECT k.publication, k.etape FROM mart.etape k));

GRANT SELECT ON mart.mesure_public TO vigie_interne, vigie_partenaire, vigie_public;

ALTER TABLE mart.mesure_public ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS vigie_lecture ON mart.mesure_public;

CREATE POLICY vigie_lecture ON mart.mesure_public FOR SELECT TO vigie_public USING ((publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v) AND (publication, ligne) IN (SELECT k.publication, k.ligne FROM mart.ligne k));

ALTER TABLE registre.habilitation ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS vigie_lecture ON registre.habilitation;

CREATE POLICY vigie_lecture ON registre.habilitation FOR SELECT TO vigie_interne, vigie_partenaire, vigie_public USING (role_sql = current_user::text);

ALTER TABLE mart.ligne ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS vigie_lecture ON mart.ligne;

CREATE POLICY vigie_lecture ON mart.ligne FOR SELECT TO vigie_interne, vigie_partenaire, vigie_public USING (EXISTS (SELECT 1 FROM registre.habilitation h WHERE h.role_sql = current_user::text AND starts_with(indicateur, h.indicateurs) AND (h.territoire_type <> 'ETABLISSEMENT' OR ventilation = 'etablissement=' || h.territoire_code)));

ALTER TABLE mart.etape ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS vigie_lecture ON mart.etape;

CREATE POLICY vigie_lecture ON mart.etape FOR SELECT TO vigie_interne, vigie_partenaire, vigie_public USING (EXISTS (SELECT 1 FROM registre.habilitation h WHERE h.role_sql = current_user::text AND starts_with(indicateur, h.indicateurs) AND h.territoire_type <> 'ETABLISSEMENT'));

ALTER TABLE registre.livraison ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS vigie_lecture ON registre.livraison;

CREATE POLICY vigie_lecture ON registre.livraison FOR SELECT TO vigie_qualite USING (true);

ALTER TABLE registre.rejet ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS vigie_lecture ON registre.rejet;

CREATE POLICY vigie_lecture ON registre.rejet FOR SELECT TO vigie_qualite USING (true);
