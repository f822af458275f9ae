"""HOS-01 on the real stays of MIMIC-III, against a count made here from the raw file. Usage: check_sejours.py VIGIE FOLDER HOME.

The count follows domaine 0.9 bis (HOS-01) from the raw columns: it knows neither the mapping nor the engine. The file's dates are shifted by
the source; the mapping brings them back by 180 years, which changes no difference of days.
"""
import csv
import io
import subprocess
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

vigie, folder, home = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
HOME = {"HOME", "HOME HEALTH CARE", "HOME WITH HOME IV PROVIDR", "HOSPICE-HOME", "ICF", "LEFT AGAINST MEDICAL ADVI"}


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S") if text else None


stays, deaths = defaultdict(list), defaultdict(list)
for row in csv.DictReader(open(folder / "ADMISSIONS.csv", encoding="utf-8")):
    stays[row["subject_id"]].append(row)
    if row["deathtime"]:
        deaths[row["subject_id"]].append(moment(row["deathtime"]).date())
for row in csv.DictReader(open(folder / "PATIENTS.csv", encoding="utf-8")):
    if row["dod"]:
        deaths[row["subject_id"]].append(moment(row["dod"]).date())


def is_transfer_in(row):
    return row["admission_location"].startswith("TRANSFER FROM")


def is_transfer_out(row):
    return row["discharge_location"] not in HOME and row["discharge_location"] != "DEAD/EXPIRED"


def first_of_episode(row, others):
    while is_transfer_in(row):
        entered = moment(row["admittime"])
        before = [one for one in others if one is not row and is_transfer_out(one) and moment(one["admittime"]) < entered
                  and abs(entered - moment(one["dischtime"])) <= timedelta(days=1)]
        if not before:
            break
        row = min(before, key=lambda one: abs(entered - moment(one["dischtime"])))
    return row


def count(window):
    numerator = denominator = 0
    for person, rows in stays.items():
        for row in rows:
            if row["discharge_location"] not in HOME or row["admission_type"] == "NEWBORN" or is_transfer_in(first_of_episode(row, rows)):
                continue
            day = moment(row["dischtime"]).date()
            returns = [(moment(one["admittime"]).date() - day).days for one in rows
                       if one is not row and one["admission_type"] in ("EMERGENCY", "URGENT") and not is_transfer_in(one)]
            comes_back = any(1 <= days <= window for days in returns)
            dies = any((death - day).days < window for death in deaths[person])
            if dies and not comes_back:
                continue
            denominator += 1
            numerator += comes_back
    return numerator, denominator


done = subprocess.run(
    [vigie, "run", str(folder), "--mapping", "warehouse-schema/feeds/mappings/mimic3.yaml", "--complete-to", "2026-10-31",
     "--as-of", "2026-10-31T23:59", "--depth", "110", "--home", home], capture_output=True, text=True)
if done.returncode != 0:
    raise SystemExit(f"run: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
failures = 0
for code, window in (("HOS-01", 30), ("HOS-01/7j", 7)):
    values = subprocess.run([vigie, "values", "--indicator", code, "--territory", "ENSEMBLE", "--format", "csv", "--home", home],
                            capture_output=True, text=True, check=True).stdout
    years = [row for row in csv.DictReader(io.StringIO(values), delimiter=";") if len(row["periode"]) == 4]
    published = sum(int(row["numerateur"]) for row in years), sum(int(row["denominateur"]) for row in years)
    same = published == count(window) and published[0] > 0
    failures += not same
    print(f"{'ok    ' if same else 'ECHEC '} {code} : published {published}, counted {count(window)}")
sys.exit(1 if failures else 0)
