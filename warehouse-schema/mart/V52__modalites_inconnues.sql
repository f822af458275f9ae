-- What is not known is published as « inconnu » (lower case), of whatever dimension: the label of ages waited for another code.
UPDATE restitution.modalite SET code = 'inconnu' WHERE dimension = 'age' AND code = 'INCONNU';
INSERT INTO restitution.modalite VALUES
  ('mode', 'TEL', 'Téléphone', 4), ('mode', 'inconnu', 'Mode inconnu', 9),
  ('profession', 'inconnu', 'Profession inconnue', 99), ('etablissement', 'inconnu', 'Établissement inconnu', 99),
  ('dispositif', 'inconnu', 'Dispositif inconnu', 99), ('sens', 'inconnu', 'Sens inconnu', 99);
