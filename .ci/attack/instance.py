"""What is true in the instance, who its readers are, and what each of them may not know. Asked of the tables under every protection, as their owner."""
import hashlib
import json
import os
import re
import sqlite3
import subprocess
from pathlib import Path

import psycopg2
import requests

AUDIENCE = {"dac": "interne", "public": "public"}
TABLE = {"interne": "mart.mesure", "partenaire": "mart.mesure_partenaire", "public": "mart.mesure_public"}
# Words of every day, and the accounts that the source names: an answer may hold them without telling who has one.
COMMON = {"admin", "lecteur", "vigie-service"}


class Cell:
    """One published figure: where it stands, in numbers and in words, and its exact value."""

    def __init__(self, row):
        (self.publication, self.line, self.place, self.period, self.indicator, self.kind, self.code, self.period_code, self.breakdown,
         self.num, self.den, self.territory, self.period_label, self.dimension, self.period_kind, self.base, self.shown) = row
        number = "(?<!\\d){}(?!\\d)".format
        grouped = ["[\u202f\u00a0 ,.]?".join(re.findall(r"\d{1,3}", f"{one:_}")) for one in (self.num, self.den)]
        self.told = re.compile(number(grouped[0]) + r"[^0-9]{1,60}?" + number(grouped[1]))

    def by_number(self):
        return f"publication = {self.publication} AND ligne = {self.line} AND territoire = {self.place} AND periode = {self.period}"

    def by_code(self):
        return (f"publication = {self.publication} AND indicateur = '{self.indicator}' AND territoire_type = '{self.kind}' AND territoire_code = '{self.code}'"
                f" AND periode_code = '{self.period_code}' AND ventilation_code = '{self.breakdown}'")


class Reader:
    def __init__(self, name, password, role, territory):
        self.name, self.password, self.role, self.territory = name, password, role, territory
        self.audience = AUDIENCE.get(role, "partenaire")
        self.table = TABLE[self.audience]
        self.secret, self.role_sql, self.session = None, None, None
        self.own, self.masked, self.outside = None, None, None

    def hidden(self):
        return [cell for cell in (self.masked, self.outside) if cell]


