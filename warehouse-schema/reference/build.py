#!/usr/bin/env python3
"""Make the reference files of this folder from their public sources. Python 3.11 or later, no dependency.

    build.py PACKAGES [--demonstration CONTOURS FINESS] [--output FOLDER]

PACKAGES  folder of the npm package @etalab/decoupage-administratif unpacked once for each millésime (PACKAGES/2021/package … PACKAGES/2026/package)
CONTOURS  folder of the commune contours, communes-*.geojson.gz, of the thirteen départements of Occitanie
FINESS    finess_occitanie2.csv.gz, the FINESS establishments of Occitanie

Without --demonstration, only the official geography is made.

The same inputs give the same bytes: rows are sorted, the gzip header holds neither name nor time, and no clock or random number is read.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import math
import re
import sys
from pathlib import Path

MILLESIMES = ["2021", "2022", "2023", "2024", "2025", "2026"]
MILLESIME = MILLESIMES[-1]
REGION = "76"
CPTS = "604"
EMERGENCY = ("14", "14")
MEDICINE = ("01", "01")

MENTION = (
    "Composition ILLUSTRATIVE : les CPTS sont réelles, mais leurs communes sont attribuées au siège le plus proche "
    "et ne sont pas leur périmètre conventionnel."
)

# A commune farther from every seat is in a white zone, on purpose: « hors CPTS » must be seen.
REACH_KM = 35.0
# The second seat at most this much farther than the first one: the commune belongs to both.
OVERLAP_KM = 0.05
# ... and a little farther still: it passes from the second to the first on 1 January 2026, to show a dated composition.
MOVED_KM = 0.08
NEAR_KM = 6.0
FIRST_DAY = "01/01/2020"
LAST_DAY_BEFORE_MOVE = "31/12/2025"
MOVE_DAY = "01/01/2026"

# domaine 3.3; six uninhabited codes (984xx, 98901) of the COG are outside of it.
COMMUNE = re.compile(r"^(0[1-9]|[1-8]\d|9[0-5]|2[AB])\d{3}$|^97[1-8]\d{2}$|^98[6-8]\d{2}$")

# Codes renumbered in 1968 (Seine, Seine-et-Oise, part of Ain and Isère) and 1976 (Corse): no data that is read bears them, and they are postal codes
# today. 75012 was Boulogne-Billancourt; whoever writes it lives in Paris.
RENUMBERED = {("75", "9"), ("78", "9"), ("01", "6"), ("38", "6"), ("20", "2")}

DEPARTEMENTS = {
    "09": "de l’Ariège", "11": "de l’Aude", "12": "de l’Aveyron", "30": "du Gard", "31": "de la Haute-Garonne",
    "32": "du Gers", "34": "de l’Hérault", "46": "du Lot", "48": "de la Lozère", "65": "des Hautes-Pyrénées",
    "66": "des Pyrénées-Orientales", "81": "du Tarn", "82": "de Tarn-et-Garonne",
}

# FINESS writes in capitals without accents: these words get theirs back.
WORDS = {
    "ARIEGE": "Ariège", "PYRENEES": "Pyrénées", "CABARDES": "Cabardès", "HERAULT": "Hérault", "CEZE": "Cèze",
    "CHATAIGNE": "Châtaigne", "CEVENOLE": "Cévenole", "CEVENNE": "Cévenne", "CEVENNES": "Cévennes",
    "COTIERES": "Côtières", "COEUR": "Cœur", "TENAREZE": "Ténarèze", "BERANGE": "Bérange", "LOZERE": "Lozère",
    "MEDITERRANEE": "Méditerranée", "VALLEE": "Vallée", "VALLEES": "Vallées", "ARGELES": "Argelès", "COTE": "Côte",
    "SEGALA": "Ségala", "NIMES": "Nîmes", "ALES": "Alès", "MERE": "Mère", "HOPITAL": "Hôpital", "HOPITAUX": "Hôpitaux",
    "BEZIERS": "Béziers", "SETE": "Sète", "CAREMEAU": "Carémeau", "MILLENAIRE": "Millénaire", "CERE": "Céré",
    "MEDIPOLE": "Médipôle", "PLANCARD": "Plancard", "EMILE": "Émile", "MEDICO": "Médico", "CL": "Clinique",
    "POLYCL": "Polyclinique", "ST": "Saint", "MTP": "Montpellier", "PRIVE": "Privé", "PARE": "Paré",
}
SMALL = {"DE", "DU", "DES", "LA", "LE", "LES", "ET", "EN", "ENTRE", "AU", "AUX", "SUR"}
NAME_STARTS = {"LA", "LE", "LES", "ENTRE"}
ACRONYMS = {"CPTS", "CH", "CHU", "CHI", "CHIC", "CMC", "CHIVA", "II", "III", "HBT"}

# Names that FINESS abbreviates, misspells or leaves to be guessed.
NAMES = {
    "090005257": "CPTS Pyrénées Cathares",
    "110009529": "CPTS du Cabardès",
    "110009909": "CPTS de la Moyenne et Haute Vallée de l’Aude",
    "120009303": "CPTS POSAVI",
    "300020492": "CPTS REGARDS (Est Gard)",
    "300020617": "CPTS Nemausa",
    "300020989": "CPTS Entre Cèze et Gardon en Cévennes",
    "300021029": "CPTS Côtières en Camargue",
    "300021037": "CPTS E-Rhôny",
    "300022217": "CPTS Aigoual Cévenne",
    "310034590": "CPTS Nougaro XIII-XV",
    "310035233": "CPTS du Nord-Est toulousain",
    "310037593": "CPTS Constellation des Hauts-Tolosans",
    "320005689": "CPTS du Sud-Est gersois",
    "320006109": "CPTS du Bassin d’Auch",
    "340028166": "CPTS du Pays de Lunel (APSL)",
    "340030477": "CPTS Montpellier Sud et Ouest",
    "340030204": "CPTS Montpellier Nord et Grand Pic Saint-Loup",
    "480004076": "CPTS Terre des Sources Lozer’Est",
    "650007131": "CPTS Lourdes, Argelès et Vallées des Gaves",
    "660012261": "CPTS Agly Pyrénées Corbières Méditerranée",
    "820011302": "CPTS Quercy Gorges de l’Aveyron",
    "090000175": "CHIVA, site de Saint-Jean-de-Verges",
    "090000183": "CH Ariège Couserans, site de Saint-Lizier",
    "110000049": "CH Jean-Pierre Cassabel, Castelnaudary",
    "110780483": "Polyclinique Montréal, Carcassonne",
    "110780228": "Hôpital privé du Grand Narbonne",
    "120000039": "CH de Rodez, hôpital Jacques-Puel",
    "120000054": "CH de Villefranche-de-Rouergue, site de la Chartreuse",
    "120000070": "CH Pierre-Delpech, Decazeville",
    "120004668": "CH Émile-Borel, Saint-Affrique",
    "300000031": "CH Louis-Pasteur, Bagnols-sur-Cèze",
    "300782117": "CHU de Nîmes, Carémeau",
    "310000310": "CH Comminges Pyrénées, Saint-Gaudens",
    "310016977": "CHU de Toulouse, hôpitaux Mère et Enfants",
    "310026927": "Clinique de la Croix du Sud, Quint-Fonsegrives",
    "310780283": "Clinique de l’Union, Saint-Jean",
    "310781000": "Clinique des Cèdres, Cornebarrieu",
    "310783048": "CHU de Toulouse, hôpital Purpan",
    "310783055": "CHU de Toulouse, hôpital de Rangueil",
    "320000086": "CH d’Auch en Gascogne",
    "340000223": "Hôpital Saint-Clair, Sète (Hôpitaux du Bassin de Thau)",
    "340022979": "Polyclinique Saint-Roch, Montpellier",
    "340780436": "Hôpital Saint-Loup, Agde (Hôpitaux du Bassin de Thau)",
    "340780667": "Clinique du Parc, Castelnau-le-Lez",
    "340782085": "CHU de Montpellier, hôpital Gui-de-Chauliac",
    "340785161": "CHU de Montpellier, hôpital Lapeyronie",
    "460000045": "CH de Figeac, site Martin-Malvy",
    "460000052": "CH Saint-Jacques, Saint-Céré",
    "460000102": "CH Jean-Coulon, Gourdon",
    "460000110": "CH Jean-Rougier, Cahors",
    "480000017": "Hôpital Lozère, Mende",
    "650000045": "CH Tarbes-Lourdes, site de Lourdes",
    "650000417": "CH Tarbes-Lourdes, site de Tarbes",
    "650784218": "Hôpitaux de Lannemezan",
    "660000084": "CH de Perpignan",
    "660780784": "Clinique Saint-Pierre, Perpignan",
    "810000224": "Clinique Claude-Bernard, Albi",
    "810000505": "CH d’Albi",
    "810000521": "CHIC Castres-Mazamet, site du Pays d’Autan",
    "810000562": "CH de Lavaur, site Guiraud",
    "110000023": "CH de Carcassonne",
    "110000056": "CH de Narbonne",
    "120004569": "CH de Millau",
    "320000102": "CH de Condom",
    "340000033": "CH de Béziers",
    "340015502": "Clinique du Millénaire, Montpellier",
    "820000032": "CH de Montauban",
    "820000057": "Clinique du Pont de Chaume, Montauban",
}


def luhn(number: str) -> bool:
    total = 0
    for position, character in enumerate(reversed(number)):
        digit = int(character)
        if position % 2:
            digit = digit * 2 - (9 if digit > 4 else 0)
        total += digit
    return total % 10 == 0


def readable(finess: str, name: str) -> str:
    """A name in capitals, as a French reader would write it."""
    if finess in NAMES:
        return NAMES[finess]
    words = []
    for index, word in enumerate(name.replace("'", "’").split()):
        apostrophe = word.find("’")
        if apostrophe > 0:
            words.append(word[:apostrophe].lower() + "’" + spelled(word[apostrophe + 1 :]))
        elif index and word in SMALL and not (index == 1 and word in NAME_STARTS):
            words.append(word.lower())
        else:
            words.append("-".join(spelled(part) for part in word.split("-")))
    return " ".join(words).replace("Saint ", "Saint-")


def spelled(word: str) -> str:
    if word in ACRONYMS:
        return word
    return WORDS.get(word, word.capitalize())


def ring_moments(ring: list) -> tuple[float, float, float]:
    """Signed area and first moments of a ring, in degrees with the longitude shrunk: good to a few metres over a commune."""
    area = east = north = 0.0
    origin_x, origin_y = ring[0]
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        x1, y1, x2, y2 = x1 - origin_x, y1 - origin_y, x2 - origin_x, y2 - origin_y
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        east += (x1 + x2) * cross / 6
        north += (y1 + y2) * cross / 6
    return area, east + origin_x * area, north + origin_y * area


def moments(geometry: dict) -> tuple[float, float, float]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    total = [0.0, 0.0, 0.0]
    for polygon in polygons:
        for index, ring in enumerate(polygon):
            values = ring_moments(ring)
            sign = math.copysign(1.0, values[0]) * (1 if index == 0 else -1)
            for axis in range(3):
                total[axis] += sign * values[axis]
    return total[0], total[1], total[2]


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    longitude_a, latitude_a, longitude_b, latitude_b = (math.radians(v) for v in (*a, *b))
    half = math.sin((latitude_b - latitude_a) / 2) ** 2
    half += math.cos(latitude_a) * math.cos(latitude_b) * math.sin((longitude_b - longitude_a) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def centroids(contours: Path, communes: list[dict], current: dict[str, dict], epci_of: dict[str, str], report: dict):
    """The point of each current commune of the region: its own old contours merged, else a neighbour of the same EPCI."""
    successor = {}
    for commune in communes:
        if commune["type"] in ("commune-deleguee", "commune-associee"):
            successor.setdefault(commune["code"], commune["chefLieu"])
    for commune in communes:
        for old in commune.get("anciensCodes", []):
            successor.setdefault(old, commune["code"])
    sums: dict[str, list[float]] = {}
    names, own = {}, set()
    files = sorted(contours.glob("communes-*.geojson.gz"))
    if len(files) != len(DEPARTEMENTS):
        sys.exit(f"{contours}: {len(files)} contour files, {len(DEPARTEMENTS)} expected, one per département of the region")
    for path in files:
        for feature in json.loads(gzip.decompress(path.read_bytes()))["features"]:
            code = feature["properties"]["code"]
            names[code] = feature["properties"]["nom"]
            today = code if code in current else successor.get(code)
            report["contours"] = report.get("contours", 0) + 1
            if today is None:
                report["contours without successor"] = report.get("contours without successor", 0) + 1
                continue
            if today != code:
                report["contours of vanished communes, merged"] = report.get("contours of vanished communes, merged", 0) + 1
            else:
                own.add(code)
            row = sums.setdefault(today, [0.0, 0.0, 0.0])
            for axis, value in enumerate(moments(feature["geometry"])):
                row[axis] += value
    points = {code: (row[1] / row[0], row[2] / row[0]) for code, row in sums.items()}
    here = sorted(code for code, commune in current.items() if commune["region"] == REGION)
    report["communes without a contour of their code"] = sum(code not in own for code in here)
    missing = [code for code in here if code not in points]
    for code in missing:
        neighbours = sorted(c for c in points if epci_of.get(c) and epci_of.get(c) == epci_of.get(code))
        if neighbours:
            points[code] = points[min(neighbours, key=lambda c: (abs(int(c) - int(code)), c))]
            report["communes placed on a neighbour"] = report.get("communes placed on a neighbour", 0) + 1
    return {code: points[code] for code in here if code in points}


def attribution(points: dict, seats: list[tuple[str, tuple[float, float], str]], report: dict) -> list[tuple]:
    """The nearest seat within reach, the seat's own commune always, and a few overlaps and moves."""
    rows = set()
    seated: dict[str, list[str]] = {}
    for finess, _, commune in seats:
        seated.setdefault(commune, []).append(finess)
    counts = {"in one CPTS": 0, "in several CPTS": 0, "outside": 0, "moved": 0}
    for code, point in sorted(points.items()):
        if code in seated:
            for finess in seated[code]:
                rows.add((finess, code, FIRST_DAY, ""))
            counts["in several CPTS" if len(seated[code]) > 1 else "in one CPTS"] += 1
            continue
        (first_km, first), (second_km, second) = sorted((kilometres(point, seat), finess) for finess, seat, _ in seats)[:2]
        if first_km > REACH_KM:
            counts["outside"] += 1
            continue
        gap = second_km - first_km
        if gap <= OVERLAP_KM and first_km > NEAR_KM:
            rows.update({(first, code, FIRST_DAY, ""), (second, code, FIRST_DAY, "")})
            counts["in several CPTS"] += 1
        elif gap <= MOVED_KM and first_km > NEAR_KM:
            rows.update({(second, code, FIRST_DAY, LAST_DAY_BEFORE_MOVE), (first, code, MOVE_DAY, "")})
            counts["moved"] += 1
        else:
            rows.add((first, code, FIRST_DAY, ""))
            counts["in one CPTS"] += 1
    report["communes"] = counts
    return sorted(rows)


