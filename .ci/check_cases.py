"""The small inputs found in use, loaded as somebody would load them, and what is right of each (docs/testing.md).

Usage: check_cases.py VIGIE CASES FOLDER, CASES the folder of the cases, FOLDER an empty one for the instances. Two cases about masks are not among them.
"""
import csv
import io
import json
import sys
from pathlib import Path

from trial import Instance, Tally

UNTIL = ("--complete-to", "2026-10-31")
AS_OF = ("--as-of", "2026-10-31T23:59")
MAPPINGS = "warehouse-schema/feeds/mappings"


class Case:
    """An instance of its own for the files of one case."""

    def __init__(self, vigie, cases, folder, number):
        self.files = next(cases.glob(f"{number}-*"))
        self.instance = Instance(vigie, folder / number)

    def run(self, *names):
        paths = [str(self.files / name) for name in names] or [str(self.files)]
        self.instance.call("run", *paths, *UNTIL, *AS_OF)

    def load(self, name, *options):
        done = self.instance.attempt("load", str(self.files / name), *UNTIL, *options, "--format", "json")
        assert done.returncode in (0, 3), done.stderr
        return json.loads(done.stdout)

    def value(self, code, period, territory="ENSEMBLE"):
        """« numérateur/dénominateur », or the status when there is no number."""
        printed = self.instance.call("values", "--indicator", code, "--territory", territory, "--period", period, "--format", "csv")
        row = next(csv.DictReader(io.StringIO(printed), delimiter=";"))
        return f"{row['numerateur']}/{row['denominateur']}" if row["numerateur"] else row["statut"]

    def funnel(self, code, period):
        printed = self.instance.call("explain", code, "--territory", "ENSEMBLE", "--period", period, "--format", "csv")
        return {f"{row['etape']} {row['motif']}".strip(): int(row["effectif"]) for row in csv.DictReader(io.StringIO(printed), delimiter=";")}

    def told(self, level):
        """« code line » of each finding of this level."""
        printed = csv.DictReader(io.StringIO(self.instance.call("rejects", "--format", "csv")), delimiter=";")
        return sorted(f"{row['code']} {row['ligne']}" for row in printed if row["niveau"] == level)


def lines(one):
    return one["lues"], one["gardees"], one["rejetees"], one["statut"]


def patients_never_received(case, check):
    case.run("evenements.csv")
    check("URG-04 2026-05 = 1", case.value("URG-04", "2026-05"), "1/")


def stay_typed_the_wrong_way_round(case, check):
    case.run()
    check("HOS-01, CAD-01, RUP-00 2026-07", [case.value(code, "2026-07") for code in ("HOS-01", "CAD-01", "RUP-00")], ["0/1", "1/1", "SO"])


def the_same_on_one_day(case, check):
    case.run()
    check("CAD-01 2026-07: out of the population, a stay of no night", [case.value("CAD-01", "2026-07"), case.funnel("CAD-01", "2026-07").get("HORS_POPULATION SEJOUR_SANS_NUIT")], ["SO", 1])
    check("HOS-01 2026-07, and no rupture in August", [case.value("HOS-01", "2026-07"), case.value("RUP-00", "2026-08")], ["0/1", "SO"])


def transfer_one_minute_early(case, check):
    case.run()
    check("HOS-01 2026-08", case.value("HOS-01", "2026-08"), "1/2")


def one_stay_of_two_sources(case, check):
    case.run()
    check("CAD-01, HOS-01 2026-03: one sortie", [case.value("CAD-01", "2026-03"), case.value("HOS-01", "2026-03")], ["1/1", "0/1"])


def codes_of_communes_that_changed(case, check):
    case.instance.call("load", "--reference")
    case.run()
    found = [case.value("URG-04", period, territory) for period, territory in
             (("2024-05", "DEPARTEMENT:12"), ("2024-05", "REGION:76"), ("2024-05", "CPTS:CPTS-CQ"), ("2026-05", "CPTS:CPTS-CQ"), ("2026-05", "DEPARTEMENT:75"))]
    check("URG-04 in the places of today", found, ["1/"] * 5)


def cleared_rows(case, check):
    check("read, kept, rejected", lines(case.load("patients.csv")[0]), (12, 12, 0, "CHARGE"))


def one_foreign_byte(case, check):
    # The byte stands in the third line of both files, the first being the header; the other lines are read in the encoding that they have.
    for name in ("territoires.csv", "communes.csv"):
        check(name, lines(case.load(name)[0]), (2, 2, 0, "CHARGE"))
    check("the line of each byte is told", case.told("A"), ["CARACTERE_ILLISIBLE 3", "ENCODAGE_MELANGE 3"])


def real_layouts(case, check):
    for mapping, name in (("finess", "etalab-cs1100502-stock-20260512-0339.csv"), ("annuaire", "PS_LibreAcces_Personne_activite_202609230000.txt"),
                          ("rdv-service-public", "participations.csv")):
        loaded = case.load(name, "--mapping", f"{MAPPINGS}/{mapping}.yaml")
        check(f"{name}: all its lines kept", [(one["statut"], one["rejetees"]) for one in loaded], [("CHARGE", 0)] * len(loaded))
    case.instance.call("refresh", *AS_OF)
    # Two participations were honoured and one was missed; one was cancelled, one is not told.
    check("CAD-04 2026-01", case.value("CAD-04", "2026-01"), "1/3")


def rejects_of_a_cycle(case, check):
    case.load("patients.csv")
    loaded = lines(case.load("rendez_vous.csv")[0])
    check("read, kept, rejected", loaded, (42, 40, 2, "CHARGE"))
    told = ["CYCLE_REPORT 42", "CYCLE_REPORT 43"]
    check("rejects after the load", case.told("E"), told)
    case.instance.call("refresh", *AS_OF)
    check("rejects after a refresh", case.told("E"), told)


CASES = {"01": patients_never_received, "04": stay_typed_the_wrong_way_round, "04b": the_same_on_one_day, "05": transfer_one_minute_early,
         "06": one_stay_of_two_sources, "07": codes_of_communes_that_changed, "08": cleared_rows, "09": one_foreign_byte, "10": real_layouts,
         "11": rejects_of_a_cycle}


def main():
    vigie, cases, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    tally = Tally()
    for number, attempt in CASES.items():
        case = Case(vigie, cases, folder, number)
        attempt(case, lambda label, found, expected: tally.check(f"{number} {label}: {expected}", found == expected, found))
        case.instance.stop()
    tally.end()


main()
