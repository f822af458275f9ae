-- no row: the ruptures that may be when no rule can be computed
SELECT
  CAST(NULL AS STRING) AS regle, 0 AS version_regle, 0 AS severite, CAST(NULL AS STRING) AS patient_id, CAST(NULL AS STRING) AS ancre,
  CAST(NULL AS TIMESTAMP) AS constate_le, CAST(NULL AS STRING) AS unique_par, CAST(NULL AS STRING) AS etablissement,
  CAST(NULL AS STRING) AS dispositif, CAST(NULL AS STRING) AS profession, CAST(NULL AS STRING) AS mode, CAST(NULL AS TIMESTAMP) AS survenue,
  CAST(NULL AS TIMESTAMP) AS empechee_le, CAST(NULL AS TIMESTAMP) AS fermeture, false AS est_close_par_deces, CAST(NULL AS STRING) AS absorbante,
  CAST(NULL AS STRING) AS absorbee_a_travers
WHERE false
