"""The print of a publication depends neither on the key of pseudonyms nor on feeds that hold nothing.

Usage: check_print.py VIGIE ACCEPTANCE FOLDER, an empty folder to work in.
"""
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

vigie, acceptance, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
sys.path.insert(0, acceptance)
depot = folder / "depot"
depot.mkdir(parents=True)
importlib.import_module("cohorte").cohort().write(depot)


def call(home, *arguments):
    done = subprocess.run([vigie, *arguments, "--home", str(home)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def published(home):
    return json.loads(call(home, "status", "--format", "json"))["publication"]


failures = 0


def check(label, holds, detail):
    global failures
    failures += not holds
    print(f"{'ok    ' if holds else 'ECHEC '} {label}{'' if holds else f' — {detail}'}", flush=True)


LIMITS = ("--complete-to", "2026-02-28", "--as-of", "2026-02-28T23:59")
one, other = folder / "un", folder / "autre"
prints, keys = [], []
for home in (one, other):
    call(home, "run", str(depot), *LIMITS)
    prints.append(published(home)["empreinte"])
    keys.append((home / "secret" / "cle-pseudonymes").read_bytes())
assert call(one, "values"), "nothing was published: two empty publications would look alike"
check("two instances have two keys", keys[0] != keys[1], "the same key twice")
check("another key, the same print", prints[0] == prints[1], prints)

# Feeds that were never loaded, then loaded with a header and no line: nothing changes, but what now is known to be none can be counted.
loaded = {path.name.split(".")[0] for path in depot.iterdir()}
needed = {}
for definition in Path("indicators/definitions").glob("*.yaml"):
    line = re.search(r"^feeds: \[(.*)\]", definition.read_text(encoding="utf-8"), re.M)
    needed[definition.stem] = set(line.group(1).split(", "))


def load_empty(feeds):
    empty = folder / "-".join(sorted(feeds))
    empty.mkdir()
    for feed in feeds:
        names = re.findall(r"^ *- \{name: (\w+)", Path(f"warehouse-schema/feeds/{feed}.yaml").read_text(encoding="utf-8"), re.M)
        (empty / f"{feed}.csv").write_text(";".join(names) + "\n", encoding="utf-8")
    call(other, "run", str(empty), *LIMITS)
    return published(other)


def rows():
    table = [line.rsplit(";", 1)[0] for line in call(other, "values", "--by", "age", "--format", "csv").splitlines()[1:]]
    assert table, "nothing to compare"
    return set(table)


absent = {path.stem for path in Path("warehouse-schema/feeds").glob("*.yaml")} - loaded
useless = absent - set().union(*needed.values())
assert useless and absent - useless, "the cohort fills too many feeds: nothing is missing to be loaded empty"
after = load_empty(useless)
check(f"loaded empty is never loaded ({', '.join(sorted(useless))})", after["empreinte"] == prints[0], (prints[0], after["empreinte"]))
check("and makes no new publication", after["numero"] == 1, after["numero"])
before = rows()
load_empty(absent - useless)
now = rows()
lacking = {code for code, feeds in needed.items() if feeds & absent}
new = {row.split(";")[0].split("/")[0] for row in now - before}
check(f"loaded empty changes no value ({', '.join(sorted(absent - useless))})", before <= now, len(before - now))
check(f"and adds only what lacked it ({', '.join(sorted(new))})", new <= lacking, new - lacking)
for home in (one, other):
    call(home, "stop")
sys.exit(1 if failures else 0)
