"""How readers sign in and how Superset opens PostgreSQL for each: what `superset_config.py` takes, and what an existing Superset takes as well.

* Each reader opens PostgreSQL under a login of its own, named by one of the roles of its account; whoever has none opens it under the account of the
  pool, which reads nothing.
* A reader asks what a saved chart or filter asks, and nothing else (`vigie_questions`). Nobody, the administrator included, has SQL Lab on Vigie.
* An answer that is kept is kept for one account. The accounts of readers are changed by Vigie alone, so that whoever administers Superset does not
  become one of them.
* An account ends with its last day; another password ends the sessions of the former one; wrong passwords wait longer and longer.
"""
import base64
import hashlib
import hmac
import logging
import math
import os
import threading
import time
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import flash, g, has_request_context, make_response, request, session
from flask_login import user_logged_in
from sqlalchemy import event, inspect, null
from sqlalchemy.engine.url import make_url
from superset.errors import ErrorLevel, SupersetError, SupersetErrorType
from superset.exceptions import SupersetSecurityException
from superset.security import SupersetSecurityManager
from werkzeug.exceptions import Forbidden

logger = logging.getLogger(__name__)

POOL = "vigie_superset"
# Where PostgreSQL is, as `vigie superset import` noted it beside the settings.
ADDRESS = Path(__file__).with_name("adresse-postgresql")
PARIS = ZoneInfo("Europe/Paris")
SIGN_IN = ("/login/", "/api/v1/security/login")
# Tries before the first wait, which then doubles up to the longest: three hundred a day at most for one name.
FREE_TRIES, FIRST_WAIT, LONGEST_WAIT = 5, 2, 300
TRYING = threading.Lock()
# How often the sessions of PostgreSQL that go on too long are cut off.
WATCH_SECONDS = 3
# Who may make and change accounts of readers: the account of the commands of Vigie; in an existing Superset, those named here, by a comma.
ADMINISTRATION = {name.strip() for name in os.environ.get("VIGIE_ADMINISTRATION", "vigie-service").split(",")}


# --- which login -------------------------------------------------------------------------------------------------------------------------
def marks(person, prefix):
    return [role.name.removeprefix(prefix) for role in person.roles if role.name.startswith(prefix)]


def has_ended(person):
    return any(date.fromisoformat(day) < datetime.now(PARIS).date() for day in marks(person, "vigie_fin_"))


def login_of(person):
    """The role of PostgreSQL of an account: one login and one share, or none."""
    logins = marks(person, "vigie_lecteur_")
    return "vigie_lecteur_" + logins[0] if len(logins) == 1 and len(marks(person, "vigie_role_")) == 1 and not has_ended(person) else None


def DB_CONNECTION_MUTATOR(uri, params, username, security_manager, source):
    """Every question is asked under the login of the person who asks. Superset keeps no connection from one question to the next."""
    if uri.get_backend_name() != "postgresql":
        return uri, params
    if uri.username != POOL:
        # An address that somebody changed must not be told a password that was kept for ours.
        params.setdefault("connect_args", {})["require_auth"] = "!password"
        return uri, params
    # Nothing of what somebody may have added to the connection: another server could pass on what the reader's own one answers.
    if ADDRESS.exists() and ADDRESS.read_text(encoding="utf-8").strip() != f"{uri.host}:{uri.port}/{uri.database}":
        refuse("L’adresse de PostgreSQL n’est plus celle que Vigie a importée : relancez « vigie superset import ».")
    params["connect_args"] = {"require_auth": "scram-sha-256"}
    person = security_manager.find_user(username=username) if username else None
    login = login_of(person) if person and person.is_active else None
    return uri.set(query={}, **({"username": login, "password": password_of(login, person, uri.password)} if login else {})), params


