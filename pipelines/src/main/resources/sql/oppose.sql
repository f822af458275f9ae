-- one row per person who is opposed (domaine 5)
SELECT patient_id FROM silver_patients WHERE opposition
UNION
SELECT patient_id FROM silver_evenements WHERE type = 'OPPOSITION' AND patient_id IS NOT NULL