class Instance:
    def __init__(self, home, accounts):
        self.home = Path(home)
        self.base = "http://127.0.0.1:" + (self.home / "superset/port").read_text().strip()
        self.port = int((self.home / "postgres/port").read_text())
        self.owner = psycopg2.connect(host="127.0.0.1", port=self.port, user="vigie", dbname="vigie", password=(self.home / "postgres/mot-de-passe").read_text().strip())
        self.owner.autocommit = True
        self.rows("SET enable_seqscan = off")
        self.metadata = sqlite3.connect(f"file:{self.home}/superset/superset.db?mode=ro", uri=True, check_same_thread=False)
        self.datasets = dict(self.metadata.execute("SELECT table_name, id FROM tables"))
        self.publication = self.rows("SELECT max(numero) FROM registre.publication_courante")[0][0]
        given = self.accounts(Path(accounts).read_text(encoding="utf-8"))
        secrets = self.secrets([one["name"] for one in given])
        self.readers = [self.reader(one, secrets[one["name"]]) for one in given]
        self.departments = [reader.territory.split(":")[1] for reader in self.readers if reader.role == "dac"]
        for reader in self.readers:
            self.cells(reader)
        self.secrets_of = secrets
        for reader in self.readers:
            for cell in reader.hidden():
                cell.victim = self.victim(reader, cell)

    def rows(self, sql, *parameters):
        with self.owner.cursor() as cursor:
            cursor.execute(sql, parameters or None)
            return cursor.fetchall() if cursor.description else []

    @staticmethod
    def accounts(text):
        """JSON, or lines « name / password » that may go on « / role / territory »."""
        if text.lstrip().startswith("["):
            return json.loads(text)
        found = [[word.strip() for word in line.split(" / ")] for line in text.splitlines() if line.strip()]
        return [dict(zip(("name", "password", "role", "territory"), one)) for one in found]

    def secrets(self, names):
        """How Superset opens PostgreSQL for each person, for nobody, and for SQL Lab: what a thief of its memory would have."""
        done = subprocess.run([self.home / "superset/venv/bin/python", "-c", """if True:
            import json, sys
            from superset.app import create_app
            app = create_app()
            with app.app_context():
                import superset.models.core as core
                from superset import db, security_manager as people
                from superset.utils.core import override_user, QuerySource
                database = db.session.query(core.Database).filter_by(database_name="Vigie").one()
                opened = []
                core.create_engine = lambda url, **how: opened.append((url, how))
                def secret(person, source):
                    try:
                        with app.test_request_context(), override_user(person, force=True):
                            database._get_sqla_engine(nullpool=True, source=source)
                        url, how = opened.pop()
                        return {"host": url.host, "port": url.port, "user": url.username, "password": url.password, "dbname": url.database, **dict(url.query),
                                **how.get("connect_args", {})}
                    except Exception as refused:
                        return {"refused": str(refused)}
                print("\\n" + json.dumps({name: secret(people.find_user(username=name) if name else None, source and QuerySource[source])
                      for name, source in [(name, None) for name in sys.argv[1:]] + [("", None)]}))
            """, *names, "admin", "vigie-service"], capture_output=True, text=True,
            env={**os.environ, "VIGIE_SUPERSET_HOME": str(self.home / "superset"), "SUPERSET_CONFIG_PATH": str(self.home / "superset/superset_config.py")})
        if done.returncode != 0:
            raise SystemExit("Superset did not say how it opens PostgreSQL:\n" + done.stderr[-2000:])
        return json.loads(done.stdout.strip().splitlines()[-1])

    def connect(self, secret, **more):
        """As Superset would, with limits of our own unless they are what is tried."""
        if "refused" in secret:
            raise psycopg2.OperationalError(secret["refused"])
        settings = {key: value for key, value in {**secret, **more}.items() if value is not None}
        if "options" not in more:
            settings["options"] = (settings.get("options", "") + " -c statement_timeout=6000 -c lock_timeout=1500 -c default_transaction_read_only=off").strip()
        found = psycopg2.connect(connect_timeout=5, **settings)
        found.set_client_encoding("UTF8")
        return found

    def reader(self, given, secret):
        role, territory = given.get("role"), given.get("territory")
        role_sql = None
        try:
            with self.connect(secret) as connection, connection.cursor() as cursor:
                cursor.execute("SELECT current_user::text")
                role_sql = cursor.fetchone()[0]
        except psycopg2.Error as refused:
            raise SystemExit(f"{given['name']}: Superset cannot open PostgreSQL for this reader: {refused}")
        if not role:
            role, territory = self.guessed(given["name"], role_sql)
        reader = Reader(given["name"], given["password"], role, territory)
        reader.secret, reader.role_sql = secret, role_sql
        return reader

    def victim(self, reader, cell):
        """Another reader who sees this figure, by the tables under every protection."""
        for other in self.readers:
            if other is reader or other.audience == reader.audience and reader.masked is cell or other.role in ("etablissement", "cpam", "public"):
                continue
            status = self.rows(f"SELECT 1 FROM {other.table} m JOIN mart.territoire t USING (publication, territoire) WHERE {cell.by_number()} AND numerateur IS NOT NULL"
                               f" AND {self.scope(other)}")
            if status:
                return other
        return None

    def scope(self, reader):
        """Where a reader may look, on t, the territory."""
        kind, code = reader.territory.split(":") if reader.territory else (None, None)
        if reader.role == "etablissement":
            return "t.territoire_type = 'ENSEMBLE'"
        if kind:
            return f"""t.territoire IN (SELECT r.membre FROM mart.ressort r JOIN mart.territoire p ON p.publication = r.publication AND p.territoire = r.porteur
                WHERE r.publication = {self.publication} AND p.territoire_type = '{kind}' AND p.territoire_code = '{code}')"""
        return "t.territoire_type IN ('ENSEMBLE', 'REGION', 'DEPARTEMENT')" if reader.role == "public" else "true"

    def guessed(self, name, role_sql):
        """The accounts file may name the account only: its right is in the register."""
        found = self.rows("SELECT territoire_type, territoire_code, indicateurs FROM registre.habilitation WHERE role_sql = %s", role_sql)
        if not found:
            raise SystemExit(f"{name}: no right under {role_sql}; write « name / password / role / territory » in the file of accounts")
        kind, code, indicators = found[0]
        member = {one for (one,) in self.rows("SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member"
                                              " WHERE r.rolname = %s", role_sql)}
        if kind == "*":
            return ("public" if member & {"vigie_public", "vigie_audience_public"} else "facs" if "facs" in role_sql + name else "ars"), None
        return {"CPTS": "cpts", "ETABLISSEMENT": "etablissement"}.get(kind, "cpam" if indicators else "dac"), f"{kind}:{code}"

    # --- what each may see, from domaine 5.4 and not from the rules under test -------------------------------------------------------------
    def cells(self, reader):
        kind, code = reader.territory.split(":") if reader.territory else (None, None)
        place, line = self.scope(reader), "l.ventilation = '' AND l.indicateur = 'MT-01'"
        if reader.role == "etablissement":
            line = f"l.ventilation = 'etablissement={code}' AND l.indicateur = 'HOS-01'"
        period = "p.code = (SELECT max(code) FROM mart.periode WHERE publication = %d AND length(code) = 4 AND code < (SELECT max(code) FROM mart.periode" \
                 " WHERE publication = %d AND length(code) = 4))" % (self.publication, self.publication)
        exact = "i.numerateur IS NOT NULL AND i.denominateur IS NOT NULL"

        # A figure that another of the readers given may see serves best: its role is one to take.
        inside = " OR ".join(f"""t.territoire IN (SELECT r.membre FROM mart.ressort r JOIN mart.territoire p ON p.publication = r.publication
            AND p.territoire = r.porteur WHERE r.publication = {self.publication} AND p.territoire_type = 'DEPARTEMENT' AND p.territoire_code = '{number}')"""
                             for number in self.departments) or "false"

        def first(condition, lines=line, order="i.denominateur DESC", join="LEFT JOIN"):
            found = self.rows(f"""SELECT i.publication, i.ligne, i.territoire, i.periode, l.indicateur, t.territoire_type, t.territoire_code, p.code, l.ventilation,
                i.numerateur, i.denominateur, restitution.territoire(t.territoire_type, t.territoire_code, t.libelle), restitution.periode_libelle(p.code),
                restitution.dimension(l.ventilation), restitution.periode_type(p.code), d.code, m.statut
                FROM mart.mesure i JOIN mart.ligne l USING (publication, ligne) JOIN mart.territoire t USING (publication, territoire)
                JOIN mart.periode p USING (publication, periode) JOIN mart.lecture d USING (publication, indicateur)
                {join} {reader.table} m USING (publication, ligne, territoire, periode)
                WHERE i.publication = {self.publication} AND {period} AND {lines} AND {exact} AND {condition} ORDER BY ({inside}) DESC, {order} LIMIT 1""")
            return Cell(found[0]) if found else None

        reader.own = first(f"{place} AND m.statut = 'PUBLIE' AND m.numerateur > 10", join="JOIN")
        any_line = line if reader.role == "etablissement" else f"l.indicateur LIKE '{'MT-' if reader.role == 'cpam' else ''}%%' AND l.indicateur = d.code AND l.ventilation = ''"
        if reader.audience != "interne":
            reader.masked = first(f"{place} AND m.statut IN ('S11', 'SEC') AND i.numerateur BETWEEN 1 AND 10", any_line, "i.denominateur DESC", "JOIN")
        if reader.role == "etablissement":
            reader.outside = first("t.territoire_type = 'ENSEMBLE'", f"l.ventilation LIKE 'etablissement=%%' AND l.ventilation <> 'etablissement={code}' AND l.indicateur = 'HOS-01'")
        elif kind:
            reader.outside = first(f"NOT ({place}) AND t.territoire_type IN ('DEPARTEMENT', 'EPCI') AND i.numerateur > 10")
        elif reader.role == "public":
            reader.outside = first("t.territoire_type = 'COMMUNE' AND i.numerateur BETWEEN 2 AND 10")
        if not reader.own or not reader.hidden():
            raise SystemExit(f"{reader.name}: no figure of its own, or nothing hidden from it, to try with")

    # --- names -------------------------------------------------------------------------------------------------------------------------------
    def people(self):
        return [one for (one,) in self.metadata.execute("SELECT username FROM ab_user")]

    def telling_roles(self, reader):
        """Roles of PostgreSQL of others whose very name tells who has an account: an opaque one, or a common one of the policy, tells nothing."""
        found = []
        for (role,) in self.rows("SELECT rolname FROM pg_roles WHERE rolname LIKE 'vigie\\_%%' AND rolname <> %s", reader.role_sql if reader else ""):
            for other in self.readers:
                parts = {other.name, other.name.replace("-", "_"), *(hashlib.new(kind, other.name.encode()).hexdigest()[:12] for kind in ("md5", "sha1", "sha256"))}
                if other.territory:
                    parts.add(other.territory.split(":")[1])
                if other is not reader and (other.role_sql == role and any(re.search(rf"(?<![0-9a-z]){re.escape(part)}" + ("" if len(part) == 12 else "(?![0-9a-z])"), role, re.I) for part in parts)
                                            or role == f"vigie_role_{other.role}" or re.fullmatch(r"vigie_role_\w+_\w+", role)):
                    found.append(role)
                    break
        return found

    def names(self, reader):
        """What would tell that somebody else has an account."""
        others = {one for one in self.people() if one not in COMMON and (not reader or one != reader.name)}
        return re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, sorted(others | set(self.telling_roles(reader))))) + r")(?![\w-])")