def password_of(login, person, key):
    """That of this login for this person only: another account that was given the same role of Superset derives another."""
    secret = hmac.new(key.encode(), f"{login}:{person.username.lower()}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def is_ours(database):
    return database is not None and make_url(database.sqlalchemy_uri).username == POOL


# --- who may ask what --------------------------------------------------------------------------------------------------------------------
def refuse(sentence):
    raise SupersetSecurityException(SupersetError(error_type=SupersetErrorType.CHART_SECURITY_ACCESS_ERROR, message=sentence, level=ErrorLevel.WARNING))


class ReaderSecurityManager(SupersetSecurityManager):
    def raise_for_access(self, **asked):
        super().raise_for_access(**asked)
        query, context, viz = asked.get("query"), asked.get("query_context"), asked.get("viz")
        if is_ours(asked.get("database") if asked.get("sql") else getattr(query, "database", None)):
            refuse("Vigie n’est pas ouverte au SQL libre : ses chiffres se lisent dans les tableaux de bord.")
        if viz is not None and not self.is_admin() and is_ours(viz.datasource.database):
            refuse("Cette façon d’interroger Vigie n’est pas ouverte : passez par les tableaux de bord.")
        if context is not None and not self.is_admin() and is_ours(getattr(context.datasource, "database", None)):
            # Not above: it needs Superset to be there.
            from vigie_questions import refusal

            reason = refusal(context)
            if reason:
                logger.warning("question refused: %s", reason)
                refuse("Cette question n’est pas celle d’un graphique ou d’un filtre des tableaux de bord de Vigie.")

    def get_rls_cache_key(self, datasource):
        person = getattr(g, "user", None)
        name = getattr(person, "username", "")
        return [*super().get_rls_cache_key(datasource), f"{name}-{login_of(person) if name else None}"]

    # --- signing in ----------------------------------------------------------------------------------------------------------------------
    def auth_user_db(self, username, password):
        # However the request came. Counted before it is tried: many tries at once are as many.
        with TRYING:
            if seconds_to_wait(username) > 0:
                return None
            note_try(username)
        person = super().auth_user_db(username, password)
        if person is None:
            return None
        forget_tries(username)
        if has_ended(person):
            flash("Ce compte est arrivé à son dernier jour : demandez à qui l’a ouvert de le prolonger.", "warning")
            return None
        return person

    def load_user(self, pk):
        person = super().load_user(pk)
        if person is None or has_ended(person):
            return None
        # Also asked of a token, which names nobody in the session.
        if session and session.get("_user_id") == str(pk) and session.get("vigie_mot_de_passe") != password_mark(person):
            return None
        return person

    def load_user_jwt(self, header, data):
        person = super().load_user_jwt(header, data)
        return person if person is not None and data.get("vigie_mot_de_passe") == password_mark(person) else None

    def create_jwt_manager(self, app):
        manager = super().create_jwt_manager(app)
        manager.additional_claims_loader(lambda identity: {"vigie_mot_de_passe": password_mark(self.get_user_by_id(int(identity)))})
        return manager

    def reset_password(self, userid, password):
        super().reset_password(userid, password)
        if getattr(g, "user", None) and getattr(g.user, "id", None) == int(userid):
            session["vigie_mot_de_passe"] = password_mark(self.get_user_by_id(int(userid)))


CUSTOM_SECURITY_MANAGER = ReaderSecurityManager


def password_mark(person):
    """Changes with the password, and says nothing of it."""
    return hashlib.sha256((person.password or "").encode()).hexdigest()[:16]


# --- wrong passwords ---------------------------------------------------------------------------------------------------------------------
def tries():
    from superset.extensions import cache_manager

    return cache_manager.cache


def tries_key(username):
    return "vigie-essais-" + hashlib.sha256(str(username).strip().lower().encode()).hexdigest()


def note_try(username):
    count = (tries().get(tries_key(username)) or (0, 0))[0] + 1
    wait = min(FIRST_WAIT * 2 ** (count - FREE_TRIES), LONGEST_WAIT) if count >= FREE_TRIES else 0
    tries().set(tries_key(username), (count, time.time() + wait), timeout=86400)


def forget_tries(username):
    tries().delete(tries_key(username))


def seconds_to_wait(username):
    return math.ceil((tries().get(tries_key(username)) or (0, 0))[1] - time.time())


def slow_down():
    """Answers in place of the sign-in while this name has to wait, whether the password is right or wrong."""
    if request.method != "POST" or request.path not in SIGN_IN:
        return None
    given = request.get_json(silent=True) if request.is_json else request.form
    seconds = seconds_to_wait(given.get("username") if hasattr(given, "get") else None)
    if seconds <= 0:
        return None
    sentence = f"Trop d’essais pour ce compte : attendez {seconds} s avant le suivant."
    answer = make_response({"message": sentence} if request.is_json else sentence, 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


# --- who may make readers ----------------------------------------------------------------------------------------------------------------
# What a sign-in notes, and what a person may change of oneself.
OF_SIGN_IN = {"last_login", "login_count", "fail_login_count", "changed_on", "changed_by", "changed_by_fk"}
OF_ONESELF = OF_SIGN_IN | {"password", "first_name", "last_name"}
# The command of Vigie knows this refusal by the name of the variable.
NOT_NAMED = ("Les comptes de lecture de Vigie se créent, se changent et se retirent par « vigie superset account », sous un compte que ce Superset nomme"
             " dans VIGIE_ADMINISTRATION (docs/superset.md).")


def is_reader(person):
    before = inspect(person).attrs.roles.history
    return any(role.name.startswith("vigie_") for role in [*person.roles, *before.deleted])


def keep_readers(session_, context, instances):
    """Before anything is written: an account of a reader or of the service of Vigie, and a role of Vigie, is made, changed and removed by Vigie alone."""
    if not has_request_context():
        return
    name = getattr(getattr(g, "user", None), "username", None)
    if name in ADMINISTRATION:
        leave_no_author(session_)
        return
    from flask_appbuilder.security.sqla.models import Role, User

    for one in [*session_.new, *session_.dirty, *session_.deleted]:
        changed = {each.key for each in inspect(one).attrs if each.history.has_changes()}
        whole = one in session_.new or one in session_.deleted
        if isinstance(one, Role):
            names = [one.name or "", *inspect(one).attrs.name.history.deleted]
            is_refused = any(each.startswith("vigie_") for each in names) and (whole or bool(changed))
        elif isinstance(one, User) and (is_reader(one) or one.username in ADMINISTRATION):
            allowed = OF_ONESELF if name == one.username and "username" not in changed else OF_SIGN_IN
            is_refused = whole or not changed <= allowed
        else:
            continue
        if is_refused:
            session_.rollback()
            g.vigie_refusal = NOT_NAMED
            raise Forbidden(NOT_NAMED)


def leave_no_author(session_):
    """The lists of dashboards and charts tell readers who made each: what Vigie imports is nobody's."""
    from superset.connectors.sqla.models import SqlaTable
    from superset.models.dashboard import Dashboard
    from superset.models.slice import Slice

    for one in [*session_.new, *session_.dirty]:
        if isinstance(one, (Dashboard, Slice, SqlaTable)):
            one.owners = []
            for author in ("created_by_fk", "changed_by_fk", "last_saved_by_fk"):
                if hasattr(one, author):
                    # None would be taken for a value that is missing, and the person of the request put in.
                    setattr(one, author, null())


def tell_refusal(answer):
    """The pages and the API make « Fatal error » of what refuses a write: whoever asked is told why instead."""
    sentence = g.pop("vigie_refusal", None)
    if sentence is None:
        return answer
    return make_response({"message": sentence}, 403)


# --- the application ---------------------------------------------------------------------------------------------------------------------
def tell_sessions_apart_by_account(login_manager):
    """Flask-Login knows a session by address and browser: behind one proxy, readers of one browser are one. Superset keeps the choices of their filters
    under that name and the number of the tab, so that each would write over those of the others, and could then remove them."""
    by_address_and_browser = login_manager._session_identifier_generator  # pylint: disable=protected-access
    login_manager._session_identifier_generator = lambda: hashlib.sha256(f"{by_address_and_browser()} {session.get('_user_id')}".encode()).hexdigest()


def watch(app):
    """Cuts off the sessions of readers that go on after the time of a question, whoever opened them."""
    from superset.extensions import db
    from superset.models.core import Database

    while True:
        time.sleep(WATCH_SECONDS)
        try:
            with app.app_context():
                ours = next((one for one in db.session.query(Database) if is_ours(one)), None)
                if ours:
                    with ours.get_raw_connection() as connection:
                        while True:
                            connection.cursor().execute("SELECT restitution.couper_les_lecteurs_trop_longs()")
                            connection.commit()
                            time.sleep(WATCH_SECONDS)
        except Exception as problem:  # pylint: disable=broad-except
            # PostgreSQL is stopped, or not imported yet, or has another password: the next turn will tell.
            logger.info("no watch over long sessions: %s", type(problem).__name__)


def FLASK_APP_MUTATOR(app):
    from superset.extensions import db

    app.before_request(slow_down)
    app.after_request(tell_refusal)
    event.listen(db.session, "before_flush", keep_readers)
    tell_sessions_apart_by_account(app.login_manager)
    user_logged_in.connect(lambda sender, user: session.update(vigie_mot_de_passe=password_mark(user)), app, weak=False)
    threading.Thread(target=watch, args=(app,), daemon=True).start()
