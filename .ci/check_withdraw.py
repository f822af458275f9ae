"""Withdrawing a file gives what never loading it gives; a corrected file changes only what it corrects.

Usage: check_withdraw.py VIGIE ACCEPTANCE FOLDER; checks given the same FOLDER share the cohort that it holds.
"""
import csv
import io
import json
import sys
from pathlib import Path

from trial import Cohort, Instance, Tally

# The corrected line says 48 h: it then counts wherever the bound is inclusive, and nowhere else.
INCLUSIVE = ("CAD-01", "CAD-01/B", "CAD-01/C", "CAD-01/age-strict", "CAD-01/risque-echec")


def february(instance):
    rows = csv.DictReader(io.StringIO(instance.call("values", "--indicator", "CAD-01/*", "--period", "2026-02", "--territory", "ENSEMBLE", "--format", "csv")), delimiter=";")
    return {row["indicateur"]: (row["numerateur"], row["denominateur"]) for row in rows}


def correct(cohort, tally):
    before, after = february(cohort.calm), february(cohort.corrected)
    expected = {code: (str(int(n) + (code in INCLUSIVE)), d) for code, (n, d) in before.items()}
    tally.check("a corrected file changes only what it corrects", before and after == expected, (before, after))


def withdraw(taken, tally):
    bronze = taken.home / "lake" / "bronze" / "rendez_vous"
    lines = lambda: [path for path in bronze.rglob("*.parquet") if "_delta_log" not in path.parts]
    held = lines()
    taken.call("withdraw", "rendez_vous.csv")
    left = lines()
    tally.check("its lines left the files of bronze", held and not left, (len(held), left))


def older_versions(taken, tally):
    # Delta's log names the files that a table is made of.
    left, named = 0, 0
    for table in (taken.home / "lake" / "silver").iterdir():
        if not table.is_dir():
            continue
        actions = [json.loads(line) for entry in sorted((table / "_delta_log").glob("*.json")) for line in entry.read_text(encoding="utf-8").splitlines()]
        live = {action["add"]["path"] for action in actions if "add" in action} - {action["remove"]["path"] for action in actions if "remove" in action}
        named += len(live)
        left += len({path.name for path in table.glob("*.parquet")} - live)
    tally.check("of silver no file is left but those of today", named and not left, (named, left))
    layers = sorted(path.name for path in (taken.home / "lake").iterdir() if path.is_dir())
    tally.check("facts and cells left nothing", layers == ["bronze", "quarantine", "silver"], layers)


def main():
    cohort, tally = Cohort(sys.argv[1], sys.argv[2], Path(sys.argv[3])), Tally()
    correct(cohort, tally)
    taken = cohort.calm.copy(cohort.folder / "retire")
    withdraw(taken, tally)
    taken.call("refresh", "--as-of", "2026-02-28T23:59")
    older_versions(taken, tally)
    # There under another key, and the feed was once loaded here and never there: what the values say is the same.
    never = cohort.without_rendez_vous
    tally.check("withdrawn is never loaded", taken.print() == never.print(), (taken.print(), never.print()))
    never.stop()
    taken.stop()
    tally.end()


main()
