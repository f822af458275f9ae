"""What readers wait for, in one running instance or in two compared: medians, p95, and second over first.

    HOME/superset/venv/bin/python .ci/measure_readers.py HOME=ACCOUNTS[=VIGIE] [HOME=ACCOUNTS[=VIGIE]] [--rounds N] [--parts PART,PART]

ACCOUNTS: the file of accounts of `.ci/attack`, with an ARS, a DAC, a CPTS and the public. VIGIE: the command of this instance, ./vigie of this clone
when absent; the two instances may be of two commits, with the same data. PARTS, all when absent:

* connection: opening PostgreSQL as a reader, with one statement;
* alone: each question of each dashboard, asked alone, computed (nothing cached is served) and then from the cache;
* accounts: `vigie superset account`, for the thirty readers (m-…) of the next part. They are kept, with their passwords in ACCOUNTS.trente: only the
  first run makes them;
* thirty: thirty readers open one dashboard (« territoire ») at once, computed, then as pages ask once the cache was emptied, then from the cache;
  with the connections of PostgreSQL and the memory at the peak;
* start: `vigie superset start` on a Superset that runs, and on one that was stopped.

Two instances take turns, request by request (round by round for thirty readers and for starts), and the one that goes first changes every round:
figures are ratios of one interleaved run. « noise » is an instance against itself, rounds of one parity over rounds of the other: a ratio within it
says nothing. A question that is not answered is an error; with any, exits 1. It stops and starts Superset and empties its cache of figures: not on
an instance that people use. The client works on the same processors: under `thirty`, one question waits for all the others.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "attack"))
import psycopg2  # noqa: E402
from corpus import Corpus  # noqa: E402
from instance import Instance, Reader, Session  # noqa: E402

PARTS = ("connection", "alone", "accounts", "thirty", "start")
ALONE = ("ars", "dac", "cpts", "public")
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
        self.vigie = vigie[0] if vigie else str(Path(__file__).parents[1] / "vigie")
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


def p95(values):
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


class Table:
    """One line a measure: median and p95 of each instance, second over first, and how far an instance is from itself."""

    def __init__(self, measured):
        self.two = len(measured) == 2
        print(f"{'':42}{'first':>9}{'p95':>9}" + (f"{'second':>9}{'p95':>9}{'ratio':>8}{'p95':>7}{'paired':>8}{'noise':>12}" if self.two else ""), flush=True)

    def line(self, what, series, unit="ms"):
        """Series: for each instance, a list of rounds, each a list of values asked in the same order."""
        scale = 1000 if unit == "ms" else 1
        flat = [[value for one in rounds for value in one] for rounds in series]
        text = f"{what + ' (' + unit + ')':42}"
        for values in flat:
            text += f"{statistics.median(values) * scale:9.1f}{p95(values) * scale:9.1f}"
        if self.two:
            first, second = flat
            paired = statistics.median(b / a for a, b in zip(first, second) if a) if len(first) == len(second) else float("nan")
            text += f"{statistics.median(second) / statistics.median(first):8.2f}{p95(second) / p95(first):7.2f}{paired:8.2f}"
            if all(len(rounds) > 1 for rounds in series):
                noise = [statistics.median(v for one in rounds[1::2] for v in one) / statistics.median(v for one in rounds[::2] for v in one) for rounds in series]
                text += f"{noise[0]:6.2f}{noise[1]:6.2f}"
        print(text, flush=True)


def turns(measured, number):
    """The instances, in the order of this round."""
    return list(enumerate(measured)) if number % 2 == 0 else list(enumerate(measured))[::-1]


def connection(measured, table, rounds):
    series = [[] for _ in measured]
    for number in range(rounds * 20):
        for place, one in turns(measured, number):
            series[place].append([one.open_connection(reader.secret) for reader in chosen(one)])
    table.line("one connection and one statement", series)


def chosen(one):
    return [next(reader for reader in one.instance.readers if reader.role == role) for role in ALONE]


def alone(measured, table, rounds):
    worst = []
    totals = {force: [[] for _ in measured] for force in (True, False)}
    for place in range(len(ALONE)):
        who = [(one, chosen(one)[place]) for one in measured]
        sessions = [one.sign_in(reader.name, reader.password) for one, reader in who]
        for force in (True, False):
            series = [[[] for _ in range(rounds)] for _ in measured]
            # Once before the clock runs, so that neither pays for the first time, and everything is cached.
            for number in range(-1, rounds):
                for charts in zip(*(one.corpus.charts for one in measured)):
                    for here, (one, reader) in turns(who, number):
                        seconds = one.ask(sessions[here], charts[here], reader.own, force)
                        if number >= 0:
                            series[here][number].append(seconds)
            table.line(f"{ALONE[place]}, one question, {'computed' if force else 'cached'}", series)
            for here in range(len(measured)):
                totals[force][here].extend(series[here])
            if force and len(measured) == 2:
                for number, chart in enumerate(measured[0].corpus.charts):
                    medians = [statistics.median(one[number] for one in rounds_) for rounds_ in series]
                    worst.append((medians[1] / medians[0], medians, ALONE[place], chart.name))
    for force in (True, False):
        table.line(f"all, one question, {'computed' if force else 'cached'}", totals[force])
    for ratio, medians, role, name in sorted(worst, key=lambda one: one[0], reverse=True)[:8]:
        print(f"    {ratio:5.2f}  {medians[0] * 1000:7.1f}  {medians[1] * 1000:7.1f}  {role}, {name}")


def accounts(measured, table, rounds):
    made = [[[]] for _ in measured]
    for number, account in enumerate(THIRTY):
        for place, one in turns(measured, number):
            seconds = one.make(*account)
            if seconds is not None:
                made[place][0].append(seconds)
    if all(one[0] for one in made):
        table.line("one account made", made, "s")


def thirty(measured, table, rounds):
    for one in measured:
        one.thirty()
    for what, force, emptied in (("computed", True, False), ("cache emptied", False, True), ("cached", False, False)):
        times, walls, connections, gunicorn, postgres = ([[] for _ in measured] for _ in range(5))
        for number in range(rounds):
            for place, one in turns(measured, number):
                if emptied:
                    one.empty()
                asked, wall, peak = one.open_together(force)
                times[place].append(asked)
                walls[place].append([wall])
                connections[place].append([peak.connections])
                gunicorn[place].append([peak.gunicorn])
                postgres[place].append([peak.postgres])
        table.line(f"thirty, {what}, one question", times)
        table.line(f"thirty, {what}, last answer", walls, "s")
        if force:
            table.line("thirty, connections at the peak", connections, "n")
            table.line("thirty, memory of gunicorn", gunicorn, "MB")
            table.line("thirty, memory of postgres", postgres, "MB")


def start(measured, table, rounds):
    running, cold = ([[] for _ in measured] for _ in range(2))
    for number in range(rounds):
        for place, one in turns(measured, number):
            running[place].append([one.command("superset", "start")[1]])
            one.command("superset", "stop")
            cold[place].append([one.command("superset", "start")[1]])
    table.line("superset start, running", running, "s")
    table.line("superset start, stopped", cold, "s")


def busy():
    """Seconds that the processors worked, for whomever."""
    user, nice, system, idle, iowait, *rest = (int(one) for one in Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system + sum(rest[:3])) / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instances", nargs="+", metavar="HOME=ACCOUNTS[=VIGIE]")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", default=",".join(PARTS))
    asked = parser.parse_args()
    if len(asked.instances) > 2:
        parser.error("one instance, or two")
    measured = [Measured(one) for one in asked.instances]
    table = Table(measured)
    for part in asked.parts.split(","):
        before, load = time.perf_counter(), busy()
        globals()[part](measured, table, asked.rounds)
        took = time.perf_counter() - before
        print(f"    {part}: {took:.0f} s, processors {(busy() - load) / took / os.cpu_count():.0%} busy, load {os.getloadavg()[0]:.1f}", flush=True)
    for one in measured:
        print(f"{one.home}: {len(one.errors)} error(s), {one.cut} connection(s) cut and asked again")
        for problem in one.errors[:10]:
            print("   ", problem)
    sys.exit(any(one.errors for one in measured))


if __name__ == "__main__":
    main()
