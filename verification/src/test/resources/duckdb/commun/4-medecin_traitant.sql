-- Whether a person has a médecin traitant on a day (domaine 1.C MT-01, 0.9 bis « MT un jour donné »).
CREATE TABLE declaration AS
SELECT d.patient_id, d.date_debut AS debut, coalesce(d.date_fin + 1, DATE '9999-01-01') AS fin, d.date_maj,
    coalesce(p.date_fin + 1, DATE '9999-01-01') AS cessation
FROM silver.declarations_mt d
LEFT JOIN silver.professionnels p USING (rpps)
WHERE d.patient_id NOT IN (FROM oppose) AND d.date_debut <= dernier_jour();

-- The declaration begun last decides, even when its doctor has ceased; an older one that still runs takes over when it ends.
CREATE MACRO a_medecin_traitant_le(p, j) AS coalesce((
    SELECT arg_max(j < cessation, (debut, date_maj)) FROM declaration WHERE patient_id = p AND debut <= j AND j < fin), false);
