"""A real Superset with the dashboards of Vigie: import, figures, pages and secrecy, seen from outside.

    HOME/superset/venv/bin/python .ci/check_superset.py VIGIE HOME SCREENSHOTS [--all] [--only=PART,PART]

VIGIE and HOME are the command and an instance with a publication, its Superset installed and started. Without --all the crawl samples a few
territories per role and three indicators; with it, every territory and every row.
Parts, in their order: import, charts, crawl, pages. Ends with the counts of attempts and leaks; exits 1 on a failure.
"""
import csv
import io
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import psycopg2
import requests
import yaml
from chromium import Browser

vigie, home, shots = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
everything = "--all" in sys.argv
parts = next((one.split("=")[1].split(",") for one in sys.argv if one.startswith("--only=")), ["import", "charts", "crawl", "pages"])
began = time.time()
shots.mkdir(parents=True, exist_ok=True)
failures, attempts, leaks = [], 0, []
DASHBOARDS = ["vue-ars-facs", "territoire", "sortie-48h", "medecin-traitant", "ruptures-de-parcours", "qualite-des-donnees"]


def check(label, holds, detail=""):
    print(("ok    " if holds else "ECHEC ") + label + ("" if holds else f" — {str(detail)[:600]}"), flush=True)
    if not holds:
        failures.append(label)


def elapsed(part):
    global began
    print(f"      {part}: {time.time() - began:.0f} s", flush=True)
    began = time.time()


def call(*arguments, **environment):
    done = subprocess.run([vigie, *arguments, "--home", str(home)], capture_output=True, text=True, env={**os.environ, **environment})
    if done.returncode != 0:
        raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


state = call("superset", "status").strip().split(";")
if state[0] != "EN_MARCHE":
    raise SystemExit("Superset is not running: vigie superset install, then start")
base = state[1]
database = psycopg2.connect(
    host="127.0.0.1", port=(home / "postgres/port").read_text().strip(), user="vigie",
    password=(home / "postgres/mot-de-passe").read_text().strip(), dbname="vigie")
database.autocommit = True


def rows(sql, *parameters):
    with database.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchall() if cursor.description else []


# An administrator of this Superset as if it were somebody else's: what follows uses --url and credentials of the environment.
ADMINISTRATOR = {"VIGIE_SUPERSET_USER": "essai-administration", "VIGIE_SUPERSET_PASSWORD": secrets.token_urlsafe(18)}
subprocess.run(
    [home / "superset/venv/bin/python", "-c", """if True:
    import os
    from superset.app import create_app
    with create_app().app_context():
        from superset import security_manager as people
        name, password = os.environ["VIGIE_SUPERSET_USER"], os.environ["VIGIE_SUPERSET_PASSWORD"]
        found = people.find_user(username=name)
        people.reset_password(found.id, password) if found else people.add_user(name, "Essai", "Administration", name + "@vigie.invalid", people.find_role("Admin"), password=password)
    """], check=True, capture_output=True,
    env={**os.environ, **ADMINISTRATOR, "VIGIE_SUPERSET_HOME": str(home / "superset"), "SUPERSET_CONFIG_PATH": str(home / "superset/superset_config.py")})


def account(name, role, territory=None):
    said = call("superset", "account", name, "--role", role, *(["--territory", territory] if territory else []), "--url", base, **ADMINISTRATOR)
    return said.strip().split(" / ")


class Session(requests.Session):
    """A reader at the REST API."""

    def __init__(self, user, password):
        super().__init__()
        answer = self.post(f"{base}/api/v1/security/login", json={"username": user, "password": password, "provider": "db", "refresh": False})
        answer.raise_for_status()
        self.headers["Authorization"] = "Bearer " + answer.json()["access_token"]
        self.headers["Referer"] = base
        self.headers["X-CSRFToken"] = self.get(f"{base}/api/v1/security/csrf_token/").json()["result"]

    def query(self, dataset, columns=None, metrics=None, filters=(), where="", form="full", row_limit=5000, kind="json", force=False):
        return self.post(f"{base}/api/v1/chart/data", json={
            "datasource": {"id": dataset, "type": "table"}, "force": force, "result_format": kind, "result_type": form,
            "queries": [{"columns": columns or [], "metrics": metrics or [], "filters": list(filters), "row_limit": row_limit, "orderby": [],
                         "extras": {"where": where}, "is_timeseries": False}]})


def data(answer):
    return answer.json()["result"][0]["data"] if answer.status_code == 200 else None


