"""The Superset under test: its instance, its command, its database, its readers, and what was found of it."""
import json
import os
import secrets
import sqlite3
import subprocess
import time
from types import SimpleNamespace

import psycopg2
import requests
from corpus import Corpus

MAKE_ADMINISTRATOR = """if True:
    import os
    from superset.app import create_app
    with create_app().app_context():
        from superset import security_manager as people
        name, password = os.environ["VIGIE_SUPERSET_USER"], os.environ["VIGIE_SUPERSET_PASSWORD"]
        found = people.find_user(username=name)
        people.reset_password(found.id, password) if found else people.add_user(name, "Essai", "Administration", name + "@vigie.invalid", people.find_role("Admin"), password=password)
    """


class Session(requests.Session):
    """A reader at the REST API."""

    def __init__(self, base, user, password):
        super().__init__()
        answer = self.post(f"{base}/api/v1/security/login", json={"username": user, "password": password, "provider": "db", "refresh": False})
        answer.raise_for_status()
        self.base = base
        self.headers["Authorization"] = "Bearer " + answer.json()["access_token"]
        self.headers["Referer"] = base
        self.headers["X-CSRFToken"] = self.get(f"{base}/api/v1/security/csrf_token/").json()["result"]

    def ask(self, body):
        return self.post(f"{self.base}/api/v1/chart/data", json=body)


class Tried:
    def __init__(self, vigie, home, shots, everything):
        self.vigie, self.home, self.shots, self.everything = vigie, home, shots, everything
        self.failures, self.began = [], time.time()
        shots.mkdir(parents=True, exist_ok=True)
        if not self.call("superset", "status").startswith("EN_MARCHE"):
            raise SystemExit("Superset is not running: vigie superset install, then start")
        # One that runs with the settings of another version is restarted.
        self.call("superset", "start")
        self.base = self.call("superset", "status").strip().split(";")[1]
        self.database = psycopg2.connect(
            host="127.0.0.1", port=(home / "postgres/port").read_text().strip(), user="vigie",
            password=(home / "postgres/mot-de-passe").read_text().strip(), dbname="vigie")
        self.database.autocommit = True
        # An administrator of this Superset as if it were somebody else's: what follows uses --url and credentials of the environment.
        self.administrator = {"VIGIE_SUPERSET_USER": "essai-administration", "VIGIE_SUPERSET_PASSWORD": secrets.token_urlsafe(18)}
        subprocess.run(
            [home / "superset/venv/bin/python", "-c", MAKE_ADMINISTRATOR], check=True, capture_output=True,
            env={**os.environ, **self.administrator, "VIGIE_SUPERSET_HOME": str(home / "superset"), "SUPERSET_CONFIG_PATH": str(home / "superset/superset_config.py")})

    def check(self, label, holds, detail=""):
        print(("ok    " if holds else "ECHEC ") + label + ("" if holds else f" — {str(detail)[:600]}"), flush=True)
        if not holds:
            self.failures.append(label)

    def elapsed(self, part):
        print(f"      {part}: {time.time() - self.began:.0f} s", flush=True)
        self.began = time.time()

    def attempt(self, *arguments, **environment):
        return subprocess.run([self.vigie, *arguments, "--home", str(self.home)], capture_output=True, text=True, env={**os.environ, **environment})

    def call(self, *arguments, **environment):
        done = self.attempt(*arguments, **environment)
        if done.returncode != 0:
            raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def rows(self, sql, *parameters):
        with self.database.cursor() as cursor:
            cursor.execute(sql, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def restart(self, **environment):
        """The settings of Superset are read when it starts."""
        self.call("superset", "stop")
        self.call("superset", "start", **environment)
        self.check("Superset starts again where it was", self.call("superset", "status").strip() == f"EN_MARCHE;{self.base}")

    def session(self, user, password):
        return Session(self.base, user, password)

    def make_readers(self):
        """An account of each sort, and what they are asked with."""
        self.publication = json.loads(self.call("status", "--format", "json"))["publication"]["numero"]
        cpts = self.rows("SELECT territoire_code FROM mart.valeur_partenaire WHERE publication = %s AND territoire_type = 'CPTS' AND territoire_code <> 'HORS_CPTS'"
                         " AND statut = 'PUBLIE' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1", self.publication)[0][0]
        finess = self.rows("SELECT ventilation FROM mart.ligne WHERE publication = %s AND indicateur = 'HOS-01' AND ventilation LIKE 'etablissement=%%' ORDER BY 1 LIMIT 1",
                           self.publication)[0][0].split("=")[1]
        self.readers = {
            "essai-ars": ("ars", None), "essai-facs": ("facs", None), "essai-public": ("public", None), "essai-dac34": ("dac", "DEPARTEMENT:34"),
            "essai-cpts": ("cpts", f"CPTS:{cpts}"), "essai-cpam30": ("cpam", "DEPARTEMENT:30"), "essai-etab": ("etablissement", f"ETABLISSEMENT:{finess}"),
            # Of the same role as the first: what is kept for one is not served to the other.
            "essai-ars-2": ("ars", None)}
        self.passwords = {name: self.account(name, *what)[1] for name, what in self.readers.items()}

    def account(self, name, role, territory=None):
        said = self.call("superset", "account", name, "--role", role, *(["--territory", territory] if territory else []), "--url", self.base, **self.administrator)
        return said.strip().split(" / ")

    def read_questions(self):
        """The questions of the imported dashboards, and what the first of the readers is at PostgreSQL."""
        with sqlite3.connect(f"file:{self.home}/superset/superset.db?mode=ro", uri=True) as metadata:
            self.corpus = Corpus(SimpleNamespace(metadata=metadata, datasets=dict(metadata.execute("SELECT table_name, id FROM tables"))))
        self.login = self.rows("SELECT login FROM registre.compte WHERE compte = 'essai-ars'")[0][0]
        self.period = self.as_reader(f"SELECT periode FROM restitution.periode WHERE audience = 'partenaire' AND publication = {self.publication} ORDER BY rang DESC LIMIT 1")[0]["periode"]

    def as_reader(self, sql, only_names=False):
        """What a view gives the login of essai-ars, by name of column."""
        with self.database.cursor() as cursor:
            cursor.execute(f'BEGIN; SET LOCAL ROLE "{self.login}"; SET LOCAL statement_timeout = 60000; SET LOCAL work_mem = \'64MB\';'
                           " SET LOCAL max_parallel_workers_per_gather = 2")
            try:
                cursor.execute(sql)
                if only_names:
                    return [one.name for one in cursor.description]
                return [dict(zip([one.name for one in cursor.description], row)) for row in cursor.fetchall()]
            finally:
                cursor.execute("ROLLBACK")

    def place(self, indicator, dimension, territory, number=None):
        return SimpleNamespace(publication=number or self.publication, territory=territory, period_label=self.period, indicator=indicator, base=indicator[:6], dimension=dimension)
