-- What a reading was counted with: definitions of a folder may say otherwise than the product, and the product of tomorrow otherwise than today's.
ALTER TABLE mart.lecture
  ADD COLUMN parametres text NOT NULL DEFAULT '',
  ADD COLUMN cible text NOT NULL DEFAULT '',
  ADD COLUMN attribution text NOT NULL DEFAULT '';
COMMENT ON COLUMN mart.lecture.parametres IS 'a line each: name = value (meaning)';
COMMENT ON COLUMN mart.lecture.attribution IS 'empty for publications made before it was kept';
