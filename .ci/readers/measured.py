"""One of the instances that are measured: its thirty readers, its questions, and the peaks of its servers."""
import json
import re
import shutil
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
from corpus import Corpus
from instance import Instance, Reader, Session

DASHBOARD = "territoire"
OCCITANIE = "09 11 12 30 31 32 34 46 48 65 66 81 82".split()
CPTS = ("310034632", "110009735", "300020617", "120009535")
THIRTY = ([(f"m-ars-{one}", "ars", None) for one in range(1, 9)] + [(f"m-facs-{one}", "facs", None) for one in (1, 2)]
          + [(f"m-dac-{one}", "dac", f"DEPARTEMENT:{one}") for one in OCCITANIE] + [(f"m-cpts-{one}", "cpts", f"CPTS:{one}") for one in CPTS]
          + [("m-cpam-30", "cpam", "DEPARTEMENT:30")] + [(f"m-public-{one}", "public", None) for one in (1, 2)])


class Measured:
    def __init__(self, given):
        home, accounts, *vigie = given.split("=")
        self.home, self.kept = Path(home), Path(accounts + ".trente")
        self.vigie = vigie[0] if vigie else str(Path(__file__).resolve().parents[2] / "vigie")
        self.instance = Instance(home, accounts)
        self.corpus = Corpus(self.instance)
        self.pages = dict(self.instance.metadata.execute("SELECT slug, id FROM dashboards"))
        self.made = json.loads(self.kept.read_text(encoding="utf-8")) if self.kept.exists() else {}
        self.sessions, self.cells, self.errors, self.cut = {}, {}, [], 0

    def command(self, *words):
        """The output of a command, and its time."""
        start = time.perf_counter()
        done = subprocess.run([self.vigie, *words, "--home", str(self.home)], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{self.vigie} {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout, time.perf_counter() - start

    def make(self, name, role, territory):
        """The time to make an account, None when it was there."""
        if name in self.made:
            return None
        given, new = ["superset", "account", name], name not in self.instance.people()
        shared = ["--role", role, *(["--territory", territory] if territory else [])]
        text, seconds = self.command(*given, *shared)
        found = re.search(rf"^{re.escape(name)} / (\S+)", text, re.M)
        if not found:
            found = re.search(rf"^{re.escape(name)} / (\S+)", self.command(*given, "--new-password")[0], re.M)
        self.made[name] = found[1]
        self.kept.touch(0o600)
        self.kept.write_text(json.dumps(self.made), encoding="utf-8")
        return seconds if new else None

    def thirty(self):
        for name, role, territory in THIRTY:
            reader = Reader(name, self.made[name], role, territory)
            try:
                self.instance.cells(reader)
            except SystemExit:
                # Something to hide from it is for the attack: a page needs a figure of its own.
                if not reader.own:
                    raise
            self.cells[name] = reader.own
            self.sessions[name] = self.sign_in(name, self.made[name])

    def sign_in(self, name, password):
        session = Session(self.instance.base, name, password)
        if not session.logged:
            raise SystemExit(f"{name} cannot sign in")
        return session

    def ask(self, session, chart, cell, force):
        """The time of one question."""
        body = self.corpus.body(chart, cell)
        body["force"] = body["form_data"]["force"] = force
        start = time.perf_counter()
        answer = session.ask(body, self.corpus.url(chart), timeout=300)
        if answer.status == 0 and "Connection" in answer.text:
            # gunicorn closes a connection on which nothing was said for two seconds, asked or not; browsers ask again, once.
            self.cut += 1
            answer = session.ask(body, self.corpus.url(chart), timeout=300)
        seconds = time.perf_counter() - start
        if answer.data() is None:
            self.errors.append(f"{session.user}, {chart.name}: {answer.status} {answer.text[:300]}")
        return seconds

    def empty(self):
        for one in (self.home / "superset/cache/donnees").glob("*"):
            shutil.rmtree(one) if one.is_dir() else one.unlink(missing_ok=True)

    def open_together(self, force):
        """Every question of the page of the thirty readers at once: times, the time until the last answer, and the peaks."""
        charts = [chart for chart in self.corpus.charts if chart.dashboard == self.pages[DASHBOARD]]
        peak, over = Peak(self), threading.Event()
        watcher = threading.Thread(target=peak.watch, args=(over,))
        watcher.start()
        gate = threading.Barrier(len(THIRTY) * len(charts) + 1)

        def one(name, chart):
            gate.wait()
            return self.ask(self.sessions[name], chart, self.cells[name], force)

        with ThreadPoolExecutor(len(THIRTY) * len(charts)) as people:
            asked = [people.submit(one, name, chart) for name, *_ in THIRTY for chart in charts]
            gate.wait()
            start = time.perf_counter()
            times = [one.result() for one in asked]
            wall = time.perf_counter() - start
        over.set()
        watcher.join()
        return times, wall, peak

    def open_connection(self, secret):
        start = time.perf_counter()
        connection = psycopg2.connect(**secret)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        seconds = time.perf_counter() - start
        connection.close()
        return seconds


class Peak:
    def __init__(self, measured):
        self.measured, self.connections, self.gunicorn, self.postgres = measured, 0, 0, 0
        self.postmaster = int((measured.home / "postgres/donnees/postmaster.pid").read_text().split()[0])

    def watch(self, over):
        turn = 0
        while not over.is_set():
            found = self.measured.instance.rows("SELECT count(*) FROM pg_stat_activity WHERE datname = 'vigie' AND backend_type = 'client backend' AND usename <> 'vigie'")
            self.connections = max(self.connections, found[0][0])
            if turn % 10 == 0:
                self.gunicorn = max(self.gunicorn, memory(int((self.measured.home / "superset/superset.pid").read_text())))
                self.postgres = max(self.postgres, memory(self.postmaster))
            turn += 1
            over.wait(0.05)


def memory(parent):
    """Resident memory of a process and its children in MB, each shared page counted once."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    total = 0
    for one in [parent, *children]:
        try:
            total += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.M)[1])
        except (OSError, TypeError):
            continue
    return total / 1024
