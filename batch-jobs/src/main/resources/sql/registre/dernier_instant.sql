-- one row: the latest instant that a run has noted; NULL before the first
SELECT max(greatest(debut, fin)) FROM registre.execution
