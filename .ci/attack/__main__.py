"""Hostile requests against an instance, by each of its readers, at Superset and at PostgreSQL: how many were refused, which were not.

    HOME/superset/venv/bin/python .ci/attack HOME ACCOUNTS [--json FILE] [--only READER,READER] [--parts PART,PART] [--verbose]

ACCOUNTS: a line « name / password » for each reader, or « name / password / role / territory », or a list of objects of JSON with these four keys.
PARTS: good, superset, postgresql, nobody, administrator, machine. Ends with a table by reader; exits 1 when any request succeeded, and 2 when the
product no longer answers what it should, or when what must be seen to succeed does not: a refusal of everything proves nothing.
"""
import argparse
import json
import sys
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import administration  # noqa: E402
import postgresql  # noqa: E402
import questions  # noqa: E402
from corpus import Corpus  # noqa: E402
from instance import Instance, Session  # noqa: E402


class Report:
    def __init__(self, verbose):
        self.verbose, self.lock = verbose, threading.Lock()
        self.refused, self.succeeded, self.notes, self.faults, self.fivehundred = defaultdict(int), defaultdict(list), defaultdict(set), [], set()

    def __call__(self, who, where, name, found, status=""):
        with self.lock:
            if found:
                self.succeeded[who, where].append((name, str(found if found is not True else "")))
            else:
                self.refused[who, where] += 1
            if isinstance(status, int) and status >= 500:
                self.fivehundred.add((name, status))
            if self.verbose:
                print("SUCCEEDED" if found else "refused  ", who, where, name, status, found or "", flush=True)

    def note(self, who, name, why, done):
        with self.lock:
            if done:
                self.notes[name, why].add(who)

    def broken(self, what):
        with self.lock:
            self.faults.append(what)


def good(instance, corpus, reader, report):
    """What the dashboards ask is answered, with figures, and they are the reader's own. Every chart for one reader of each audience, every second for the others."""
    answered, told = 0, 0
    chart = corpus.shows(instance, reader.own)
    first = next(one for one in instance.readers if one.audience == reader.audience)
    for one in corpus.charts:
        if reader is not first and one is not chart and (one.number + instance.readers.index(reader)) % 2:
            continue
        answer = reader.session.ask(corpus.body(one, reader.own), corpus.url(one), timeout=60)
        if answer.data() is None:
            report.broken(f"{reader.name}: the chart « {one.name} » is not answered: {answer.status} {answer.text[:200]}")
            continue
        answered += 1
        if one is chart:
            told = bool(reader.own.told.search(answer.text))
            # The judge of hostile questions must see a figure told: its own, as if it were hidden.
            at = questions.Place(instance, corpus, reader, reader.hidden()[0], 0)
            at.cell = reader.own
            if told and not questions.verdict("names", answer, at, instance.names(reader)):
                report.broken(f"{reader.name}: a figure told by Superset is not seen")
    for column, body in corpus.lists():
        answer = reader.session.ask(body, timeout=60)
        if answer.data() is None:
            report.broken(f"{reader.name}: the list of {column} is not answered: {answer.status} {answer.text[:200]}")
    if not told:
        report.broken(f"{reader.name}: its own {reader.own.num}/{reader.own.den} ({reader.own.indicator}, {reader.own.territory}) is not told by « {chart and chart.name} »")
    return answered