bundle = Path("dashboards/superset/tableaux")


# --- import over itself ------------------------------------------------------------------------------------------------------------------
def inventory():
    with __import__("sqlite3").connect(f"file:{home}/superset/superset.db?mode=ro", uri=True) as metadata:
        return {table: sorted(metadata.execute(f"SELECT {key} FROM {table}").fetchall())
                for table, key in (("dbs", "uuid"), ("tables", "uuid"), ("slices", "uuid"), ("dashboards", "uuid"), ("row_level_security_filters", "name"),
                                   ("sql_metrics", "uuid"), ("table_columns", "column_name"))}


def differences(ours, theirs, path=""):
    """What the bundle says and the export does not say again. Numbers of charts are given by each Superset; what it adds is its own."""
    if isinstance(ours, dict):
        for key, value in ours.items():
            if key not in ("chartId", "excluded", "chartsInScope"):
                yield from differences(value, (theirs or {}).get(key), f"{path}/{key}")
    elif isinstance(ours, list):
        name = next((one for one in ("column_name", "metric_name", "id") if ours and isinstance(ours[0], dict) and one in ours[0]), None)
        if name is None:
            if ours != (theirs or []):
                yield path
        else:
            found = {one[name]: one for one in theirs or []}
            for one in ours:
                yield from differences(one, found.get(one[name]), f"{path}/{one[name]}")
            if len(found) != len(ours):
                yield f"{path}: {len(found)} instead of {len(ours)}"
    elif (ours or None) != (theirs or None) and not path.endswith("sqlalchemy_uri"):
        yield f"{path}: {str(ours)[:60]} became {str(theirs)[:60]}"


if "import" in parts:
    start = time.time()
    call("superset", "import")
    once = inventory()
    print(f"import: {time.time() - start:.1f} s with the command's start")
    call("superset", "import", "--url", base, **ADMINISTRATOR)
    check("importing over itself, by an administrator's own account, adds and doubles nothing", inventory() == once)
    check("as many charts, datasets, dashboards and databases as the bundle has",
          [len(once[one]) for one in ("slices", "tables", "dashboards", "dbs")] == [len(list(bundle.joinpath(kind).rglob("*.yaml")))
                                                                                  for kind in ("charts", "datasets", "dashboards", "databases")],
          {one: len(many) for one, many in once.items()})
    refused = subprocess.run([vigie, "superset", "import", "--url", base, "--home", str(home)], capture_output=True, text=True,
                             env={**os.environ, **ADMINISTRATOR, "VIGIE_SUPERSET_PASSWORD": "faux"})
    check("a wrong password at --url is refused in words", refused.returncode != 0 and "VIGIE_SUPERSET_PASSWORD" in refused.stderr and "Exception" not in refused.stderr, refused.stderr)
    administrator = Session(*ADMINISTRATOR.values())
    with zipfile.ZipFile(io.BytesIO(administrator.get(f"{base}/api/v1/assets/export/").content)) as exported:
        back = {one["uuid"]: one for one in (yaml.safe_load(exported.read(name)) for name in exported.namelist() if name.endswith(".yaml")) if "uuid" in one}
    files = [path for path in sorted(bundle.rglob("*.yaml")) if path.name != "metadata.yaml"]
    changed = {path.stem: list(differences(yaml.safe_load(path.read_text()), back.get(yaml.safe_load(path.read_text())["uuid"])))[:5] for path in files}
    check(f"exported again, {len(files)} objects say what the bundle says", not any(changed.values()), {name: many for name, many in changed.items() if many})
    elapsed("import")

# --- readers -----------------------------------------------------------------------------------------------------------------------------
publication = json.loads(call("status", "--format", "json"))["publication"]["numero"]
cpts = [code for (code,) in rows("SELECT territoire_code FROM mart.valeur_partenaire WHERE publication = %s AND territoire_type = 'CPTS'"
                                 " AND territoire_code <> 'HORS_CPTS' AND statut = 'PUBLIE' GROUP BY 1 ORDER BY count(*) DESC, 1", publication)]
finess = [one.split("=")[1] for (one,) in rows("SELECT ventilation FROM mart.ligne WHERE publication = %s AND indicateur = 'HOS-01' AND ventilation LIKE"
                                              " 'etablissement=%%' ORDER BY 1", publication)]
