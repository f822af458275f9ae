"""A real Superset with the dashboards of Vigie: import, figures, accounts, pages and secrecy, seen from outside.

    HOME/superset/venv/bin/python .ci/check_superset.py VIGIE HOME SCREENSHOTS [--all] [--only=PART,PART]

VIGIE and HOME are the command and an instance with a publication, its Superset installed and started; it is restarted twice. With --all every
reader opens every dashboard. Parts, in their order: import, charts, accounts, pages, attack. Exits 1 on a failure.
"""
import atexit
import csv
import io
import json
import os
import re
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import psycopg2
import requests
import yaml
from chromium import Browser

# The questions that the dashboards ask, and somebody who signs in as browsers do.
sys.path.append(str(Path(__file__).parent / "attack"))
import instance as attacked  # noqa: E402
from corpus import Corpus  # noqa: E402

vigie, home, shots = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
everything = "--all" in sys.argv
parts = next((one.split("=")[1].split(",") for one in sys.argv if one.startswith("--only=")), ["import", "charts", "accounts", "pages", "attack"])
began = time.time()
shots.mkdir(parents=True, exist_ok=True)
failures = []
DASHBOARDS = ["vue-ars-facs", "territoire", "sortie-48h", "medecin-traitant", "ruptures-de-parcours", "qualite-des-donnees"]


def check(label, holds, detail=""):
    print(("ok    " if holds else "ECHEC ") + label + ("" if holds else f" — {str(detail)[:600]}"), flush=True)
    if not holds:
        failures.append(label)


def elapsed(part):
    global began
    print(f"      {part}: {time.time() - began:.0f} s", flush=True)
    began = time.time()


def attempt(*arguments, **environment):
    return subprocess.run([vigie, *arguments, "--home", str(home)], capture_output=True, text=True, env={**os.environ, **environment})


def call(*arguments, **environment):
    done = attempt(*arguments, **environment)
    if done.returncode != 0:
        raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


if not call("superset", "status").startswith("EN_MARCHE"):
    raise SystemExit("Superset is not running: vigie superset install, then start")
# One that runs with the settings of another version is restarted.
call("superset", "start")
base = call("superset", "status").strip().split(";")[1]
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


def restart(**environment):
    """The settings of Superset are read when it starts."""
    call("superset", "stop")
    call("superset", "start", **environment)
    check("Superset starts again where it was", call("superset", "status").strip() == f"EN_MARCHE;{base}")


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

    def ask(self, body):
        return self.post(f"{base}/api/v1/chart/data", json=body)


bundle = Path("dashboards/superset/tableaux")


# --- import over itself ------------------------------------------------------------------------------------------------------------------
def inventory():
    with sqlite3.connect(f"file:{home}/superset/superset.db?mode=ro", uri=True) as metadata:
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
    refused = attempt("superset", "account", "essai-refus", "--role", "ars", "--url", base, **ADMINISTRATOR)
    check("an administrator who is not named in VIGIE_ADMINISTRATION makes no account, in words",
          refused.returncode == 1 and "VIGIE_ADMINISTRATION" in refused.stderr and "docs/superset.md" in refused.stderr and "Exception" not in refused.stderr, refused.stderr)
    check("and leaves none behind", "essai-refus;" not in call("superset", "accounts", "--format", "csv"))
# The others are made through its API, by an administrator whom it names: an existing Superset.
atexit.register(restart)
restart(VIGIE_ADMINISTRATION="vigie-service," + ADMINISTRATOR["VIGIE_SUPERSET_USER"])
elapsed("restart")

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
    refused = attempt("superset", "import", "--url", base, **{**ADMINISTRATOR, "VIGIE_SUPERSET_PASSWORD": "faux"})
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
cpts = rows("SELECT territoire_code FROM mart.valeur_partenaire WHERE publication = %s AND territoire_type = 'CPTS' AND territoire_code <> 'HORS_CPTS'"
            " AND statut = 'PUBLIE' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1", publication)[0][0]
finess = rows("SELECT ventilation FROM mart.ligne WHERE publication = %s AND indicateur = 'HOS-01' AND ventilation LIKE 'etablissement=%%' ORDER BY 1 LIMIT 1",
              publication)[0][0].split("=")[1]
