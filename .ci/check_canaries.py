"""No identifier of a person leaves the door: canaries in every place where a file can hold one, then every byte of the instance is read.

Usage: check_canaries.py VIGIE FOLDER, an empty folder to work in. The vault and the key (secret/) are the only places that may know, and the
vault is encrypted: it is searched too.
"""
import gzip
import subprocess
import sys
from pathlib import Path

vigie, folder = sys.argv[1], Path(sys.argv[2])
depot, home = folder / "depot", folder / "instance"
depot.mkdir(parents=True)
CANARY = "CANARI7Q"
WITNESS = "TEMOIN9K"  # a place, not a person: it must be found, or the search sees nothing

ids = [f"{CANARY}{index:04d}" for index in range(40)]
lines = {
    "patients.csv": ["patient_id;nom;date_naissance;sexe;commune_insee;opposition"]
    + [f"{one};{CANARY}NOM;02/01/1950;F;34172;{'O' if index == 3 else ''}" for index, one in enumerate(ids)]
    # wrong lines: the canary stands in the cell at fault, or beside it
    + [f"{CANARY}A;;{CANARY};F;34172;", f"{CANARY}B;;02/01/1950;{CANARY};34172;", f"{CANARY}C;;31/02/1950;F;{CANARY};"],
    "evenements.csv": ["evenement_id;source;patient_id;type;date_heure;finess;mode_entree;mode_sortie"]
    + [f"A{index};SIH;{one};HOSPI_ADMISSION;28/01/2026 10:00;{WITNESS};8;" for index, one in enumerate(ids)]
    + [f"S{index};SIH;{one};HOSPI_SORTIE;02/02/2026 10:00;{WITNESS};;8" for index, one in enumerate(ids)]
    + [f"X;SIH;{CANARY}INCONNU;HOSPI_SORTIE;02/02/2026 10:00;{WITNESS};;8", f"Y;SIH;{CANARY}D;{CANARY};02/02/2026 10:00;{WITNESS};;8"],
    "rendez_vous.csv": ["rdv_id;source;patient_id;date_heure_debut;statut;mode;profession;telephone"]
    + [f"R{index};DAC;{one};03/02/2026 09:00;HONORE;PRES;MG;{CANARY}TEL" for index, one in enumerate(ids)],
    "declarations_mt.csv": ["patient_id;rpps;date_debut", f"{ids[0]};10002909371;01/03/2020"],
    "communes.csv": ["code_insee;libelle;departement;region;epci", f"34172;{WITNESS};34;76;EPCI-M"],
    "orientations.csv": ["orientation_id;source;patient_id;date_emission;statut;type_demande;emetteur_type;emetteur_id;destinataire_type;destinataire_id"]
    + [f"O{index};SPICO;{one};01/02/2026;EMISE;SSIAD;CPTS;C1;DAC;D1" for index, one in enumerate(ids)],
    # refused whole: its header is not that of a feed
    f"{CANARY}.csv": ["a;b", f"{CANARY};1"],
}
for name, content in lines.items():
    (depot / name).write_text("\r\n".join(content) + "\r\n", encoding="utf-8")

done = subprocess.run([vigie, "run", str(depot), "--complete-to", "2026-02-28", "--as-of", "2026-02-28T23:59", "--home", str(home)],
                      capture_output=True)
said = done.stdout + done.stderr
for more in (["rejects"], ["rejects", "--format", "json"], ["status"], ["values"], ["values", "--format", "xlsx", "--audience", "interne"]):
    answer = subprocess.run([vigie, *more, "--home", str(home)], capture_output=True)
    said += answer.stdout + answer.stderr
subprocess.run([vigie, "stop", "--home", str(home)], capture_output=True)

failures, files, witnesses = [], 0, 0
if done.returncode not in (0, 3):
    failures.append(f"run: exit {done.returncode}\n{said.decode(errors='replace')[-2000:]}")
# The name that the user gave to a file is what the ledger and the messages call it by: it is not content.
said = said.replace(f"{CANARY}.csv".encode(), b"")
if CANARY.encode() in said:
    at = said.index(CANARY.encode())
    failures.append("said on the standard output: " + said[max(0, at - 120): at + 40].decode(errors="replace"))
for path in sorted(home.rglob("*")):
    if path.is_file():
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        files += 1
        content = content.replace(f"{CANARY}.csv".encode(), b"")
        witnesses += WITNESS.encode() in content
        if CANARY.encode() in content:
            at = content.index(CANARY.encode())
            failures.append(f"{path.relative_to(home)}: …{content[max(0, at - 60): at + 30]!r}")
if witnesses < 3:
    failures.append(f"the witness was found in {witnesses} files only: the search is blind")
print("\n".join(failures) if failures else f"ok     no canary in {files} files nor in what was said; the witness stands in {witnesses} of them")
sys.exit(1 if failures else 0)
