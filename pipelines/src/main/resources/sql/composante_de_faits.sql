-- one row per (sorte, tranche, territoire, mois) and periode that publishes that month: to be summed by what is asked of it
SELECT /*+ BROADCAST(m), BROADCAST(s), BROADCAST(l) */ p.sorte, p.tranche, p.territoire, m.periode, p.n
FROM compte_par_mois p
JOIN sorte s ON s.sorte = p.sorte
JOIN lecture l ON l.variante = s.variante
-- a commune is published by the year; a state is that of the last observed month, never a sum
JOIN mois_de_periode m
  ON m.mois = p.mois AND (m.est_annee OR NOT p.est_une_commune) AND (m.est_dernier OR NOT l.est_un_etat)
