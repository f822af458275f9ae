"""HOS-01 on the real stays of MIMIC-III, against a count made here from the raw file. Usage: check_sejours.py VIGIE FOLDER HOME.

The count follows domaine 0.9 bis (HOS-01) from the raw columns: it knows neither the mapping nor the engine. The file's dates are shifted by
the source; the mapping brings them back by 180 years, which changes no difference of days.
"""
import csv
import io
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

from trial import Instance, Tally

HOME = {"HOME", "HOME HEALTH CARE", "HOME WITH HOME IV PROVIDR", "HOSPICE-HOME", "ICF", "LEFT AGAINST MEDICAL ADVI"}


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S") if text else None


def read(folder):
    """The stays and the days of death of each person."""
    stays, deaths = defaultdict(list), defaultdict(list)
    with open(folder / "ADMISSIONS.csv", encoding="utf-8") as admissions:
        for row in csv.DictReader(admissions):
            stays[row["subject_id"]].append(row)
            if row["deathtime"]:
                deaths[row["subject_id"]].append(moment(row["deathtime"]).date())
    with open(folder / "PATIENTS.csv", encoding="utf-8") as patients:
        for row in csv.DictReader(patients):
            if row["dod"]:
                deaths[row["subject_id"]].append(moment(row["dod"]).date())
    return stays, deaths


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


def count(stays, deaths, window):
    """Numerator and denominator of the readmissions within so many days."""
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


def published(instance, code):
    values = instance.call("values", "--indicator", code, "--territory", "ENSEMBLE", "--format", "csv")
    years = [row for row in csv.DictReader(io.StringIO(values), delimiter=";") if len(row["periode"]) == 4]
    return sum(int(row["numerateur"]) for row in years), sum(int(row["denominateur"]) for row in years)


def main():
    folder, tally = Path(sys.argv[2]), Tally()
    instance = Instance(sys.argv[1], Path(sys.argv[3]))
    instance.call("run", str(folder), "--mapping", "warehouse-schema/feeds/mappings/mimic3.yaml", "--complete-to", "2026-10-31",
                  "--as-of", "2026-10-31T23:59", "--depth", "110")
    stays, deaths = read(folder)
    for code, window in (("HOS-01", 30), ("HOS-01/7j", 7)):
        expected = count(stays, deaths, window)
        tally.check(f"{code}: {expected}, counted in the raw file", published(instance, code) == expected and expected[0] > 0, published(instance, code))
    instance.stop()
    tally.end()


main()