def write(path: Path, header: list[str], rows) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    data = text.getvalue().encode("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        buffer = io.BytesIO()
        with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=9, mtime=0) as archive:
            archive.write(data)
        data = buffer.getvalue()
    path.write_bytes(data)
    print(f"{path.name}: {count} rows, {len(data)} bytes", file=sys.stderr)


def bearer(communes: list[dict]) -> dict[str, dict]:
    """The commune that a code falls in, in one millésime: itself, or the one that took in its commune or arrondissement."""
    current = {c["code"]: c for c in communes if c["type"] == "commune-actuelle"}
    into = {}
    for commune in communes:
        for old in commune.get("anciensCodes", []):
            into[old] = commune["code"]
    for commune in communes:
        if commune["type"] != "commune-actuelle":
            into[commune["code"]] = commune.get("chefLieu") or commune["commune"]
    return {
        code: current[today]
        for code, today in {**into, **{c: c for c in current}}.items()
        if COMMUNE.match(code) and (code[:2] == today[:2] or (code[:2], today[0]) not in RENUMBERED)
    }


def movements(vintages: dict[str, list[dict]]) -> list[tuple]:
    """Each change of the commune that a code falls in, on 1 January of the millésime that shows it.

    A code gone before the first millésime moves on that one's day: the date is « at the latest ».
    A commune that gives back a part of itself has one row for each part, its own included, so that whoever reads its code sees that there are several.
    """
    rows = set()
    before: dict[str, dict] = {}
    bearers = {millesime: bearer(communes) for millesime, communes in vintages.items()}
    for millesime, communes in vintages.items():
        day = f"01/01/{millesime}"
        now = bearers[millesime]
        after = bearers.get(str(int(millesime) + 1), now)
        arrondissements = {c["code"] for c in communes if c["type"] == "arrondissement-municipal"}
        label = {c["code"]: c["nom"] for c in communes}
        if not before:
            before = {code: {"code": code, "nom": label.get(code, "")} for code in now}
        was_current = {code for code, commune in before.items() if commune["code"] == code}
        for code, commune in now.items():
            former = before.get(code)
            if former is None:
                continue
            if code not in was_current and commune["code"] != code and code in after and after[code]["code"] == former["code"]:
                now[code] = former  # a slip of one package (2.3.1 has six), which the next one takes back
                continue
            kind = "ARM" if code in arrondissements else "COM"
            if former["code"] != commune["code"]:
                if commune["code"] != code:
                    rows.add((day, kind, code, former["nom"], commune["code"], commune["nom"]))
                elif former["code"] in now and former["code"] in was_current:
                    # the commune that held this one gives it back
                    for part in {code, now[former["code"]]["code"]}:
                        rows.add((day, "COM", former["code"], former["nom"], part, now[part]["nom"]))
        before = now
    return sorted(rows, key=lambda row: (row[0][6:], row[2], row[4]))


