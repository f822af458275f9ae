-- whether lines of a delivery lay after the day that it was complete to
SELECT EXISTS (SELECT 1 FROM registre.rejet WHERE livraison = ? AND niveau = 'E' AND code = 'DATE_FUTURE')