def seen(instance, report):
    """The judge must see a success: the owner of the tables reads what every reader is refused."""
    owner = {"host": "127.0.0.1", "port": instance.port, "user": "vigie", "password": (instance.home / "postgres/mot-de-passe").read_text().strip(), "dbname": "vigie"}
    for reader in instance.readers:
        cell = reader.hidden()[0]
        thief = postgresql.Thief(instance, reader, 0)
        thief.connection = instance.connect(owner)
        for sql, how in ((thief.fill("<exact>", cell), postgresql.FIGURE), ("SELECT rolname || ' t' FROM pg_roles UNION ALL SELECT '" + next(one.name for one in instance.readers
                         if one is not reader) + "'", postgresql.NAMES), ("SELECT 1", postgresql.RUNS), ("SELECT 1", postgresql.ROWS),
                         (thief.fill("DO $f$ DECLARE r record; BEGIN FOR r IN <exact> LOOP RAISE NOTICE '% %', r.numerateur, r.denominateur; END LOOP; END $f$", cell), postgresql.FIGURE),
                         (thief.fill("SELECT (numerateur || '/' || denominateur)::int FROM mart.mesure WHERE <cell>", cell), postgresql.FIGURE)):
            if not thief.judged(how, thief.run([sql]), cell):
                report.broken(f"a success is not seen: {reader.name}, {sql[:80]}")
            thief.connection = thief.connection or instance.connect(owner)
        for sql, how in ((thief.fill("<exact> AND false", cell), postgresql.FIGURE), ("SELECT 1/0", postgresql.RUNS), ("SELECT NULL", postgresql.ROWS)):
            if thief.judged(how, thief.run([sql]), cell):
                report.broken(f"a refusal is not seen: {reader.name}, {sql[:80]}")
        thief.close()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("home")
    options.add_argument("accounts")
    options.add_argument("--json")
    options.add_argument("--only")
    options.add_argument("--parts", default="good,superset,postgresql,nobody,administrator,machine")
    options.add_argument("--verbose", action="store_true")
    given = options.parse_args()
    parts, began = given.parts.split(","), time.time()
    instance, report = Instance(given.home, given.accounts), Report(given.verbose)
    corpus = Corpus(instance)
    for reader in instance.readers:
        reader.session = Session(instance.base, reader.name, reader.password)
        if not reader.session.logged:
            raise SystemExit(f"{reader.name} cannot sign in")
    chosen = [one for one in instance.readers if not given.only or one.name in given.only.split(",")]
    elapsed = lambda what: print(f"      {what}: {time.time() - began:.0f} s", flush=True)
    elapsed(f"{len(instance.readers)} readers")
    seen(instance, report)
    # A session of somebody else, which must outlive all attempts to end it.
    prey = {reader.name: instance.connect(next(one for one in reversed(instance.readers) if one is not reader).secret) for reader in chosen}
    long = postgresql.LongQuestion(instance, chosen[0])
    if "postgresql" in parts:
        long.start()
    def thief(reader):
        postgresql.attack(instance, reader, prey[reader.name].get_backend_pid(), report)

    def asker(reader):
        questions.attack(instance, corpus, reader, prey[reader.name].get_backend_pid(), report, next(one for one in instance.readers if one is not reader))

    # Few at a time: a question of the dashboards that waits behind a hundred hostile ones would be cut off, and count as refused.
    with ThreadPoolExecutor(3) as many, ThreadPoolExecutor(2) as beside:
        if "good" in parts:
            answered = list(many.map(lambda reader: good(instance, corpus, reader, report), chosen))
            print(f"      {sum(answered)} questions of {len(corpus.charts)} charts answered to {len(chosen)} readers", flush=True)
            elapsed("what must be answered")
        at_postgresql = list(map(lambda reader: beside.submit(thief, reader), chosen)) if "postgresql" in parts else []
        if "superset" in parts:
            list(many.map(asker, chosen))
            elapsed("Superset")
        for one in at_postgresql:
            one.result()
        if at_postgresql:
            long.join(75)
            report(chosen[0].name, "PostgreSQL", "a question of more than a minute, its limit lifted", long.found)
            elapsed("PostgreSQL")
    if "nobody" in parts:
        questions.nobody(instance, questions.Place(instance, corpus, chosen[0], chosen[0].hidden()[0], 0), report, instance.names(None))
        elapsed("nobody")
    if "administrator" in parts:
        administration.attack(instance, corpus, report)
        elapsed("administrator")
    if "machine" in parts:
        administration.machine(instance, report)
    if "nobody" in parts:
        # Last: an address that guessed too much may be made to wait, and readers share it here.
        questions.knocking(instance, report)
    sys.exit(conclude(report, given.json))


def conclude(report, file):
    people = list(dict.fromkeys([who for who, _ in [*report.refused, *report.succeeded]]))
    places = ["Superset", "PostgreSQL", "files"]
    print("\nReader           " + "".join(f"{place + ' refused':>20}{'succeeded':>11}" for place in places))
    for who in people:
        print(f"{who:<17}" + "".join(f"{report.refused[who, place]:>20}{len(report.succeeded[who, place]):>11}" for place in places))
    total, refused = sum(map(len, report.succeeded.values())), sum(report.refused.values())
    print(f"{'all':<17}" + "".join(f"{sum(report.refused[who, place] for who in people):>20}{sum(len(report.succeeded[who, place]) for who in people):>11}" for place in places))
    print(f"{total + refused} hostile requests: {refused} refused, {total} succeeded; {Session.unanswered} without an answer in time\n")
    names = defaultdict(list)
    for (who, where), many in report.succeeded.items():
        for name, found in many:
            names[where, name].append((who, found))
    for (where, name), many in sorted(names.items()):
        print(f"SUCCEEDED {where}: {name} — {', '.join(who for who, _ in many)} — {many[0][1][:140]}")
    for (name, why), many in sorted(report.notes.items()):
        print(f"told only: {name} — {why} ({len(many)})")
    for name, status in sorted(report.fivehundred):
        print(f"{status}: {name}")
    for fault in report.faults:
        print("FAULT " + fault)
    if file:
        Path(file).write_text(json.dumps({"requests": total + refused, "refused": refused, "succeeded": total, "faults": report.faults,
                                          "readers": {who: {place: {"refused": report.refused[who, place], "succeeded": [name for name, _ in report.succeeded[who, place]]}
                                                            for place in places} for who in people}}, ensure_ascii=False, indent=1), encoding="utf-8")
    return 2 if report.faults else 1 if total else 0


if __name__ == "__main__":
    main()
