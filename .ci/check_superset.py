"""A real Superset with the dashboards of Vigie: import, figures, pages and secrecy, seen from outside.

    HOME/superset/venv/bin/python .ci/check_superset.py VIGIE HOME SCREENSHOTS [--all]

VIGIE and HOME are the command and an instance with a publication, its Superset installed and started. Without --all the crawl samples a few
territories per role; with it, every territory. Ends with the counts of attempts and leaks; exits 1 on a failure.
"""
import base64
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

import psycopg2
import requests
import websocket
import yaml

vigie, home, shots = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
everything = "--all" in sys.argv
shots.mkdir(parents=True, exist_ok=True)
failures, attempts, leaks = [], 0, []
DASHBOARDS = ["vue-ars-facs", "territoire", "sortie-48h", "medecin-traitant", "ruptures-de-parcours", "qualite-des-donnees"]


def check(label, holds, detail=""):
    print(("ok    " if holds else "ECHEC ") + label + ("" if holds else f" — {str(detail)[:600]}"), flush=True)
    if not holds:
        failures.append(label)


def call(*arguments):
    done = subprocess.run([vigie, *arguments, "--home", str(home)], capture_output=True, text=True)
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


def account(name, role, territory=None):
    said = call("superset", "account", name, "--role", role, *(["--territory", territory] if territory else []))
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


# --- import over itself ------------------------------------------------------------------------------------------------------------------
def inventory():
    with __import__("sqlite3").connect(f"file:{home}/superset/superset.db?mode=ro", uri=True) as metadata:
        return {table: sorted(metadata.execute(f"SELECT {key} FROM {table}").fetchall())
                for table, key in (("dbs", "uuid"), ("tables", "uuid"), ("slices", "uuid"), ("dashboards", "uuid"), ("row_level_security_filters", "name"),
                                   ("sql_metrics", "uuid"), ("table_columns", "column_name"))}


start = time.time()
call("superset", "import")
once = inventory()
print(f"import: {time.time() - start:.1f} s with the command's start")
call("superset", "import")
check("importing over itself adds and doubles nothing", inventory() == once)
check("as many charts, datasets, dashboards and databases as the bundle has",
      [len(once[one]) for one in ("slices", "tables", "dashboards", "dbs")] == [len(list(Path("dashboards/superset/tableaux/" + kind).rglob("*.yaml")))
                                                                              for kind in ("charts", "datasets", "dashboards", "databases")],
      {one: len(many) for one, many in once.items()})

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
sessions = {"essai-" + name: Session(*account("essai-" + name, *what)) for name, what in readers.items()}
what_of = {"essai-" + name: what for name, what in readers.items()}
ars = sessions["essai-ars"]
datasets = {one["table_name"]: one["id"] for one in ars.get(f"{base}/api/v1/dataset/?q=(page_size:100)").json()["result"]}
check("a reader finds every dataset", len(datasets) == len(list(Path("dashboards/superset/tableaux/datasets").rglob("*.yaml"))), datasets)

# --- every chart answers, and says what `vigie values` says ----------------------------------------------------------------------------------
region, period = "Occitanie", rows("SELECT periode FROM restitution.periode WHERE audience = 'partenaire' AND publication = %s ORDER BY rang DESC LIMIT 1", publication)[0][0]
bundle = Path("dashboards/superset/tableaux")
definitions = {yaml.safe_load(path.read_text())["uuid"]: yaml.safe_load(path.read_text()) for path in bundle.glob("datasets/Vigie/*.yaml")}
dimensions = sorted({re.sub("=[^|]*", "", one).replace("|", ",") for (one,) in rows("SELECT DISTINCT ventilation FROM mart.ligne WHERE ventilation <> ''")})
KEY = ("indicateur", "territoire_type", "territoire_code", "periode", "ventilation")


