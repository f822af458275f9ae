"""What `vigie demo` must have published, seen from the command only. Usage: check_demo.py VIGIE HOME."""
import csv
import html.parser
import io
import json
import sys
from pathlib import Path

from trial import Instance, Tally

CODES = {"CAD-01", "CAD-02", "CAD-03", "CAD-04", "HOS-01", "MT-01", "MT-02", "MT-03", "MT-08",
         "ORI-01", "ORI-02", "ORI-03", "ORI-04", "ORI-05", "RUP-00", "TLC-01", "URG-01", "URG-04"}
COUNTS = {"ORI-05", "RUP-00", "URG-04"}
RULES = [f"RUP-0{number}" for number in range(1, 8)]
DEPARTEMENTS = {"09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82"}
# In percents, wide: what is drawn must look like a territory and not like a fault.
PLAUSIBLE = (("CAD-01", 25, 75), ("CAD-04", 2, 8), ("HOS-01", 5, 20), ("MT-01", 5, 20), ("URG-01", 0.5, 20))
CAPTIONS = ("RUP-00 par règle et par trimestre", "MT-01 par âge", "MT-02 par pathologie", "Étapes de CAD-01", "Étapes de ORI-01",
            "Faits encore en cours d’observation ou indéterminés")


class Values:
    """What `values` prints of the whole publication."""

    def __init__(self, instance):
        self.rows = read(instance)

    def territories(self, level):
        return {row["territoire_code"] for row in self.rows if row["territoire_type"] == level}

    def of_everybody(self, code):
        return [row for row in self.rows if row["indicateur"] == code and row["territoire_type"] == "ENSEMBLE"]

    def year(self, code):
        """Numerator and denominator of 2025; 0 where there is none."""
        return next((counted(row) for row in self.of_everybody(code) if row["periode"] == "2025"), (0, 0))

    def months(self, code):
        rows = [row for row in self.of_everybody(code) if row["periode"].startswith("2025-") and row["periode"][5:].isdigit()]
        return tuple(sum(each) for each in zip(*map(counted, rows)))


def read(instance, *arguments):
    return list(csv.DictReader(io.StringIO(instance.call("values", *arguments, "--format", "csv")), delimiter=";"))


def counted(row):
    return int(row["numerateur"] or 0), int(row["denominateur"] or 0)


def check_files(instance, tally):
    status = json.loads(instance.call("status", "--format", "json"))
    files, publication = status["fichiers"], status["publication"]
    tally.check("one publication", publication and publication["numero"] == 1, publication)
    tally.check("no file refused", files and all(one["statut"] == "CHARGE" for one in files), [one for one in files if one["statut"] != "CHARGE"])
    tally.check("lines read = kept + rejected", all(one["lues"] == one["gardees"] + one["rejetees"] for one in files))
    tally.check("dirty lines were rejected", sum(one["rejetees"] for one in files) > 100)


def check_territories(values, tally):
    departements = values.territories("DEPARTEMENT")
    tally.check("the 13 départements of Occitanie", DEPARTEMENTS <= departements, DEPARTEMENTS - departements)
    tally.check("CPTS and the row of those without", {"HORS_CPTS"} < values.territories("CPTS"))


def check_indicators(values, tally):
    tally.check("every indicator is published", CODES <= {row["indicateur"] for row in values.rows})
    for code, low, high in PLAUSIBLE:
        numerator, denominator = values.year(code)
        tally.check(f"{code} of 2025 is plausible ({numerator}/{denominator})", low < 100 * numerator / max(1, denominator) < high)
    for code in sorted(CODES):
        numerator, denominator = values.year(code)
        tally.check(f"{code} of 2025 counts something and is neither none nor all ({numerator}/{denominator})",
                    numerator > 0 and (code in COUNTS or numerator < denominator))
    tally.check("CAD-04: the year is the sum of its months", values.months("CAD-04") == values.year("CAD-04"))


def check_ruptures(instance, values, tally):
    rows = read(instance, "--indicator", "RUP-00", "--by", "regle", "--period", "2025", "--territory", "ENSEMBLE")
    by_rule = {row["ventilation"].removeprefix("regle="): counted(row)[0] for row in rows if row["ventilation"]}
    whole = sum(by_rule.values())
    tally.check(f"the seven rules of rupture are detected in 2025, none of them alone ({by_rule})",
                sorted(by_rule) == RULES and all(0 < by_rule[rule] < 0.7 * whole for rule in RULES))
    tally.check("RUP-00: the year is the sum of its rules", whole == values.year("RUP-00")[0], (whole, by_rule))


def check_page(page, tally):
    html.parser.HTMLParser().feed(page)
    tally.check("the page is self-contained and says that it is illustrative", "http-equiv" in page and "<svg" in page and "illustrati" in page)
    for caption in CAPTIONS:
        tally.check(f"the page holds the table « {caption} »", f"<caption>{caption}" in page)
    tally.check("each rule has its line on the page", all(f">{rule} " in page for rule in RULES))


def main():
    instance, tally = Instance(sys.argv[1], Path(sys.argv[2])), Tally()
    check_files(instance, tally)
    values = Values(instance)
    check_territories(values, tally)
    check_indicators(values, tally)
    check_ruptures(instance, values, tally)
    check_page((instance.home / "demonstration.html").read_text(encoding="utf-8"), tally)
    tally.end()


main()
