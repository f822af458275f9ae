-- URG-04: every passage, convened or not (domaine 1.G, 0.9 bis).
SELECT '' AS variante, unite, jour, commune, age, 'COMPTE' AS etape, '' AS motif, true AS numerateur FROM passage