def published(audience, *more):
    by = [word for dimension in dimensions for word in ("--by", dimension)]
    text = call("values", "--audience", audience, "--format", "csv", *by, *more)
    return {tuple(row[key] for key in KEY): row for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def same(one, other):
    return (one is None and other == "") or (one is not None and other != "" and abs(float(one) - float(other)) < 1e-9)


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

# --- secrecy -----------------------------------------------------------------------------------------------------------------------------
TABLE = {"interne": "mart.valeur", "partenaire": "mart.valeur_partenaire", "public": "mart.valeur_public"}
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


def judge(reader, what, found, audience, may):
    """Looks every row that came back up in the table of the audience, under the condition; gives how many there were."""
    found = found or []
    wrong = [row for row in found if row.get("audience", audience) != audience]
    if found and not wrong:
        wrong = rows(f"""SELECT r.* FROM json_to_recordset(%s) AS r (publication int, indicateur text, territoire_type text, territoire_code text, periode_code text,
            ventilation_code text, numerateur numeric, denominateur numeric, statut_code text)
            LEFT JOIN (SELECT * FROM {TABLE[audience]} WHERE {may}) v ON v.publication = r.publication AND v.indicateur = r.indicateur
            AND v.territoire_type = r.territoire_type AND v.territoire_code = r.territoire_code AND v.periode = r.periode_code AND v.ventilation = r.ventilation_code
            WHERE v.publication IS NULL OR (v.numerateur, v.denominateur, v.statut) IS DISTINCT FROM (r.numerateur, r.denominateur, r.statut_code) LIMIT 1""".replace(
                "LIKE 'MT-%'", "LIKE 'MT-%%'"), json.dumps(found))
    attempt(reader, what, bool(wrong), wrong[:1])
    return len(found)


def digest(sql):
    """Count and an order-free sum over the rows: equal for equal sets."""
    return f"SELECT count(*), coalesce(sum(hashtextextended(q::text, 0)::numeric), 0) FROM ({sql}) q"


seen = {}
names = rows("SELECT DISTINCT territoire, territoire_type, territoire_code FROM restitution.territoire")
# Who may see most comes last: a result cached for another reader before must not come back.
for reader, session in reversed(sessions.items()):
    role, territory = what_of[reader]
    audience, may, places = allowed(role, territory)
    # The table itself, then every way around it; the same question after another reader, so that a cached answer would show.
    judge(reader, "valeur", data(session.query(datasets["valeur"], ASK)), audience, may)
    # What follows asks about one indicator: an expression that the database cannot push down would read millions of rows each time.
    narrow = [{"col": "indicateur", "op": "==", "val": "HOS-01" if role == "etablissement" else "MT-01"}]
    judge(reader, "valeur, forced", data(session.query(datasets["valeur"], ASK, filters=narrow, force=True)), audience, may)
    for other in ("interne", "partenaire", "public"):
        judge(reader, f"audience {other}", data(session.query(datasets["valeur"], ASK, filters=[{"col": "audience", "op": "==", "val": other}, *narrow])), audience, may)
    for trick in ("1 = 1) OR (1 = 1", "audience = 'interne' OR 1 = 1", "numerateur IN (SELECT numerateur FROM mart.mesure)", "1=1 -- "):
        judge(reader, f"where {trick}", data(session.query(datasets["valeur"], ASK, filters=narrow, where=trick)), audience, may)
    for sql in ("(SELECT max(numerateur) FROM mart.mesure)", "(SELECT string_agg(scelle, '') FROM coffre.identite)", "(SELECT count(*) FROM registre.rejet WHERE valeur IS NOT NULL)",
                "current_setting('role')", "pg_read_file('/etc/passwd')"):
        answer = data(session.query(datasets["valeur"], [], [{"expressionType": "SQL", "sqlExpression": sql, "label": "x"}], filters=narrow))
        value = answer[0]["x"] if answer else None
        own = "vigie_role_" + role + ("_" + re.sub("[^0-9a-z]", "_", territory.split(":")[1].lower()) if territory else "")
        # An aggregate over the reader's own rows is theirs; their role is no secret.
        legal = None if "mesure" not in sql else rows(f"SELECT max(numerateur) FROM {TABLE['interne']} WHERE {may}")[0][0] if audience == "interne" else None
        attempt(reader, f"metric {sql}", value is not None and value != legal and value != own, value)
    answer = session.query(datasets["valeur"], ASK, filters=narrow, kind="csv")
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))) if answer.status_code == 200 else []
    attempt(reader, "CSV", any(row.get("audience", row.get("Audience")) not in (audience, None) for row in found) or
            any((row.get("territoire_type", row.get("Type de territoire (code)")), row.get("territoire_code", row.get("Code du territoire"))) not in places for row in found))
    for form in ("samples", "drill_detail", "results"):
        judge_rows = data(session.query(datasets["valeur"], ASK, filters=narrow, form=form))
        attempt(reader, form, any(row.get("audience") not in (audience, None) or (row.get("territoire_type"), row.get("territoire_code")) not in places
                                  for row in judge_rows or [] if "audience" in row))
    answer = session.post(f"{base}/datasource/samples?force=false&datasource_type=table&datasource_id={datasets['valeur']}", json={"filters": []})
    sampled = answer.json().get("result", {}).get("data", []) if answer.status_code == 200 else []
    attempt(reader, "drill to detail", any(row["audience"] != audience or (row["territoire_type"], row["territoire_code"]) not in places for row in sampled))
    for column in ("territoire", "audience", "territoire_code"):
        answer = session.get(f"{base}/api/v1/datasource/table/{datasets['valeur']}/column/{column}/values/")
        values = answer.json().get("result", []) if answer.status_code == 200 else []
        legal = {"audience": {audience}, "territoire_code": {place[1] for place in places}}.get(column)
        if legal is None:
            legal = {name for name, kind, code in names if (kind, code) in places}
        attempt(reader, f"values of {column}", not set(values) <= legal, set(values) - legal)
    for name in ("carte", "entonnoir", "territoire"):
        found = data(session.query(datasets[name], ["audience", "territoire_type", "territoire_code"])) or []
        attempt(reader, name, any(row["audience"] != audience or (territory and (row["territoire_type"], row["territoire_code"]) not in
                                                                  places | {tuple(territory.split(":"))} and role != "dac" and role != "cpam") for row in found), found[:1])
    if role not in ("ars", "facs", "dac"):
        for name in ("flux", "rejet"):
            attempt(reader, name, bool(data(session.query(datasets[name], ["flux"]))))
    for path, body in (("/api/v1/sqllab/execute/", {"database_id": 1, "sql": "SELECT * FROM mart.mesure", "schema": "mart"}),
                       ("/api/v1/sqllab/estimate/", {"database_id": 1, "sql": "SELECT 1"})):
        answer = session.post(base + path, json=body)
        attempt(reader, path, answer.status_code == 200, answer.text)
    for path in ("/api/v1/database/1", "/api/v1/database/1/connection", "/api/v1/database/1/tables/?q=(schema_name:mart)", "/api/v1/database/1/schemas/",
                 "/api/v1/database/export/?q=!(1)", "/api/v1/assets/export/", "/api/v1/rowlevelsecurity/", "/api/v1/security/users/", "/api/v1/query/", "/api/v1/log/"):
        answer = session.get(base + path)
        exposed = answer.status_code == 200 and (b"vigie_superset" in answer.content or b"mesure" in answer.content or
                                                 (answer.headers.get("content-type", "").startswith("application/json") and answer.json().get("result") not in ([], None)))
        attempt(reader, path, exposed, answer.text[:200])
    answer = session.post(f"{base}/api/v1/dataset/", json={"database": 1, "schema": "mart", "table_name": "mesure"})
    attempt(reader, "new dataset over mart.mesure", answer.status_code in (200, 201), answer.text)
    answer = session.put(f"{base}/api/v1/dataset/{datasets['valeur']}", json={"sql": "SELECT * FROM mart.mesure"})
    attempt(reader, "dataset changed", answer.status_code in (200, 201), answer.text)
    # The same reader at PostgreSQL, without Superset between.
    sql_role = "vigie_role_" + role + ("_" + re.sub("[^0-9a-z]", "_", territory.split(":")[1].lower()) if territory else "")
    with database.cursor() as cursor:
        cursor.execute(f"SET ROLE {sql_role}")
        try:
            for name, table in TABLE.items():
                columns = "publication, indicateur, territoire_type, territoire_code, periode, ventilation, numerateur, denominateur, valeur, statut"
                through = columns.replace("periode,", "periode_code,").replace("ventilation,", "ventilation_code,").replace("statut", "statut_code")
                cursor.execute(digest(f"SELECT {through} FROM restitution.valeur WHERE audience = '{name}'"))
                direct = cursor.fetchone()
                cursor.execute("RESET ROLE")
                expected = rows(digest(f"SELECT {columns} FROM {table} WHERE {may if name == audience else 'false'}"))[0]
                cursor.execute(f"SET ROLE {sql_role}")
                attempt(reader, f"PostgreSQL {table}", direct != expected, (direct, expected))
                if name == audience:
                    seen[reader] = direct[0]
            for table in ("mart.effectif", "mart.effectif_partenaire"):
                cursor.execute(f"SELECT count(*) FROM {table}")
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
check("every sort of reader sees rows of its own", all(seen[reader] > 0 for reader in sessions), seen)
print(f"crawl: {len(sessions)} readers, {attempts} attempts, {len(leaks)} leaks")
check("no leak", not leaks, leaks[:5])


