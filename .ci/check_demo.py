"""What `vigie demo` must have published, seen from the command only. Usage: check_demo.py VIGIE HOME."""
import csv
import html.parser
import io
import json
import subprocess
import sys
from pathlib import Path

vigie, home = sys.argv[1], sys.argv[2]
failures = []


def call(*arguments):
    done = subprocess.run([vigie, *arguments, "--home", home], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def check(label, holds, detail=""):
    print(("ok    " if holds else "ECHEC ") + label + ("" if holds else f" — {detail}"))
    if not holds:
        failures.append(label)


status = json.loads(call("status", "--format", "json"))
files = status["fichiers"]
check("one publication", status["publication"] and status["publication"]["numero"] == 1, status["publication"])
check("no file refused", all(one["statut"] == "CHARGE" for one in files), [one for one in files if one["statut"] != "CHARGE"])
check("lines read = kept + rejected", all(one["lues"] == one["gardees"] + one["rejetees"] for one in files))
check("dirty lines were rejected", sum(one["rejetees"] for one in files) > 100)

values = list(csv.DictReader(io.StringIO(call("values", "--format", "csv")), delimiter=";"))
codes = {"CAD-01", "CAD-02", "CAD-03", "CAD-04", "HOS-01", "MT-01", "MT-02", "MT-03", "MT-08",
         "ORI-01", "ORI-02", "ORI-03", "ORI-04", "ORI-05", "RUP-00", "TLC-01", "URG-01", "URG-04"}
check("every indicator is published", codes <= {row["indicateur"] for row in values})
departements = {row["territoire_code"] for row in values if row["territoire_type"] == "DEPARTEMENT"}
occitanie = {"09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82"}
check("the 13 départements of Occitanie", occitanie <= departements, occitanie - departements)
check("CPTS and the row of those without", {"HORS_CPTS"} < {row["territoire_code"] for row in values if row["territoire_type"] == "CPTS"})


def year(code, place="ENSEMBLE"):
    found = [row for row in values if row["indicateur"] == code and row["territoire_type"] == place and row["periode"] == "2025"]
    return int(found[0]["numerateur"]), int(found[0]["denominateur"] or 0)


for code, low, high in (("CAD-01", 25, 75), ("CAD-04", 2, 8), ("HOS-01", 5, 20), ("MT-01", 5, 20), ("URG-01", 0.5, 20)):
    numerator, denominator = year(code)
    share = 100 * numerator / denominator
    check(f"{code} of 2025 is plausible ({numerator}/{denominator} = {share:.1f} %)", low < share < high)

# Every official reading of the whole year has facts, and no proportion is stuck at one end.
counts = {"ORI-05", "RUP-00", "URG-04"}
for code in sorted(codes):
    found = [row for row in values if row["indicateur"] == code and row["territoire_type"] == "ENSEMBLE" and row["periode"] == "2025"]
    numerator = int(found[0]["numerateur"] or 0) if found else 0
    denominator = int(found[0]["denominateur"] or 0) if found else 0
    check(f"{code} of 2025 counts something and is neither none nor all ({numerator}/{denominator})",
          numerator > 0 and (code in counts or numerator < denominator))

rules = [f"RUP-0{number}" for number in range(1, 8)]
by_rule = {row["ventilation"].removeprefix("regle="): int(row["numerateur"] or 0)
           for row in csv.DictReader(io.StringIO(call("values", "--indicator", "RUP-00", "--by", "regle", "--period", "2025",
                                                      "--territory", "ENSEMBLE", "--format", "csv")), delimiter=";")
           if row["ventilation"]}
whole = sum(by_rule.values())
check(f"the seven rules of rupture are detected in 2025, none of them alone ({by_rule})",
      sorted(by_rule) == rules and all(0 < by_rule[rule] < 0.7 * whole for rule in rules))
check("RUP-00: the year is the sum of its rules", whole == year("RUP-00")[0], (whole, by_rule))

months = [row for row in values if row["indicateur"] == "CAD-04" and row["territoire_type"] == "ENSEMBLE" and row["periode"].startswith("2025-")
          and len(row["periode"]) == 7 and row["periode"][5] not in "TS"]
check("CAD-04: the year is the sum of its months",
      (sum(int(row["numerateur"]) for row in months), sum(int(row["denominateur"]) for row in months)) == year("CAD-04"))

page = (Path(home) / "demonstration.html").read_text(encoding="utf-8")
html.parser.HTMLParser().feed(page)
check("the page is self-contained and says that it is illustrative", "http-equiv" in page and "<svg" in page and "illustrati" in page)
for caption in ("RUP-00 par règle et par trimestre", "MT-01 par âge", "MT-02 par pathologie", "Étapes de CAD-01", "Étapes de ORI-01",
                "Faits encore en cours d’observation ou indéterminés"):
    check(f"the page holds the table « {caption} »", f"<caption>{caption}" in page)
check("each rule has its line on the page", all(f">{rule} " in page for rule in rules))
print(f"{'no' if not failures else len(failures)} failure of the demonstration's checks")
sys.exit(1 if failures else 0)
