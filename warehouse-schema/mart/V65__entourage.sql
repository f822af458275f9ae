-- Digits of what readers see beside the values of a publication: its funnels, who may read what, how masks were made. Empty for those made before.
ALTER TABLE registre.publication ADD entourage text NOT NULL DEFAULT '';