departements = [code for (code,) in rows("SELECT code FROM restitution.contour ORDER BY 1")]
few = slice(None) if everything else slice(0, 2)
readers = {"ars": ("ars", None), "facs": ("facs", None), "public": ("public", None)}
readers |= {f"dac{code}": ("dac", f"DEPARTEMENT:{code}") for code in (departements if everything else ["34", "48"])}
readers |= {f"cpts-{code}": ("cpts", f"CPTS:{code}") for code in cpts[few]}
readers |= {f"cpam{code}": ("cpam", f"DEPARTEMENT:{code}") for code in (departements if everything else ["30"])}
readers |= {f"etab-{code}": ("etablissement", f"ETABLISSEMENT:{code}") for code in finess[slice(None) if everything else slice(0, 1)]}
passwords = {"essai-" + name: account("essai-" + name, *what)[1] for name, what in readers.items()}
sessions = {name: Session(name, password) for name, password in passwords.items()}
what_of = {"essai-" + name: what for name, what in readers.items()}
ars = sessions["essai-ars"]
with __import__("sqlite3").connect(f"file:{home}/superset/superset.db?mode=ro", uri=True) as metadata:
    datasets = dict(metadata.execute("SELECT table_name, id FROM tables"))
elapsed(f"{len(sessions)} accounts")

# --- every chart answers, and says what `vigie values` says ----------------------------------------------------------------------------------
region = "Occitanie"
period, period_code = rows("SELECT periode, periode_code FROM restitution.periode WHERE audience = 'partenaire' AND publication = %s ORDER BY rang DESC LIMIT 1", publication)[0]
definitions = {yaml.safe_load(path.read_text())["uuid"]: yaml.safe_load(path.read_text()) for path in bundle.glob("datasets/Vigie/*.yaml")}
dimensions = sorted({re.sub("=[^|]*", "", one).replace("|", ",") for (one,) in rows("SELECT DISTINCT ventilation FROM mart.ligne WHERE ventilation <> ''")})
KEY = ("indicateur", "territoire_type", "territoire_code", "periode", "ventilation")