def postal_codes(communes: list[dict], current: dict[str, dict]) -> list[tuple]:
    """One row for a postal code and a name of place: communes, and those they took in, under the codes of the commune that took them."""
    rows = set()
    for commune in communes:
        code = commune["code"] if commune["type"] == "commune-actuelle" else commune.get("chefLieu") or commune["commune"]
        if code in current:
            for postal in commune.get("codesPostaux") or current[code].get("codesPostaux", []):
                rows.add((postal, code, commune["nom"]))
    return sorted(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path)
    parser.add_argument("--demonstration", type=Path, nargs=2, metavar=("CONTOURS", "FINESS"))
    parser.add_argument("--output", type=Path, default=Path(__file__).parent)
    arguments = parser.parse_args()
    communes, current, epci_of = geography(arguments.packages, arguments.output)
    if arguments.demonstration:
        demonstration(communes, current, epci_of, *arguments.demonstration, arguments.output / "demonstration")


def geography(packages: Path, output: Path) -> tuple[list[dict], dict[str, dict], dict[str, str]]:
    def data(millesime: str, name: str):
        return json.loads((packages / millesime / "package" / "data" / f"{name}.json").read_text("utf-8"))

    vintages = {millesime: data(millesime, "communes") for millesime in MILLESIMES}
    communes = vintages[MILLESIME]
    epci, departements, regions = (data(MILLESIME, name) for name in ("epci", "departements", "regions"))
    current = {c["code"]: c for c in communes if c["type"] == "commune-actuelle" and COMMUNE.match(c["code"])}
    epci_of = {member["code"]: group["code"] for group in epci for member in group["membres"]}
    write(
        output / "communes.csv.gz",
        ["code_insee", "libelle", "departement", "region", "epci", "population", "millesime"],
        (
            (code, c["nom"], c["departement"], c["region"], epci_of.get(code, ""), c.get("population", 0), MILLESIME)
            for code, c in sorted(current.items())
        ),
    )
    kept = {c["departement"] for c in current.values()}
    names = [(r["code"], "REGION", r["nom"]) for r in regions if any(c["region"] == r["code"] for c in current.values())]
    names += [(d["code"], "DEPARTEMENT", d["nom"]) for d in departements if d["code"] in kept]
    names += [(e["code"], "EPCI", e["nom"]) for e in epci]
    names = [(code, kind, " ".join(name.replace("'", "’").split())) for code, kind, name in names]
    write(output / "territoires.csv.gz", ["territoire_id", "type", "libelle"], sorted(names, key=lambda n: (n[1], n[0])))
    write(
        output / "communes_mouvements.csv.gz",
        ["date_eff", "typecom_av", "com_av", "libelle_av", "com_ap", "libelle_ap"],
        movements(vintages),
    )
    write(output / "codes_postaux.csv.gz", ["code_postal", "code_insee", "libelle"], postal_codes(communes, current))
    return communes, current, epci_of


