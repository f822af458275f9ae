"""An instance that lives for years: what one more day costs, at the start and after years of fifty files a day.

Usage: simulate_years.py VIGIE FOLDER [--years 0,1,3,5,5.5] [--files 50] [--lines 5] [--command 365]

Draws the files of every day (five feeds, a few lines each, corrections of earlier lines among them), brings the days between two measures by as few
commands as `--command` days allow, then measures the load of one more day and a refresh: time (of the clock, and of processors, which says the same on
a busy machine), of their longest steps, memory of both processes, size of the request, files and bytes of the lake and of PostgreSQL, rows of the
ledger, time of the lists.
"""
import argparse
import datetime
import json
import os
import random
import shutil
import subprocess
import threading
import time
from pathlib import Path

FIRST_DAY = datetime.date(2021, 1, 1)
PERSONS = 2000
COMMUNES = ("31555", "31149", "81004")
HEADERS = {
    "patients": "patient_id;date_naissance;sexe;commune_insee;source;date_maj",
    "declarations_mt": "patient_id;rpps;date_debut;source;date_maj",
    "rendez_vous": "rdv_id;source;patient_id;date_heure_debut;date_heure_prise;statut;mode;profession;date_maj",
    "evenements": "evenement_id;source;patient_id;type;date_heure;date_heure_fin;finess;mode_entree;mode_sortie;date_maj",
    "orientations": "orientation_id;source;patient_id;type_demande;date_emission;date_reponse;statut;emetteur_type;emetteur_id;"
                    "destinataire_type;destinataire_id;urgence;date_maj",
}
# Of fifty files a day.
SHARES = ("rendez_vous",) * 20 + ("evenements",) * 15 + ("orientations",) * 8 + ("patients",) * 5 + ("declarations_mt",) * 2


def line(feed, day, number, draw):
    person = f"P{draw.randrange(PERSONS):05d}"
    at = f"{day} {draw.randrange(8, 19):02d}:{draw.randrange(0, 60):02d}"
    # One in ten tells again, as it is known now, what a former day told: an identifier of before.
    told = number if draw.random() > 0.1 else draw.randrange(number + 1)
    key, source = f"{feed[:3].upper()}{told}", f"S{told % 40:02d}"
    if feed == "patients":
        return f"{person};19{30 + int(person[1:]) % 60}-05-1{int(person[1:]) % 10};{'FM'[int(person[1:]) % 2]};{draw.choice(COMMUNES)};DAC;{day}"
    if feed == "declarations_mt":
        return f"{person};10003456786;{day};DAC;{day}"
    if feed == "rendez_vous":
        return f"{key};{source};{person};{at};{day} 07:00;{draw.choice(('HONORE', 'HONORE', 'NON_HONORE'))};PRES;MG;{day}"
    if feed == "evenements":
        return f"{key};{source};{person};URG_PASSAGE;{at};;310781406;8;8;{day}"
    return f"{key};SPICO;{person};SSIAD;{at};;EMISE;DAC;D1;CPTS;C1;NORMALE;{day}"