def published(audience, *more):
    by = [word for dimension in dimensions for word in ("--by", dimension)]
    text = call("values", "--audience", audience, "--format", "csv", *by, *more)
    return {tuple(row[key] for key in KEY): row for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def same(one, other):
    return (one is None and other == "") or (one is not None and other != "" and abs(float(one) - float(other)) < 1e-9)


if "charts" in parts:
    truth = published("partenaire", "--territory", "REGION:76")
    compared = 0
    for path in sorted(bundle.glob("charts/*.yaml")):
        chart = yaml.safe_load(path.read_text())
        params, dataset = chart["params"], definitions[chart["dataset_uuid"]]
        known = {column["column_name"] for column in dataset["columns"]}
        filters = [{"col": one["subject"], "op": one["operator"], "val": one["comparator"]} for one in params.get("adhoc_filters", []) if one["expressionType"] == "SIMPLE"]
        where = " AND ".join(f"({one['sqlExpression']})" for one in params.get("adhoc_filters", []) if one["expressionType"] == "SQL")
        timed = any(one["col"] == "type_de_periode" for one in filters)
        for column, value in (("publication", publication), ("territoire", region), ("periode", None if timed else period)):
            if column in known and value is not None:
                filters.append({"col": column, "op": "IN", "val": [value]})
        if path.stem.startswith("ars") and "indicateur" in known and "indicateurs" not in path.stem and "tableau" not in path.stem:
            filters.append({"col": "indicateur", "op": "IN", "val": ["CAD-01"]})
        columns = list(params.get("all_columns") or []) + list(params.get("groupby") or []) + ([params["x_axis"]] if params.get("x_axis") else [])
        metrics = params.get("metrics") or ([params["metric"]] if params.get("metric") else [])
        answer = ars.query(datasets[dataset["table_name"]], list(dict.fromkeys(columns)), metrics, filters, where)
        check(f"chart {path.stem} answers", answer.status_code == 200 and not answer.json()["result"][0].get("error"), answer.text)
        if dataset["table_name"] == "valeur" and answer.status_code == 200:
            raw = data(ars.query(datasets["valeur"], ["indicateur", "territoire_type", "territoire_code", "periode_code", "ventilation_code", "numerateur", "denominateur",
                                                      "valeur", "ic_bas", "ic_haut", "verdict_code", "statut_code"], [], filters, where))
            for row in raw:
                expected = truth.get(tuple(row[one] for one in ("indicateur", "territoire_type", "territoire_code", "periode_code", "ventilation_code")))
                agrees = expected and row["statut_code"] == expected["statut"] and row["verdict_code"] == expected["verdict"] and all(
                    same(row[one], expected[one]) for one in ("numerateur", "denominateur", "valeur", "ic_bas", "ic_haut"))
                compared += 1
                if not agrees:
                    check(f"{path.stem} says what vigie values says", False, (row, expected))
                    break
    print(f"{compared} rows of charts compared with vigie values --audience partenaire")
    check("charts were compared", compared > 100, compared)
    public = {key: row for key, row in published("public").items()}
    check("public: years only, no breakdown, down to the département",
          public and all(re.fullmatch(r"\d{4}", key[3]) and key[4] == "" and key[1] in ("ENSEMBLE", "REGION", "DEPARTEMENT") for key in public), len(public))
    # A publication while people read: what is kept belongs to a number, and the number itself is asked for each time (RestitutionIT publishes).
    for _ in range(2):
        newest = ars.query(datasets["publication"], ["publication"]).json()["result"][0]
    check("the number of the newest publication is never kept", not newest["is_cached"] and publication in [row["publication"] for row in newest["data"]], newest)
    asked = [{"col": "territoire", "op": "==", "val": region}, {"col": "periode", "op": "==", "val": period}]
    for _ in range(2):
        kept = ars.query(datasets["valeur"], ["code", "affichage"], filters=[{"col": "publication", "op": "==", "val": publication}, *asked]).json()["result"][0]
    check("figures are kept under their number", kept["is_cached"] and kept["data"], kept["is_cached"])
    coming = ars.query(datasets["valeur"], ["code", "affichage"], filters=[{"col": "publication", "op": "==", "val": publication + 1}, *asked]).json()["result"][0]
    check("and nowhere under the next one", not coming["is_cached"] and coming["data"] == [], coming["data"][:2])
    elapsed("charts")

# --- secrecy -----------------------------------------------------------------------------------------------------------------------------
TABLE = {"interne": "mart.mesure", "partenaire": "mart.mesure_partenaire", "public": "mart.mesure_public"}
AUDIENCE = {"dac": "interne", "public": "public"}


def allowed(role, territory):
    """Which rows a reader may see: a condition on the unprotected table of its audience, from domaine.md 5.4, not from the rules under test."""
    audience = AUDIENCE.get(role, "partenaire")
    place = "true"
    if territory and role != "etablissement":
        kind, code = territory.split(":")
        place = f"""(territoire_type, territoire_code) IN (SELECT m.territoire_type, m.territoire_code FROM mart.ressort r
            JOIN mart.territoire p ON p.publication = r.publication AND p.territoire = r.porteur JOIN mart.territoire m ON m.publication = r.publication
            AND m.territoire = r.membre WHERE p.territoire_type = '{kind}' AND p.territoire_code = '{code}')"""
    places = {tuple(one) for one in rows(f"SELECT DISTINCT territoire_type, territoire_code FROM mart.territoire WHERE {place}")}
    if role == "public":
        places = {one for one in places if one[0] in ("ENSEMBLE", "REGION", "DEPARTEMENT")}
    if role == "etablissement":
        place = f"territoire_type = 'ENSEMBLE' AND ventilation = 'etablissement={territory.split(':')[1]}'"
        places = {("ENSEMBLE", "ENSEMBLE")}
    if role == "cpam":
        place += " AND indicateur LIKE 'MT-%'"
    return audience, place, places


def attempt(reader, what, bad, detail=""):
    global attempts
    attempts += 1
    if bad:
        leaks.append((reader, what, str(detail)[:300]))
        print(f"FUITE {reader}: {what} {str(detail)[:300]}", flush=True)


ASK = ["publication", "indicateur", "territoire_type", "territoire_code", "periode_code", "ventilation_code", "numerateur", "denominateur", "statut_code", "audience"]


def judge(reader, what, found, audience, places):
    """Looks every row that came back up in the table of the audience, among the reader's places and indicators."""
    role, territory = what_of[reader]
    found = found or []
    wrong = [row for row in found if row["audience"] != audience or (row["territoire_type"], row["territoire_code"]) not in places
             or role == "cpam" and not row["indicateur"].startswith("MT-")
             or role == "etablissement" and row["ventilation_code"] != f"etablissement={territory.split(':')[1]}"]
    if found and not wrong:
        wrong = rows(f"""SELECT r.* FROM json_to_recordset(%s) AS r (publication int, indicateur text, territoire_type text, territoire_code text, periode_code text,
            ventilation_code text, numerateur numeric, denominateur numeric, statut_code text)
            LEFT JOIN attendu_{audience} v ON v.publication = r.publication AND v.indicateur = r.indicateur
            AND v.territoire_type = r.territoire_type AND v.territoire_code = r.territoire_code AND v.periode = r.periode_code AND v.ventilation = r.ventilation_code
            WHERE v.publication IS NULL OR (v.numerateur, v.denominateur, v.statut) IS DISTINCT FROM (r.numerateur, r.denominateur, r.statut_code) LIMIT 1""",
                     json.dumps(found))
    attempt(reader, what, bool(wrong), wrong[:1])


def digest(sql):
    """Count and an order-free sum over the rows: equal for equal sets."""
    return f"SELECT count(*), coalesce(sum(hashtextextended(q::text, 0)::numeric), 0) FROM ({sql}) q"


def quoted(words):
    return ", ".join(f"'{word}'" for word in words)


def numbers(table, column, words):
    return [one for (one,) in rows(f"SELECT {table} FROM mart.{table} WHERE {column} = ANY (%s)", list(words))]


def sql_role(role, territory):
    return "vigie_role_" + role + ("_" + re.sub("[^0-9a-z]", "_", territory.split(":")[1].lower()) if territory else "")


def crawl(reader, session):
    """Everything that a reader may try through Superset."""
    role, territory = what_of[reader]
    audience, may, places = allowed(role, territory)
    # The same questions of every reader, who may see most first: an answer kept for somebody else would show.
    among = [{"col": "indicateur", "op": "IN", "val": sample}, {"col": "periode_code", "op": "IN", "val": months}]
    judge(reader, "valeur", data(session.query(datasets["valeur"], ASK, filters=among)), audience, places)
    # What follows asks about one indicator: an expression that the database cannot push down would read millions of rows each time.
    narrow = [{"col": "indicateur", "op": "==", "val": "HOS-01" if role == "etablissement" else "MT-01"}, among[1]]
    kept = session.query(datasets["valeur"], ASK, filters=narrow, force=True)
    judge(reader, "valeur, forced", data(kept), audience, places)
    for key in keys.values():
        answer = session.get(f"{base}/api/v1/chart/data/{key}")
        attempt(reader, "the answer kept for another reader, by its key", answer.status_code == 200, answer.text)
    keys.setdefault(reader, kept.json()["result"][0]["cache_key"] if kept.status_code == 200 else "none")
    for other in ("interne", "partenaire", "public"):
        judge(reader, f"audience {other}", data(session.query(datasets["valeur"], ASK, filters=[{"col": "audience", "op": "==", "val": other}, *narrow])), audience, places)
    for trick in ("1 = 1) OR (1 = 1", "audience = 'interne' OR 1 = 1", "numerateur IN (SELECT numerateur FROM mart.mesure)", "1=1 -- "):
        judge(reader, f"where {trick}", data(session.query(datasets["valeur"], ASK, filters=narrow, where=trick)), audience, places)
    for sql in ("(SELECT max(numerateur) FROM mart.mesure)", "(SELECT string_agg(scelle, '') FROM coffre.identite)", "(SELECT count(*) FROM registre.rejet WHERE valeur IS NOT NULL)",
                "current_setting('role')", "pg_read_file('/etc/passwd')"):
        answer = data(session.query(datasets["valeur"], [], [{"expressionType": "SQL", "sqlExpression": sql, "label": "x"}], filters=narrow))
        value = answer[0]["x"] if answer else None
        # An aggregate over the reader's own rows is theirs; their role is no secret.
        legal = rows(f"SELECT max(numerateur) FROM mart.valeur WHERE {may}")[0][0] if value is not None and "mesure" in sql and audience == "interne" else None
        attempt(reader, f"metric {sql}", value is not None and value != legal and value != sql_role(role, territory), value)
    answer = session.query(datasets["valeur"], ASK, filters=narrow, kind="csv")
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))) if answer.status_code == 200 else []
    downloads.append(len(found))
    # A CSV is headed with words.
    attempt(reader, "CSV", any(row[words["audience"]] != audience or (row[words["territoire_type"]], row[words["territoire_code"]]) not in places for row in found))
    for form in ("samples", "drill_detail", "results"):
        answer = data(session.query(datasets["valeur"], ASK, filters=narrow, form=form))
        attempt(reader, form, any(row.get("audience") not in (audience, None) or (row.get("territoire_type"), row.get("territoire_code")) not in places
                                  for row in answer or [] if "audience" in row))
    answer = session.post(f"{base}/datasource/samples?force=false&datasource_type=table&datasource_id={datasets['valeur']}", json={"filters": narrow})
    sampled = answer.json().get("result", {}).get("data", []) if answer.status_code == 200 else []
    attempt(reader, "drill to detail", any(row["audience"] != audience or (row["territoire_type"], row["territoire_code"]) not in places for row in sampled))
    for column in ("territoire", "audience", "territoire_code"):
        # Without a condition to give, over all rows: the small data set will do for a sample.
        answer = session.get(f"{base}/api/v1/datasource/table/{datasets['valeur' if everything else 'territoire']}/column/{column}/values/")
        values = answer.json().get("result", []) if answer.status_code == 200 else []
        legal = {"audience": {audience}, "territoire_code": {place[1] for place in places}}.get(column)
        if legal is None:
            legal = {name for name, kind, code in names if (kind, code) in places}
        attempt(reader, f"values of {column}", not set(values) <= legal, set(values) - legal)
    for name in ("carte", "entonnoir", "territoire"):
        found = data(session.query(datasets[name], ["audience", "territoire_type", "territoire_code"],
                                   filters=[] if everything or name == "territoire" else narrow)) or []
        attempt(reader, name, any(row["audience"] != audience or (territory and (row["territoire_type"], row["territoire_code"]) not in
                                                                  places | {tuple(territory.split(":"))} and role != "dac" and role != "cpam") for row in found), found[:1])
    if role not in ("ars", "facs", "dac"):
        for name in ("flux", "rejet"):
            attempt(reader, name, bool(data(session.query(datasets[name], ["flux"]))))
    # What is not a figure: definitions, other people, other data. A reader has no use for any of it.
    for path, body in (("/api/v1/sqllab/execute/", {"database_id": 1, "sql": "SELECT * FROM mart.mesure", "schema": "mart"}),
                       ("/api/v1/sqllab/estimate/", {"database_id": 1, "sql": "SELECT 1"}),
                       ("/api/v1/security/guest_token/", {"user": {"username": "x"}, "resources": [], "rls": []}),
                       ("/api/v1/explore/form_data", {"datasource_id": datasets["valeur"], "datasource_type": "table", "form_data": "{}"}),
                       ("/api/v1/dataset/", {"database": 1, "schema": "mart", "table_name": "mesure"}),
                       ("/api/v1/chart/", {"slice_name": "x", "viz_type": "table", "datasource_id": datasets["valeur"], "datasource_type": "table"}),
                       ("/superset/explore_json/", {"form_data": "{}"})):
        answer = session.post(base + path, json=body)
        attempt(reader, path, answer.status_code in (200, 201), answer.text)
    answer = session.put(f"{base}/api/v1/dataset/{datasets['valeur']}", json={"sql": "SELECT * FROM mart.mesure"})
    attempt(reader, "dataset changed", answer.status_code in (200, 201), answer.text)
    for path in ("/api/v1/database/", "/api/v1/database/1", "/api/v1/database/1/connection", "/api/v1/database/1/tables/?q=(schema_name:mart)", "/api/v1/database/1/schemas/",
                 "/api/v1/database/export/?q=!(1)", "/api/v1/assets/export/", "/api/v1/dashboard/export/?q=!(1)", "/api/v1/chart/export/?q=!(1)", "/api/v1/dataset/",
                 f"/api/v1/dataset/{datasets['valeur']}", "/api/v1/rowlevelsecurity/", "/api/v1/security/users/", "/api/v1/security/roles/",
                 "/api/v1/security/permissions-resources/", "/api/v1/query/", "/api/v1/log/", "/api/v1/explore/?slice_id=1", "/superset/sqllab/",
                 f"/superset/fetch_datasource_metadata?datasourceKey={datasets['valeur']}__table"):
        answer = session.get(base + path, allow_redirects=False)
        attempt(reader, path, answer.status_code == 200, answer.text)
    for path in ("/api/v1/dashboard/related/owners", "/api/v1/dashboard/related/created_by", "/api/v1/dashboard/related/roles", "/api/v1/chart/related/owners"):
        answer = session.get(base + path)
        said = {one.get("text") for one in answer.json().get("result", [])} if answer.status_code == 200 else set()
        attempt(reader, path, len(said) > 1, said)


