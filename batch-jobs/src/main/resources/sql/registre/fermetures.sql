-- one row per source that somebody closed
SELECT source, close_le, rang FROM registre.source_close ORDER BY source COLLATE "C"
