-- functions of time and age that the facts share (domaine 0.1, 0.2); statements are separated by a line holding only a semicolon
CREATE OR REPLACE TEMPORARY FUNCTION age_revolu(naissance DATE, jour DATE) RETURNS INT
RETURN year(jour) - year(naissance) - CASE WHEN month(jour) * 100 + day(jour) < month(naissance) * 100 + day(naissance) THEN 1 ELSE 0 END
;
CREATE OR REPLACE TEMPORARY FUNCTION classe_de(age INT) RETURNS STRING
RETURN CASE
  WHEN age IS NULL THEN 'inconnu'
  WHEN age <= 5 THEN '0-5' WHEN age <= 15 THEN '6-15' WHEN age <= 44 THEN '16-44' WHEN age <= 59 THEN '45-59'
  WHEN age <= 64 THEN '60-64' WHEN age <= 74 THEN '65-74' WHEN age <= 84 THEN '75-84' ELSE '85+' END
;
CREATE OR REPLACE TEMPORARY FUNCTION nom_comparable(nom STRING) RETURNS STRING
RETURN regexp_replace(lower(nom), '[^\\p{L}\\p{N}]', '')
;
CREATE OR REPLACE TEMPORARY FUNCTION plus_tard(instant TIMESTAMP, precision STRING) RETURNS TIMESTAMP
RETURN CASE WHEN precision = 'jour' THEN CAST(date_add(to_date(instant), 1) AS TIMESTAMP) - INTERVAL 1 SECOND ELSE instant END
;
CREATE OR REPLACE TEMPORARY FUNCTION est_seance_ou_naissance(code STRING) RETURNS BOOLEAN
RETURN coalesce(upper(replace(code, '.', '')) RLIKE '^(Z49|Z510|Z511|Z38)', false)
;
CREATE OR REPLACE TEMPORARY FUNCTION est_un_agenda(source STRING) RETURNS BOOLEAN
RETURN source IN ('SAS', '48HC', 'DOCTOLIB', 'MAIIA', 'KELDOC', 'AGENDA')
;
CREATE OR REPLACE TEMPORARY FUNCTION le_dit_mieux(une STRING, autre STRING) RETURNS BOOLEAN
RETURN est_un_agenda(une) AND NOT est_un_agenda(autre) OR est_un_agenda(une) = est_un_agenda(autre) AND une < autre
;
CREATE OR REPLACE TEMPORARY FUNCTION ecart_possible(debut TIMESTAMP, debut_max TIMESTAMP, fin TIMESTAMP, fin_max TIMESTAMP) RETURNS BIGINT
RETURN greatest(0L, unix_timestamp(debut) - unix_timestamp(fin_max), unix_timestamp(fin) - unix_timestamp(debut_max))
