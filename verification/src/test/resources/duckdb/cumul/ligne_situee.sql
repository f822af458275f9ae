-- One row per line, territoire of its residence on its day, period that holds its day, and group: all, its class of age, its sens, its rule.
SELECT l.*,
    getvariable('indicateur') || CASE variante WHEN '' THEN '' ELSE '/' || variante END || ' ' || t.type || ':' || t.code || ' ' || p.code AS place,
    v.ventilation
FROM lignes l
JOIN LATERAL (VALUES (''), ('age=' || classe_d_age(l.age)), ('sens=' || l.sens), ('regle=' || l.regle)) AS v(ventilation) ON v.ventilation IS NOT NULL
JOIN territoire_de_ligne t ON t.commune IS NOT DISTINCT FROM l.commune AND t.jour = l.jour
JOIN periode p ON l.jour >= p.debut AND l.jour < p.fin
    -- A state is that of the last day of the period, or of the last day that has passed.
    AND (NOT l.est_un_etat OR l.jour = least(p.fin - 1, dernier_jour()))
WHERE t.type <> 'COMMUNE' OR p.nature = 'annee'
