-- one row per line of _suites, what each fact says now, that stands in a cycle of facts that follow each other (domaine 3.5). A cycle lies
-- within one person, or within those whose facts name facts of each other: a wrong link must not hide it.
WITH nommes AS (
  SELECT *, explode(array(id, precedente)) AS nomme FROM _suites
),
partages AS (
  SELECT *,
    min(patient_id) OVER (PARTITION BY source, nomme) <> max(patient_id) OVER (PARTITION BY source, nomme) AS est_partage
  FROM nommes
),
lies AS (
  SELECT *, max(est_partage) OVER (PARTITION BY source, patient_id) AS est_lie FROM partages
),
cycles AS (
  SELECT source, explode(cycles_de(collect_list(struct(id, precedente)))) AS id
  FROM lies WHERE nomme = id GROUP BY source, CASE WHEN est_lie THEN '' ELSE patient_id END
)
SELECT _livraison, _ligne FROM _suites JOIN cycles USING (source, id)
