"""Withdrawing a file gives what never loading it gives; a corrected file changes only what it corrects.

Usage: check_withdraw.py VIGIE ACCEPTANCE FOLDER.
"""
import csv
import importlib
import io
import json
import subprocess
import sys
from pathlib import Path

vigie, acceptance, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
sys.path.insert(0, acceptance)
world = importlib.import_module("cohorte").cohort()
part, whole, corrected = (folder / name for name in ("partie", "tout", "corrige"))
for depot in (part, whole, corrected):
    depot.mkdir(parents=True)
world.write(whole)
for path in whole.iterdir():
    if path.name != "rendez_vous.csv":
        (part / path.name).write_bytes(path.read_bytes())
# R03 was honoured one minute late: its hour is corrected.
late = (whole / "rendez_vous.csv").read_text(encoding="utf-8")
assert late.count("04/02/2026 10:01") == 1
(corrected / "rendez_vous-corrige.csv").write_text(late.replace("04/02/2026 10:01", "04/02/2026 10:00"), encoding="utf-8")


def call(home, *arguments):
    done = subprocess.run([vigie, *arguments, "--home", str(home)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def run(home, depot):
    call(home, "run", str(depot), "--complete-to", "2026-02-28", "--as-of", "2026-02-28T23:59")


def published(home):
    return json.loads(call(home, "status", "--format", "json"))["publication"]["empreinte"]


def february(home):
    rows = csv.DictReader(io.StringIO(call(home, "values", "--indicator", "CAD-01/*", "--period", "2026-02", "--territory", "ENSEMBLE",
                                           "--format", "csv")), delimiter=";")
    return {row["indicateur"]: (row["numerateur"], row["denominateur"]) for row in rows}


failures = 0


def check(label, holds, detail):
    global failures
    failures += not holds
    print(f"{'ok    ' if holds else 'ECHEC '} {label}{'' if holds else f' — {detail}'}", flush=True)


never, taken = folder / "jamais", folder / "retire"
run(never, part)
run(taken, whole)
before = february(taken)
run(taken, corrected)
after = february(taken)
# The corrected line says 48 h: it now counts wherever the bound is inclusive, and nowhere else.
expected = {code: (str(int(n) + (code in ("CAD-01", "CAD-01/B", "CAD-01/C", "CAD-01/age-strict", "CAD-01/risque-echec"))), d)
            for code, (n, d) in before.items()}
check("a corrected file changes only what it corrects", after == expected, (before, after))
call(taken, "withdraw", "rendez_vous-corrige.csv")
bronze = taken / "lake" / "bronze" / "rendez_vous"
held = list(bronze.glob("_livraison=*/*.parquet"))
call(taken, "withdraw", "rendez_vous.csv")
left = list(bronze.glob("_livraison=*/*.parquet"))
check("its lines left the files of bronze", held and not left, (len(held), left))
call(taken, "refresh", "--as-of", "2026-02-28T23:59")
call(never, "refresh", "--as-of", "2026-02-28T23:59")
# Delta's log names the files of the older versions.
dead = set()
for table in (taken / "lake" / "gold").iterdir():
    for entry in sorted((table / "_delta_log").glob("*.json")) if table.is_dir() else []:
        for line in entry.read_text(encoding="utf-8").splitlines():
            action = json.loads(line)
            if "remove" in action:
                dead.add(table / action["remove"]["path"])
left = [path for path in dead if path.exists()]
check("older versions of the facts are gone", dead and not left, (len(dead), left))
# The feed was once loaded there and never here: what the values say is the same.
check("withdrawn is never loaded", published(taken) == published(never), (published(taken), published(never)))
for home in (never, taken):
    call(home, "stop")
sys.exit(1 if failures else 0)