def crawl_postgresql(reader):
    """The same reader at PostgreSQL, without Superset between."""
    role, territory = what_of[reader]
    audience, may, _ = allowed(role, territory)
    only = "" if everything else f" AND indicateur IN ({quoted(sample)}) AND periode_code IN ({quoted(months)})"
    columns = "publication, indicateur, territoire_type, territoire_code, periode, ventilation, numerateur, denominateur, valeur, statut"
    through = columns.replace("periode,", "periode_code,").replace("ventilation,", "ventilation_code,").replace("statut", "statut_code")
    expected = rows(digest(f"SELECT {columns} FROM attendu_{audience} WHERE {may}"))[0]
    with database.cursor() as cursor:
        cursor.execute(f"SET ROLE {sql_role(role, territory)}")
        try:
            for name in TABLE:
                cursor.execute(digest(f"SELECT {through} FROM restitution.valeur WHERE audience = '{name}'{only}"))
                direct = cursor.fetchone()
                attempt(reader, f"PostgreSQL, rows of {name}", direct != (expected if name == audience else (0, 0)), (direct, expected))
                if name == audience:
                    seen[reader] = direct[0]
            for table in ("mart.effectif", "mart.effectif_partenaire"):
                cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT 1) one")
                attempt(reader, f"PostgreSQL {table}", cursor.fetchone()[0] > 0 and table != {"interne": "mart.effectif", "partenaire": "mart.effectif_partenaire"}.get(audience))
            for forbidden in ("SELECT * FROM coffre.identite", "SELECT valeur FROM registre.rejet", "SELECT * FROM mart.mesure_1", "SELECT * FROM registre.cle",
                              "SELECT * FROM batch.batch_job_execution_params", "DELETE FROM mart.mesure", "CREATE TABLE restitution.x (a int)",
                              "SELECT pg_read_file('/etc/passwd')"):
                try:
                    cursor.execute(forbidden)
                    attempt(reader, f"PostgreSQL {forbidden}", True)
                except psycopg2.Error:
                    attempt(reader, f"PostgreSQL {forbidden}", False)
        finally:
            cursor.execute("RESET ROLE")


