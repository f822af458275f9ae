"""No identifier of a person leaves the door: canaries in every place where a file can hold one, then every byte of the instance is read.

Usage: check_canaries.py VIGIE FOLDER, an empty folder to work in. The vault and the key (secret/) are the only places that may know, and the
vault is encrypted: it is searched too.
"""
import gzip
import io
import subprocess
import sys
import zipfile
from pathlib import Path

from trial import LIMITS, Instance, Tally

CANARY = "CANARI7Q"
WITNESS = "TEMOIN9K"  # a place, not a person: it must be found, or the search sees nothing
# The name that somebody gave to a file is what the ledger and the messages call it by: it is not content.
NAMED = f"{CANARY}.csv".encode()

IDS = [f"{CANARY}{index:04d}" for index in range(40)]
FILES = {
    "patients.csv": ["patient_id;nom;date_naissance;sexe;commune_insee;opposition"]
    + [f"{one};{CANARY}NOM;02/01/1950;F;34172;{'O' if index == 3 else ''}" for index, one in enumerate(IDS)]
    # wrong lines: the canary stands in the cell at fault, or beside it
    + [f"{CANARY}A;;{CANARY};F;34172;", f"{CANARY}B;;02/01/1950;{CANARY};34172;", f"{CANARY}C;;31/02/1950;F;{CANARY};"],
    "evenements.csv": ["evenement_id;source;patient_id;type;date_heure;finess;mode_entree;mode_sortie"]
    + [f"A{index};SIH;{one};HOSPI_ADMISSION;28/01/2026 10:00;{WITNESS};8;" for index, one in enumerate(IDS)]
    + [f"S{index};SIH;{one};HOSPI_SORTIE;02/02/2026 10:00;{WITNESS};;8" for index, one in enumerate(IDS)]
    + [f"X;SIH;{CANARY}INCONNU;HOSPI_SORTIE;02/02/2026 10:00;{WITNESS};;8", f"Y;SIH;{CANARY}D;{CANARY};02/02/2026 10:00;{WITNESS};;8"],
    "rendez_vous.csv": ["rdv_id;source;patient_id;date_heure_debut;statut;mode;profession;telephone"]
    + [f"R{index};DAC;{one};03/02/2026 09:00;HONORE;PRES;MG;{CANARY}TEL" for index, one in enumerate(IDS)],
    "declarations_mt.csv": ["patient_id;rpps;date_debut", f"{IDS[0]};10002909371;01/03/2020"],
    "communes.csv": ["code_insee;libelle;departement;region;epci", f"34172;{WITNESS};34;76;EPCI-M"],
    "orientations.csv": ["orientation_id;source;patient_id;date_emission;statut;type_demande;emetteur_type;emetteur_id;destinataire_type;destinataire_id"]
    + [f"O{index};SPICO;{one};01/02/2026;EMISE;SSIAD;CPTS;C1;DAC;D1" for index, one in enumerate(IDS)],
    # refused whole: its header is not that of a feed
    f"{CANARY}.csv": ["a;b", f"{CANARY};1"],
}


def write(depot):
    depot.mkdir(parents=True)
    for name, content in FILES.items():
        (depot / name).write_text("\r\n".join(content) + "\r\n", encoding="utf-8")


def told(instance, depot, tally):
    """All that the command says on its two outputs."""
    done = instance.attempt("run", str(depot), *LIMITS)
    tally.check("the files are loaded but for the one that is refused", done.returncode == 3, (done.returncode, done.stderr[-600:]))
    said = done.stdout + done.stderr
    for arguments in (["rejects"], ["rejects", "--format", "json"], ["status"], ["values"]):
        answer = instance.attempt(*arguments)
        said += answer.stdout + answer.stderr
    return said.encode() + workbook(instance)


def workbook(instance):
    """The parts of the values in a workbook, inflated."""
    written = subprocess.run([instance.vigie, "values", "--format", "xlsx", "--audience", "interne", "--home", str(instance.home)], capture_output=True, check=True)
    with zipfile.ZipFile(io.BytesIO(written.stdout)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def without_name(content):
    return content.replace(NAMED, b"")


def around(content):
    at = content.index(CANARY.encode())
    return content[max(0, at - 100): at + 40]


def search(home):
    """The files that hold a canary, those that hold the witness, and how many were read."""
    found, witnesses, read = [], 0, 0
    for path in sorted(home.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            content = without_name(gzip.decompress(content) if path.suffix == ".gz" else content)
            read += 1
            witnesses += WITNESS.encode() in content
            if CANARY.encode() in content:
                found.append((path.relative_to(home), around(content)))
    return found, witnesses, read


def main():
    folder, tally = Path(sys.argv[2]), Tally()
    depot, instance = folder / "depot", Instance(sys.argv[1], folder / "instance")
    write(depot)
    said = without_name(told(instance, depot, tally))
    instance.stop()
    tally.check("no canary in what was said", CANARY.encode() not in said, CANARY.encode() in said and around(said))
    found, witnesses, read = search(instance.home)
    tally.check(f"no canary in {read} files; the witness stands in {witnesses} of them", not found and witnesses >= 3, (found, witnesses))
    tally.end()


main()