def write_days(folder, first, days, files, lines):
    """The days from `first` on, as files of their own names: nothing is ever the same twice."""
    folder.mkdir(parents=True)
    for index in range(first, first + days):
        day = FIRST_DAY + datetime.timedelta(days=index)
        draw = random.Random(index)
        for number in range(files):
            feed = SHARES[number * len(SHARES) // files]
            rows = [line(feed, day, (index * files + number) * lines + row, draw) for row in range(lines)]
            (folder / f"{feed}-{day}-{number:03d}.csv").write_text(HEADERS[feed] + "\n" + "\n".join(dict.fromkeys(rows)) + "\n", encoding="utf-8")
    return FIRST_DAY + datetime.timedelta(days=first + days - 1)


def descendants(pid):
    try:
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return children + [below for child in children for below in descendants(child)]


class Watch(threading.Thread):
    """The highest memory of the control and of the worker, and the size of what one hands to the other."""

    def __init__(self, pid, home):
        super().__init__(daemon=True)
        self.pid, self.home, self.ended = pid, home, False
        self.most = dict.fromkeys(("control_mb", "worker_mb", "request_kb", "livraisons_kb"), 0)

    def see(self, what, size):
        self.most[what] = max(self.most[what], size)

    def run(self):
        while not self.ended:
            for pid in [self.pid, *descendants(self.pid)]:
                try:
                    words = Path(f"/proc/{pid}/cmdline").read_text()
                    name = "worker" if "SparkSubmit" in words else "control" if "fr.vigie.batch.cli.Vigie" in words else None
                    if name:
                        self.see(f"{name}_mb", int(Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]) // 1024)
                except (OSError, IndexError):
                    pass
            for name in ("request.yaml", "livraisons.csv"):
                for file in (self.home / "runs").glob(f"*/{name}"):
                    try:
                        self.see(f"{name.split('.')[0]}_kb", round(file.stat().st_size / 1000, 1))
                    except OSError:
                        pass
            time.sleep(0.3)


class Call:
    """One command: its seconds, those of its steps, those of processors (its own and its worker's), and what it took."""

    def __init__(self, vigie, home, *arguments):
        start = time.monotonic()
        process = subprocess.Popen([vigie, *arguments, "--home", str(home)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        watch = Watch(process.pid, home)
        watch.start()
        told = []
        listener = threading.Thread(target=lambda: told.extend((time.monotonic(), line) for line in process.stderr))
        listener.start()
        self.out = process.stdout.read()
        listener.join()
        _, status, used = os.wait4(process.pid, 0)
        end = time.monotonic()
        watch.ended = True
        if status != 0:
            raise SystemExit(f"{arguments}: status {status}\n{''.join(line for _, line in told)[-3000:]}")
        self.seconds, self.cpu, self.most = end - start, used.ru_utime + used.ru_stime, watch.most
        self.steps = self.durations(told, start, end)

    @staticmethod
    def durations(told, start, end):
        marks = [(start, "before")]
        for at, line in told:
            if line.startswith(("lecture", "étape")):
                label = "lecture" if line.startswith("lecture") else line.split("\u00a0: ", 1)[1].strip()
                if label != marks[-1][1]:
                    marks.append((at, label))
        seconds = {}
        for (at, label), (until, _) in zip(marks, [*marks[1:], (end, "")]):
            seconds[label] = seconds.get(label, 0) + until - at
        return {label: round(value, 1) for label, value in seconds.items() if value >= 1}

    def told(self, name):
        return {f"{name}_s": round(self.seconds), f"{name}_cpu_s": round(self.cpu), **{f"{name}_{what}": size for what, size in self.most.items()}}


def inside(folder):
    files = [os.stat(os.path.join(root, name)).st_size for root, _, names in os.walk(folder) for name in names]
    return len(files), sum(files)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vigie")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--years", default="0,1,3,5,5.5")
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--lines", type=int, default=5)
    parser.add_argument("--command", type=int, default=365)
    asked = parser.parse_args()
    home, depot = asked.folder / "home", asked.folder / "depot"
    shutil.rmtree(asked.folder, ignore_errors=True)
    asked.folder.mkdir(parents=True)

    (asked.folder / "communes.csv").write_text(
        "code_insee;libelle;departement;region;epci;population\n31555;Toulouse;31;76;243100518;500000\n"
        "31149;Colomiers;31;76;243100518;40000\n81004;Albi;81;76;248100737;50000\n", encoding="utf-8")
    Call(asked.vigie, home, "load", str(asked.folder / "communes.csv"))
    done = 0

    def load(days):
        nonlocal done
        last = write_days(depot, done, days, asked.files, asked.lines)
        taken = Call(asked.vigie, home, "load", str(depot), "--complete-to", str(last), "--format", "csv")
        shutil.rmtree(depot)
        done += days
        return last, taken

    load(1)
    for year in asked.years.split(","):
        while done < float(year) * 365:
            days = min(asked.command, round(float(year) * 365) - done)
            _, taken = load(days)
            print(f"  {days} days at once, {days * asked.files} files: {taken.seconds:.0f} s, {json.dumps(taken.told('load'))} {taken.steps}", flush=True)
        last, taken = load(1)
        again = Call(asked.vigie, home, "refresh", "--as-of", f"{last}T23:59")
        lists = {name: Call(asked.vigie, home, *name.split(), "--format", "csv") for name in ("status", "rejects", "source list")}
        point = {"years": year, **taken.told("load"), **again.told("refresh")}
        for name, listed in lists.items():
            point |= {f"{name}_s": round(listed.seconds, 1), f"{name}_rows": listed.out.count("\n") - 1}
        for name in ("lake/bronze", "lake/silver", "lake", "postgres"):
            files, size = inside(home / name)
            point |= {f"{name}_files": files, f"{name}_mb": round(size / 1e6, 1)}
        print(json.dumps(point), flush=True)
        print(f"  load {taken.steps}\n  refresh {again.steps}", flush=True)
    Call(asked.vigie, home, "stop")


main()
