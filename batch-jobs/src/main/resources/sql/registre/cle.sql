-- at most one row: the fingerprint of the key that this instance was loaded with
SELECT empreinte FROM registre.cle
