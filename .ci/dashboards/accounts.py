"""The life of an account by the command: made, listed, renewed, ended, opened again, removed; and each time the four ways in."""
import os
from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import instance as attacked
import psycopg2
import requests


def cookies_of(tried, user, password):
    """As browsers sign in."""
    return attacked.Session(tried.base, user, password)


class Visit:
    """All the ways in that a reader holds: its cookie, its token, and how Superset opens PostgreSQL for it."""

    def __init__(self, tried, name, password):
        self.browser, self.token = cookies_of(tried, name, password), tried.session(name, password)
        self.secret = attacked.Instance.secrets(SimpleNamespace(home=tried.home), [name])[name]
        self.body = tried.corpus.body(next(one for one in tried.corpus.charts if one.params.get("query_mode") == "raw"), tried.place("MT-01", "Âge", "Hérault"))

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


def signs_in(tried, name, password):
    return requests.post(f"{tried.base}/api/v1/security/login", json={"username": name, "password": password, "provider": "db"}).status_code


def live_and_end(tried):
    made = lambda: tried.call("superset", "account", NAME, "--role", "dac", "--territory", "DEPARTEMENT:34").strip().split(" / ")[1]
    listed = lambda: next((line for line in tried.call("superset", "accounts", "--format", "csv").splitlines() if line.startswith(NAME + ";")), "")
    NAME = "essai-part"
    refused = tried.attempt("superset", "account", "essai-ailleurs", "--role", "dac", "--territory", "DEPARTEMENT:99")
    tried.check("a territory that does not exist is refused, and no account made", refused.returncode == 2 and "DEPARTEMENT:99" in refused.stderr and "Exception" not in refused.stderr
          and "essai-ailleurs" not in tried.call("superset", "accounts", "--format", "csv"), (refused.returncode, refused.stderr))
    password = made()
    tried.check("accounts are listed", listed() == f"{NAME};dac;DEPARTEMENT:34;;OUVERT", listed())
    visit = Visit(tried, NAME, password)
    tried.check("a new account enters Superset and PostgreSQL", visit.open() == ["cookie", "token", "PostgreSQL"], visit.open())

    former, password = password, tried.call("superset", "account", NAME, "--new-password").strip().split(" / ")[1]
    tried.check("--new-password ends the former one and its sessions", signs_in(tried, NAME, former) == 401 and signs_in(tried, NAME, password) == 200 and visit.open() == ["PostgreSQL"], visit.open())

    visit = Visit(tried, NAME, password)
    tried.call("superset", "account", NAME, "--until", str(date.today() - timedelta(days=1)))
    tried.check("--until yesterday ends sign-in, sessions and the login at PostgreSQL", signs_in(tried, NAME, password) == 401 and visit.open() == []
          and not cookies_of(tried, NAME, password).logged and listed().endswith(";TERMINE"), (visit.open(), listed()))
    tried.call("superset", "account", NAME, "--until", "aucun")
    tried.check("--until aucun opens it again", signs_in(tried, NAME, password) == 200 and "PostgreSQL" in visit.open() and listed().endswith(";;OUVERT"), (visit.open(), listed()))

    visit = Visit(tried, NAME, password)
    tried.call("superset", "account", NAME, "--remove")
    tried.check("--remove ends it all", signs_in(tried, NAME, password) == 401 and visit.open() == [] and listed() == "", (visit.open(), listed()))
    again = made()
    tried.check("the name made again has another password, and what was open stays closed", again != password and signs_in(tried, NAME, password) == 401 and signs_in(tried, NAME, again) == 200
          and visit.open() == [], visit.open())
    tried.call("superset", "account", NAME, "--remove")

    answers = [requests.post(f"{tried.base}/api/v1/security/login", json={"username": "essai-inconnu-" + str(os.getpid()), "password": f"faux-{number}", "provider": "db"}) for number in range(25)]
    slow = [one for one in answers if one.status_code == 429]
    tried.check(f"of 25 wrong tried.passwords {25 - len(slow)} are tried, the others wait", len(slow) >= 18 and all(one.status_code in (401, 429) for one in answers)
          and all(int(one.headers.get("Retry-After", 0)) > 0 for one in slow), Counter(one.status_code for one in answers))
    tried.elapsed("accounts")