# --- pages -------------------------------------------------------------------------------------------------------------------------------
class Browser:
    """Headless Chromium over its debugging protocol: nothing to install beside it."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="vigie-chromium")
        self.process = subprocess.Popen(
            [os.environ.get("CHROMIUM", "/usr/bin/chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run", "--lang=fr-FR", "--remote-debugging-port=0", "--remote-allow-origins=*",
             f"--user-data-dir={self.folder}", "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = Path(self.folder, "DevToolsActivePort")
        for _ in range(150):
            if port.exists() and port.read_text().count("\n"):
                break
            time.sleep(0.1)
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port.read_text().splitlines()[0]}/json"))
        self.socket = websocket.create_connection(next(one for one in pages if one["type"] == "page")["webSocketDebuggerUrl"], timeout=60)
        self.number, self.said = 0, []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.command(domain + ".enable")

    def command(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.number:
                return message.get("result", {})
            if message.get("method") == "Runtime.consoleAPICalled" and message["params"]["type"] == "error":
                self.said.append(" ".join(str(one.get("value", one.get("description", ""))) for one in message["params"]["args"])[:300])
            if message.get("method") == "Runtime.exceptionThrown":
                self.said.append(str(message["params"]["exceptionDetails"])[:300])
            if message.get("method") == "Log.entryAdded" and message["params"]["entry"]["level"] == "error":
                self.said.append(message["params"]["entry"]["text"][:300])

    def script(self, text):
        return self.command("Runtime.evaluate", expression=text, returnByValue=True).get("result", {}).get("value")

    def size(self, width, height):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def close(self):
        self.process.terminate()
        self.process.wait()


def open_dashboard(browser, slug, width, file):
    """Scrolls through the page so that every chart is asked for; gives the seconds until the last one was drawn."""
    browser.said = []
    browser.size(width, 1000)
    start = time.time()
    browser.command("Page.navigate", url=f"{base}/superset/dashboard/{slug}/")
    quiet = 0
    while quiet < 4 and time.time() - start < 90:
        time.sleep(0.5)
        drawn = browser.script("[document.querySelectorAll('.dashboard-component-chart-holder').length,"
                               "document.querySelectorAll('.loading, [data-test=loading-indicator], .ant-spin-spinning').length]")
        quiet = quiet + 1 if drawn and drawn[0] > 0 and drawn[1] == 0 else 0
        if quiet == 2:
            bottom = browser.script("document.querySelector('.grid-container, [data-test=grid-container]')?.getBoundingClientRect().bottom || 0")
            browser.size(width, int(min(max(bottom, 1000) + 40, 6000)))
    seconds = time.time() - start
    time.sleep(1)
    file.write_bytes(base64.b64decode(browser.command("Page.captureScreenshot", format="png")["data"]))
    return seconds


def login(user, password):
    session = requests.Session()
    token = re.search(r'csrf_token[^>]*?value="([^"]+)"|csrf_token&#34;: &#34;([^&]+)&#34;|"csrf_token": ?"([^"]+)"', session.get(base + "/login/").text)
    session.post(base + "/login/", data={"username": user, "password": password, "csrf_token": next(filter(None, token.groups())) if token else ""})
    return {cookie.name: cookie.value for cookie in session.cookies}


browser = Browser()
try:
    for reader, widths in (("essai-ars", (1440, 900)), ("essai-dac34", (1440,)), ("essai-public", (1440,))):
        for name, value in login(*account(reader, *what_of[reader])).items():
            browser.command("Network.setCookie", name=name, value=value, url=base)
        for width in widths:
            for slug in DASHBOARDS:
                seconds = open_dashboard(browser, slug, width, shots / f"{slug}-{reader.removeprefix('essai-')}-{width}.png")
                wrong = browser.script("[...document.querySelectorAll('.alert-danger, [data-test=error-alert], .ant-alert-error, .missing-chart-container')].map(one => one.innerText.slice(0, 200))")
                # Superset's own telemetry image, which the security policy of the page keeps from leaving.
                said = [one for one in browser.said if "scarf.sh" not in one]
                check(f"{slug} at {width} as {reader}: no chart in error, no console error ({seconds:.1f} s)", wrong == [] and not said, (wrong, said))
finally:
    browser.close()

print(f"{'no' if not failures else len(failures)} failure of the checks of Superset")
sys.exit(1 if failures else 0)
