-- What each indicator of a publication is made of: a definition of a folder is known by the publication alone. Empty for publications made before.
ALTER TABLE mart.indicateur ADD flux text NOT NULL DEFAULT '';