seen, keys, downloads = {}, {}, []
words = {column["column_name"]: column["verbose_name"] or column["column_name"]
         for column in next(one for one in definitions.values() if one["table_name"] == "valeur")["columns"]}
if "crawl" in parts:
    sample = [one for (one,) in rows("SELECT DISTINCT indicateur FROM mart.ligne ORDER BY 1")] if everything else ["HOS-01", "MT-01", "RUP-00"]
    months = [one for (one,) in rows("SELECT code FROM mart.periode ORDER BY 1")]
    if not everything:
        months = [period_code] + [max(one for one in months if re.fullmatch(shape, one) and one < period_code) for shape in (r"\d{4}", r"\d{4}-T\d", r"\d{4}-\d\d")]
        # A few lines of millions of rows: by their index, whatever the planner thinks of functions.
        rows("SET enable_seqscan = off")
    names = rows("SELECT DISTINCT territoire, territoire_type, territoire_code FROM restitution.territoire")
    for name, table in TABLE.items():
        rows(f"""CREATE TEMP TABLE attendu_{name} AS SELECT m.publication, l.indicateur, t.territoire_type, t.territoire_code, p.code AS periode, l.ventilation,
            m.numerateur, m.denominateur, m.valeur, m.statut FROM {table} m JOIN mart.ligne l USING (publication, ligne)
            JOIN mart.territoire t USING (publication, territoire) JOIN mart.periode p USING (publication, periode)
            WHERE m.ligne = ANY (%s) AND m.periode = ANY (%s)""", numbers("ligne", "indicateur", sample), numbers("periode", "code", months))
        rows(f"CREATE INDEX ON attendu_{name} (territoire_code, periode, indicateur, ventilation)")
        rows(f"ANALYZE attendu_{name}")
    elapsed("what is right, from the unprotected tables")
    for reader, session in sessions.items():
        crawl(reader, session)
    elapsed("crawl of Superset")
    for reader in sessions:
        crawl_postgresql(reader)
    elapsed("crawl of PostgreSQL")
    check("every sort of reader sees rows of its own", all(seen[reader] > 0 for reader in sessions), seen)
    check("readers download what they see", sum(downloads) > 100, downloads)
    print(f"crawl: {len(sessions)} readers, {attempts} attempts, {len(leaks)} leaks")
    check("no leak", not leaks, leaks[:5])