class Session(requests.Session):
    """Somebody at Superset, signed in as browsers are: half of its doors know no other way. Without a name: nobody."""

    # Requests that nothing answered in time: they count as refused, and are told, for a machine too busy to answer refuses nothing.
    unanswered = 0

    def __init__(self, base, user=None, password=None):
        super().__init__()
        self.base, self.user, self.logged = base, user, user is None
        self.headers["Referer"] = base
        if user:
            page = self.get(f"{base}/login/", timeout=30).text
            token = re.search(r'csrf_token[^>]*?value="([^"]+)"|csrf_token&#34;: &#34;([^&]+)&#34;|"csrf_token": ?"([^"]+)"', page)
            answer = self.post(f"{base}/login/", data={"username": user, "password": password, "csrf_token": next(filter(None, token.groups())) if token else ""},
                               timeout=30, allow_redirects=False)
            answer = self.get(f"{base}/api/v1/security/csrf_token/", timeout=30)
            self.logged = answer.status_code == 200 and self.get(f"{base}/api/v1/me/", timeout=30).status_code == 200
            if self.logged:
                self.headers["X-CSRFToken"] = answer.json()["result"]

    def ask(self, body, url="/api/v1/chart/data", timeout=30, **how):
        return self.answer("POST", url, timeout, **({"json": body} if body is not None else {}), **how)

    def call(self, method, path, timeout=30, **how):
        return self.answer(method, path, timeout, allow_redirects=False, **how)

    def answer(self, method, path, timeout, **how):
        try:
            return Answer(self.request(method, path if path.startswith("http") else self.base + path, timeout=timeout, **how))
        except requests.RequestException as cut:
            Session.unanswered += isinstance(cut, requests.Timeout)
            return Answer(None, str(cut))


class Answer:
    """What came back of a request; a cut connection or no answer in time is a refusal."""

    def __init__(self, response, cut=""):
        self.status = response.status_code if response is not None else 0
        # As a reader would see it: letters that JSON escapes are letters.
        self.text = re.sub(r"\\u([0-9a-f]{4})", lambda one: chr(int(one[1], 16)), response.text) if response is not None else cut
        self.headers = response.headers if response is not None else {}
        self.content = response.content if response is not None else b""

    def json(self):
        try:
            return json.loads(self.content)
        except ValueError:
            return {}

    def results(self):
        found = self.json().get("result") if self.status == 200 and isinstance(self.json(), dict) else None
        return found if isinstance(found, list) and all(isinstance(one, dict) for one in found) else []

    def data(self):
        """The rows of a question, None when it was not answered."""
        results = self.results()
        return None if self.status != 200 or not results or results[0].get("error") else results[0].get("data") or []
