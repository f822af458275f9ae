-- ORI-05: orientations sent from a dispositif to a dispositif, by sens (domaine 1.B).
SELECT '' AS variante, unite, jour, commune, age,
    CASE WHEN statut = 'BROUILLON' OR emetteur_type IN (FROM hors_dispositif) OR destinataire_type IN (FROM hors_dispositif)
        THEN 'HORS_POPULATION' ELSE 'COMPTE' END AS etape,
    CASE WHEN statut = 'BROUILLON' THEN 'BROUILLON' ELSE 'HORS_DISPOSITIFS' END AS motif,
    true AS numerateur,
    emetteur_type || '>' || destinataire_type AS sens
FROM orientation