readers = {"essai-ars": ("ars", None), "essai-facs": ("facs", None), "essai-public": ("public", None), "essai-dac34": ("dac", "DEPARTEMENT:34"),
           "essai-cpts": ("cpts", f"CPTS:{cpts}"), "essai-cpam30": ("cpam", "DEPARTEMENT:30"), "essai-etab": ("etablissement", f"ETABLISSEMENT:{finess}"),
           # Of the same role as the first: what is kept for one is not served to the other.
           "essai-ars-2": ("ars", None)}
passwords = {name: account(name, *what)[1] for name, what in readers.items()}
# What follows holds of a Superset that names nobody.
atexit.unregister(restart)
restart()
elapsed(f"{len(readers)} accounts")

# --- every chart answers, and says what `vigie values` says ----------------------------------------------------------------------------------
with sqlite3.connect(f"file:{home}/superset/superset.db?mode=ro", uri=True) as metadata:
    corpus = Corpus(SimpleNamespace(metadata=metadata, datasets=dict(metadata.execute("SELECT table_name, id FROM tables"))))
login = rows("SELECT login FROM registre.compte WHERE compte = 'essai-ars'")[0][0]


def as_reader(sql, only_names=False):
    """What a view gives the login of essai-ars, by name of column."""
    with database.cursor() as cursor:
        cursor.execute(f'BEGIN; SET LOCAL ROLE "{login}"; SET LOCAL statement_timeout = 60000; SET LOCAL work_mem = \'64MB\';'
                       " SET LOCAL max_parallel_workers_per_gather = 2")
        try:
            cursor.execute(sql)
            if only_names:
                return [one.name for one in cursor.description]
            return [dict(zip([one.name for one in cursor.description], row)) for row in cursor.fetchall()]
        finally:
            cursor.execute("ROLLBACK")


period = as_reader(f"SELECT periode FROM restitution.periode WHERE audience = 'partenaire' AND publication = {publication} ORDER BY rang DESC LIMIT 1")[0]["periode"]
KEY = ("indicateur", "territoire_type", "territoire_code", "periode", "ventilation")


