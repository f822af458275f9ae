"""kill -9 of the worker in a step, and of the control; then the same command again gives the print of an undisturbed run.

Usage: check_kills.py VIGIE ACCEPTANCE FOLDER [all]. By default one step of three layers, and the control once; with « all », every step.
"""
import importlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

vigie, acceptance, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
everything = sys.argv[4:] == ["all"]
sys.path.insert(0, acceptance)
depot = folder / "depot"
depot.mkdir(parents=True)
importlib.import_module("cohorte").cohort().write(depot)


def command(home):
    return [vigie, "run", str(depot), "--complete-to", "2026-02-28", "--as-of", "2026-02-28T23:59", "--home", str(home)]


def processes(*words):
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if "java" in line and all(word in line for word in words):
                found.append(int(entry.name))
    return found


def worker(home):
    return processes("SparkSubmit", str(home))


def control(home):
    return [pid for pid in processes(str(home)) if pid not in worker(home)]


def run(home, kill_at=None, whom=worker):
    """The labels of the steps; at the one that kill_at names, kills and waits for both processes to be gone."""
    steps, killed = [], False
    run = subprocess.Popen(command(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in run.stdout:
        if "étape " in line:
            steps.append(re.split(r"\s:\s", line, maxsplit=1)[1].strip())
            if steps[-1] == kill_at and not killed:
                for pid in whom(home):
                    os.kill(pid, signal.SIGKILL)
                    killed = True
    code = run.wait()
    for _ in range(120):
        if not worker(home):
            return steps, code, killed
        time.sleep(1)
    raise SystemExit("the orphaned worker does not end by itself")


def published(home):
    status = json.loads(subprocess.run([vigie, "status", "--format", "json", "--home", str(home)],
                                       capture_output=True, text=True, check=True).stdout)
    return (status["publication"] or {}).get("empreinte")


def stop(home):
    subprocess.run([vigie, "stop", "--home", str(home)], capture_output=True)


calm = folder / "calme"
steps, code, _ = run(calm)
expected = published(calm)
stop(calm)
print(f"undisturbed: {len(steps)} steps, print {expected[:12]}, exit {code}")
some = [next(step for step in steps if step.startswith(layer)) for layer in ("bronze", "silver", "or", "agrégation")]
ends = [(step, worker) for step in (steps if everything else some)] + [(some[2], control)]
failures = 0
for number, (step, whom) in enumerate(ends):
    home = folder / f"essai-{number}"
    _, code, killed = run(home, step, whom)
    _, again, _ = run(home)
    same = published(home) == expected
    # The last step belongs to the control: there is no worker left to kill.
    right = same and again == 0 and (not killed or code != 0) and (killed or step == "publication")
    failures += not right
    print(f"{'ok    ' if right else 'ECHEC '} {whom.__name__} killed in « {step} »: exit {code}, then {again}, "
          f"{'same print' if same else 'another print'}{'' if killed else ' (nobody to kill)'}", flush=True)
    stop(home)
sys.exit(1 if failures else 0)