# --- pages -------------------------------------------------------------------------------------------------------------------------------
def open_dashboard(browser, slug, width):
    """Makes the window as high as the page so that every chart is asked for; gives the seconds until the last one was drawn, None if never."""
    start = time.time()
    browser.open(f"{base}/superset/dashboard/{slug}/", width)
    quiet = 0
    while time.time() - start < 90:
        time.sleep(0.4)
        drawn = browser.script("[document.querySelectorAll('.dashboard-component-chart-holder').length,"
                               "document.querySelectorAll('.loading, [data-test=loading-indicator], .ant-spin-spinning').length]")
        quiet = quiet + 1 if drawn and drawn[0] > 0 and drawn[1] == 0 else 0
        if quiet == 2:
            bottom = browser.script("document.querySelector('.grid-container, [data-test=grid-container]')?.getBoundingClientRect().bottom || 0")
            browser.size(width, int(min(max(bottom, 1000) + 40, 6000)))
        if quiet == 5:
            return time.time() - start
    return None


def login(user, password):
    session = requests.Session()
    token = re.search(r'csrf_token[^>]*?value="([^"]+)"|csrf_token&#34;: &#34;([^&]+)&#34;|"csrf_token": ?"([^"]+)"', session.get(base + "/login/").text)
    session.post(base + "/login/", data={"username": user, "password": password, "csrf_token": next(filter(None, token.groups())) if token else ""})
    return {cookie.name: cookie.value for cookie in session.cookies}