def published(audience, *more):
    dimensions = sorted({re.sub("=[^|]*", "", one).replace("|", ",") for (one,) in rows("SELECT DISTINCT ventilation FROM mart.ligne WHERE ventilation <> ''")})
    by = [word for dimension in dimensions for word in ("--by", dimension)]
    text = call("values", "--audience", audience, "--format", "csv", *by, *more)
    return {tuple(row[key] for key in KEY): row for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def same(one, other):
    """A figure, told in JSON or by the command; None and nothing are the same."""
    none = (None, "")
    return (one in none and other in none) or (one not in none and other not in none and abs(float(one) - float(other)) < 1e-6)


def literal(value):
    return str(value) if isinstance(value, (int, float)) else "'" + str(value).replace("'", "''") + "'"


def conditions(query, columns):
    """The filters of a question, as SQL; Superset leaves out those of columns that the data set has not."""
    found = []
    for one in query["filters"]:
        if one["col"] not in columns:
            continue
        many = one["val"] if isinstance(one["val"], list) else [one["val"]]
        found.append(f"{one['col']} IS NOT NULL" if one["op"] == "IS NOT NULL" else f"{one['col']} IN ({', '.join(map(literal, many))})")
    return " AND ".join(found + ([query["extras"]["where"]] if query["extras"]["where"] else []))


def place(indicator, dimension, territory, number=None):
    return SimpleNamespace(publication=number or publication, territory=territory, period_label=period, indicator=indicator, base=indicator[:6], dimension=dimension)


def told(chart, answered, hidden):
    """Compares what Superset answered with the rows of the view; hidden: what the view has of them, with the keys. Gives what differs."""
    if chart.params.get("query_mode") == "raw":
        columns = chart.params["all_columns"]
        line = lambda row: tuple(round(float(row[one]), 6) if isinstance(row[one], (int, float)) or type(row[one]).__name__ == "Decimal" else str(row[one]) for one in columns)
        return list((Counter(map(line, answered)) - Counter(map(line, hidden))).elements()) + list((Counter(map(line, hidden)) - Counter(map(line, answered))).elements())
    # A line of time: a figure for each period, of the one row that it has.
    labels = [one if isinstance(one, str) else one["label"] for one in chart.params["metrics"]]
    figures = {"Valeur": "valeur", "valeur": "valeur", "Valeur__yhat": "valeur", "Valeur__yhat_lower": "ic_bas", "Valeur__yhat_upper": "ic_haut"}
    expected = {row["debut"]: row for row in hidden}
    found = {date(1970, 1, 1) + timedelta(milliseconds=row["debut"]): row for row in answered}
    return [(when, found.get(when), row) for when, row in expected.items()
            if not (all(same(found[when][label], row[figures[label]]) for label in labels) if when in found else row["valeur"] is None)] \
        + [(when, row) for when, row in found.items() if when not in expected]


if "charts" in parts:
    ars, twin = Session("essai-ars", passwords["essai-ars"]), Session("essai-ars-2", passwords["essai-ars-2"])
    departements = [code for (code,) in rows("SELECT code FROM restitution.contour ORDER BY 1")]
    truth = published("partenaire", "--territory", "REGION:76", *(word for code in departements for word in ("--territory", "DEPARTEMENT:" + code)))
    columns = {name: set(as_reader(f"SELECT * FROM restitution.{name} WHERE false LIMIT 1", True)) for name in ("valeur", "carte")}
    compared, silent, asked, agreeing = 0, {}, set(), set()
    for chart in corpus.charts:
        silent[chart.name] = 0
        name = corpus.dataset_name[chart.dataset]
        for where in [place(indicator, dimension, territory) for territory in ("Occitanie", "Hérault") for indicator in ("CAD-01", "MT-01") for dimension in ("Âge", "Sexe")]:
            body = corpus.body(chart, where)
            if (chart.number, json.dumps(body["queries"])) in asked:
                continue
            asked.add((chart.number, json.dumps(body["queries"])))
            answer = ars.ask(body)
            result = answer.json()["result"][0] if answer.status_code == 200 else {"error": answer.text}
            if result.get("error"):
                check(f"chart « {chart.name} » answers", False, result["error"])
                break
            silent[chart.name] += len(result["data"])
            timed = chart.kind.startswith("echarts_timeseries") and not chart.params.get("groupby") and chart.params["x_axis"] == "debut"
            if name not in ("valeur", "carte") or not timed and chart.params.get("query_mode") != "raw":
                continue
            hidden = as_reader(f"SELECT * FROM restitution.{name} WHERE audience = 'partenaire' AND {conditions(body['queries'][0], columns[name])}")
            different = told(chart, result["data"], hidden)
            for row in hidden:
                # The keys of a row are not in what a chart asks: they come with the same rows at PostgreSQL.
                expected = truth.get((row["indicateur"], row["territoire_type"], row["territoire_code"], row["periode_code"], row["ventilation_code"]))
                if not (expected and row["statut_code"] == expected["statut"] and row["verdict_code"] == expected["verdict"] and all(
                        same(row[one], expected[one]) for one in ("numerateur", "denominateur", "valeur", "ic_bas", "ic_haut"))):
                    different.append((row, expected))
            compared += len(hidden)
            agreeing.add(chart.name)
            if different:
                check(f"« {chart.name} » says what vigie values says", False, different[:2])
                break
    check(f"each of {len(corpus.charts)} charts answers with rows", all(silent.values()), [name for name, many in silent.items() if not many])
    print(f"{compared} rows of {len(agreeing)} charts, in {len(asked)} questions, compared with vigie values --audience partenaire")
    check("charts were compared", compared > 100 and len(agreeing) > 15, (compared, sorted(agreeing)))
    public = published("public")
    check("public: years only, no breakdown, down to the département",
          public and all(re.fullmatch(r"\d{4}", key[3]) and key[4] == "" and key[1] in ("ENSEMBLE", "REGION", "DEPARTEMENT") for key in public), len(public))
    # A publication while people read: what is kept belongs to a number, and the number itself is asked for each time (RestitutionIT publishes).
    numbers = next(body for column, body in corpus.lists() if column == "publication")
    for _ in range(2):
        newest = ars.ask(numbers).json()["result"][0]
    check("the number of the newest publication is never kept", not newest["is_cached"] and publication in [row["publication"] for row in newest["data"]], newest)
    chart = next(one for one in corpus.charts if "affichage" in (one.params.get("all_columns") or []) and one.params.get("order_by_cols") is not None
                 and corpus.page(one, place("MT-01", "Âge", "Occitanie")) and "territoire" in str(corpus.page(one, place("MT-01", "Âge", "Occitanie"))))
    body = corpus.body(chart, place("MT-01", "Âge", "Occitanie"))
    ars.ask({**body, "force": True})
    kept = ars.ask(body).json()["result"][0]
    check("figures are kept under their number", kept["is_cached"] and kept["data"], kept["is_cached"])
    coming = ars.ask(corpus.body(chart, place("MT-01", "Âge", "Occitanie", publication + 1))).json()["result"][0]
    check("and nowhere under the next one", not coming["is_cached"] and coming["data"] == [], coming["data"][:2])
    theirs = twin.ask(body).json()["result"][0]
    check("an answer kept for one account is not served to another of the same role", theirs["data"] == kept["data"] and theirs["cache_key"] != kept["cache_key"]
          and theirs["cached_dttm"] != kept["cached_dttm"], (theirs["cache_key"], kept["cache_key"], theirs["cached_dttm"]))
    by_key = [one.get(f"{base}/api/v1/chart/data/{kept['cache_key']}").status_code for one in (ars, twin)]
    check("nor by its key", by_key[1] != 200, by_key)
    elapsed("charts")

# --- accounts --------------------------------------------------------------------------------------------------------------------------------
def cookies_of(user, password):
    """As browsers sign in."""
    return attacked.Session(base, user, password)


class Visit:
    """All the ways in that a reader holds: its cookie, its token, and how Superset opens PostgreSQL for it."""

    def __init__(self, name, password):
        self.browser, self.token = cookies_of(name, password), Session(name, password)
        self.secret = attacked.Instance.secrets(SimpleNamespace(home=home), [name])[name]
        self.body = corpus.body(next(one for one in corpus.charts if one.params.get("query_mode") == "raw"), place("MT-01", "Âge", "Hérault"))

    def open(self):
        """Which of them still let it in."""
        found = []
        if self.browser.call("GET", "/api/v1/me/", timeout=30).status == 200 or self.browser.ask(self.body, timeout=60).status == 200:
            found.append("cookie")
        if self.token.ask(self.body).status_code == 200:
            found.append("token")
        try:
            psycopg2.connect(connect_timeout=5, **self.secret).close()
            found.append("PostgreSQL")
        except psycopg2.OperationalError:
            pass
        return found


def signs_in(name, password):
    return requests.post(f"{base}/api/v1/security/login", json={"username": name, "password": password, "provider": "db"}).status_code


if "accounts" in parts:
    made = lambda: call("superset", "account", NAME, "--role", "dac", "--territory", "DEPARTEMENT:34").strip().split(" / ")[1]
    listed = lambda: next((line for line in call("superset", "accounts", "--format", "csv").splitlines() if line.startswith(NAME + ";")), "")
    NAME = "essai-part"
    refused = attempt("superset", "account", "essai-ailleurs", "--role", "dac", "--territory", "DEPARTEMENT:99")
    check("a territory that does not exist is refused, and no account made", refused.returncode == 2 and "DEPARTEMENT:99" in refused.stderr and "Exception" not in refused.stderr
          and "essai-ailleurs" not in call("superset", "accounts", "--format", "csv"), (refused.returncode, refused.stderr))
    password = made()
    check("accounts are listed", listed() == f"{NAME};dac;DEPARTEMENT:34;;OUVERT", listed())
    visit = Visit(NAME, password)
    check("a new account enters Superset and PostgreSQL", visit.open() == ["cookie", "token", "PostgreSQL"], visit.open())

    former, password = password, call("superset", "account", NAME, "--new-password").strip().split(" / ")[1]
    check("--new-password ends the former one and its sessions", signs_in(NAME, former) == 401 and signs_in(NAME, password) == 200 and visit.open() == ["PostgreSQL"], visit.open())

    visit = Visit(NAME, password)
    call("superset", "account", NAME, "--until", str(date.today() - timedelta(days=1)))
    check("--until yesterday ends sign-in, sessions and the login at PostgreSQL", signs_in(NAME, password) == 401 and visit.open() == []
          and not cookies_of(NAME, password).logged and listed().endswith(";TERMINE"), (visit.open(), listed()))
    call("superset", "account", NAME, "--until", "aucun")
    check("--until aucun opens it again", signs_in(NAME, password) == 200 and "PostgreSQL" in visit.open() and listed().endswith(";;OUVERT"), (visit.open(), listed()))

    visit = Visit(NAME, password)
    call("superset", "account", NAME, "--remove")
    check("--remove ends it all", signs_in(NAME, password) == 401 and visit.open() == [] and listed() == "", (visit.open(), listed()))
    again = made()
    check("the name made again has another password, and what was open stays closed", again != password and signs_in(NAME, password) == 401 and signs_in(NAME, again) == 200
          and visit.open() == [], visit.open())
    call("superset", "account", NAME, "--remove")

    answers = [requests.post(f"{base}/api/v1/security/login", json={"username": "essai-inconnu-" + str(os.getpid()), "password": f"faux-{number}", "provider": "db"}) for number in range(25)]
    slow = [one for one in answers if one.status_code == 429]
    check(f"of 25 wrong passwords {25 - len(slow)} are tried, the others wait", len(slow) >= 18 and all(one.status_code in (401, 429) for one in answers)
          and all(int(one.headers.get("Retry-After", 0)) > 0 for one in slow), Counter(one.status_code for one in answers))
    elapsed("accounts")


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
        # Each sort of reader: a DAC reads exact values, the public what is left after all masks, and finds empty charts.
        for reader, slugs in (("essai-ars", DASHBOARDS), ("essai-dac34", ["territoire", "sortie-48h"]), ("essai-facs", ["vue-ars-facs", "qualite-des-donnees"]),
                              ("essai-cpts", ["territoire", "ruptures-de-parcours"]), ("essai-cpam30", ["territoire", "medecin-traitant"]),
                              ("essai-etab", ["sortie-48h", "territoire"]), ("essai-public", ["ruptures-de-parcours", "qualite-des-donnees"])):
            browser.cookies(dict(cookies_of(reader, passwords[reader]).cookies), base)
            slugs, widths = DASHBOARDS if everything else slugs, (1440, 900) if reader == "essai-ars" else (1440,)
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
                    abroad = [one for one in browser.asked if not one.startswith((base + "/", "data:", "blob:", "about:"))]
                    check(f"{slug} at {width} as {reader}: no chart in error, nothing on the console, no other host asked ({seconds or 0:.1f} s)",
                          seconds and wrong == [] and not browser.said and not abroad, (seconds, wrong, browser.said, abroad, browser.sent))
    finally:
        browser.close()
    elapsed("pages")

# --- secrecy -----------------------------------------------------------------------------------------------------------------------------
if "attack" in parts:
    handle, accounts = tempfile.mkstemp()
    try:
        with os.fdopen(handle, "w") as file:
            file.writelines(" / ".join([name, passwords[name], role, *([territory] if territory else [])]) + "\n" for name, (role, territory) in readers.items() if name != "essai-ars-2")
        done = subprocess.run([sys.executable, str(Path(__file__).parent / "attack"), str(home), accounts], capture_output=True, text=True)
    finally:
        os.unlink(accounts)
    print("\n".join(line for line in done.stdout.splitlines() if not line.startswith("500: ")))
    check("no hostile request succeeds, and what must be answered is", done.returncode == 0, done.stderr or f"exit {done.returncode}")
    elapsed("attack")

print(f"{'no' if not failures else len(failures)} failure of the checks of Superset")
sys.exit(1 if failures else 0)
