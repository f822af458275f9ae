-- one row per modality of a dimension, in the order in which it is read
SELECT code, libelle FROM restitution.modalite WHERE dimension = ? ORDER BY ordre, code