def axe():
    """The accessibility rules, from the npm package; empty when it cannot be had."""
    folder = Path(tempfile.mkdtemp())
    try:
        subprocess.run(["npm", "pack", "--silent", "axe-core@" + AXE], cwd=folder, check=True, capture_output=True, timeout=90)
        subprocess.run(["tar", "xzf", f"axe-core-{AXE}.tgz", "package/axe.min.js"], cwd=folder, check=True)
        return folder.joinpath("package/axe.min.js").read_text()
    except (OSError, subprocess.SubprocessError):
        print("      no axe-core: the accessibility of the pages was not looked at")
        return ""


AXE = "4.14.1"
# What is ours on a page: the texts and the templates. The rest of it is Superset's.
OURS = "['.dashboard-markdown', '.vg-cartes', '.vg-barres', '.vg-figure', '.vg-legende', '.vg-vide'].filter(one => document.querySelector(one))"

if "pages" in parts:
    rules = axe()
    browser = Browser()
    try:
        # A DAC reads exact values, the public what is left after all masks, and finds empty charts.
        for reader, widths, slugs in (("essai-ars", (1440, 900), DASHBOARDS), ("essai-dac34", (1440,), DASHBOARDS if everything else ["territoire", "sortie-48h"]),
                                      ("essai-public", (1440,), DASHBOARDS if everything else ["ruptures-de-parcours", "qualite-des-donnees"])):
            browser.cookies(login(reader, passwords[reader]), base)
            for width in widths:
                for slug in slugs:
                    # A page that was not drawn in time is asked for once more: what is measured is what it says, not the machine.
                    seconds = open_dashboard(browser, slug, width) or open_dashboard(browser, slug, width)
                    browser.picture(shots / f"{slug}-{reader.removeprefix('essai-')}-{width}.png")
                    wrong = browser.script("[...document.querySelectorAll('.alert-danger, [data-test=error-alert], .ant-alert-error, .missing-chart-container')].map(one => one.innerText.slice(0, 200))")
                    if rules and width == 1440 and reader == "essai-ars":
                        browser.script(rules)
                        broken = json.loads(browser.script(f"axe.run({{include: {OURS}}}, {{resultTypes: ['violations']}}).then(found => JSON.stringify(found.violations.map("
                                                           "one => one.id + ' ' + one.nodes.length + ' ' + one.nodes[0].html.slice(0, 160))))") or '["axe did not answer"]')
                        check(f"{slug}: axe finds nothing", not broken, broken)
                    # Leaving the page is when it would write the colours that it drew.
                    browser.command("Page.navigate", url="about:blank")
                    browser.script("1")
                    time.sleep(0.3)
                    # Superset's own telemetry image, which the security policy of the page keeps from leaving.
                    said = [one for one in browser.said if "scarf.sh" not in one]
                    check(f"{slug} at {width} as {reader}: no chart in error, no console error ({seconds or 0:.1f} s)", seconds and wrong == [] and not said, (wrong, said, browser.sent))
    finally:
        browser.close()
    elapsed("pages")

print(f"{'no' if not failures else len(failures)} failure of the checks of Superset")
sys.exit(1 if failures else 0)