def demonstration(
    communes: list[dict], current: dict[str, dict], epci_of: dict[str, str], contours: Path, finess_file: Path, folder: Path
) -> None:
    report: dict = {}
    activities: dict[str, set] = {}
    establishments: dict[str, dict] = {}
    with gzip.open(finess_file, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            finess = row["numero finess etablissement"]
            establishments[finess] = row
            activities.setdefault(finess, set()).add((row["activite"], row["forme"]))
    wrong = [f for f in establishments if not luhn(f)]
    report["FINESS with a wrong key"] = len(wrong)

    seats = []
    for finess, row in sorted(establishments.items()):
        if row["categetab"] == CPTS:
            if finess in wrong or row["code_insee"] not in current:
                sys.exit(f"CPTS {finess}: wrong key or unknown commune {row['code_insee']}")
            seats.append((finess, (float(row["longitude"]), float(row["latitude"])), row["code_insee"]))
    labels = {finess: readable(finess, establishments[finess]["raison_sociale"]) for finess, _, _ in seats}
    if len(set(labels.values())) != len(labels):
        sys.exit("two CPTS have the same name")
    points = centroids(contours, communes, current, epci_of, report)
    memberships = attribution(points, seats, report)

    write(folder / "territoires.csv.gz", ["territoire_id", "type", "libelle"], ((f, "CPTS", labels[f]) for f, _, _ in seats))
    write(folder / "territoires_communes.csv.gz", ["territoire_id", "code_insee", "date_debut", "date_fin"], memberships)
    dispositifs = [(f, "CPTS", labels[f], f, "BASSIN_DE_VIE", f) for f, _, _ in seats]
    dispositifs += [(f"DAC-{d}", "DAC", f"DAC {name}", "", "DEPARTEMENT", d) for d, name in sorted(DEPARTEMENTS.items())]
    write(folder / "dispositifs.csv", ["dispositif_id", "type", "libelle", "finess", "echelle", "territoire_id"], dispositifs)

    hospitals = []
    for finess, row in sorted(establishments.items()):
        does = activities[finess]
        public = row["categetab"] in ("355", "101")
        private = row["categetab"] == "365" and len(does) >= 8
        if (public or private) and EMERGENCY in does and MEDICINE in does:
            name = readable(finess, row["raison_sociale"])
            hospitals.append((finess, finess, row["nofinessej_1"], name, row["categetab"], row["code_insee"]))
            if not luhn(row["nofinessej_1"]) or row["code_insee"] not in current:
                sys.exit(f"structure {finess}: wrong key or unknown commune")
    header = ["structure_id", "finess_et", "finess_ej", "libelle", "categorie", "commune_insee"]
    write(folder / "structures.csv", header, hospitals)
    print(json.dumps(report, ensure_ascii=False, indent=2), file=sys.stderr)


if __name__ == "__main__":
    main()
