"""kill -9 of the worker in a step, and of the control; then the same command again gives the print of an undisturbed run.

Usage: check_kills.py VIGIE ACCEPTANCE FOLDER [each | all]. Checks given the same FOLDER share the cohort that it holds. By default one
instance is killed in silver and in the facts (control) in turn, then left in peace; with « each », an instance for each layer and
for the control; with « all », one for every step.
"""
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from trial import LIMITS, Cohort, Instance, Tally

LAYERS = ("bronze", "silver", "or", "agrégation")


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


def run(instance, depot, kill_in=None, whom=worker):
    """The labels of the steps; in the first that begins with kill_in, kills and waits for both processes to be gone."""
    steps, killed = [], False
    running = subprocess.Popen([instance.vigie, "run", str(depot), *LIMITS, "--home", str(instance.home)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in running.stdout:
        if "étape " in line:
            steps.append(re.split(r"\s:\s", line, maxsplit=1)[1].strip())
            if kill_in is not None and steps[-1].startswith(kill_in) and not killed:
                for pid in whom(instance.home):
                    os.kill(pid, signal.SIGKILL)
                    killed = True
    code = running.wait()
    for _ in range(120):
        if not worker(instance.home):
            return steps, code, killed
        time.sleep(1)
    raise SystemExit("the orphaned worker does not end by itself")


def in_turn(cohort, tally):
    """Each kill finds what the one before has left."""
    instance = Instance(cohort.vigie, cohort.folder / "tue")
    for layer, whom in (("silver", worker), ("or", control)):
        _, code, killed = run(instance, cohort.depot, layer, whom)
        tally.check(f"{whom.__name__} killed in « {layer} »: the command says that it failed and publishes nothing",
                    killed and code != 0 and instance.print() is None, (killed, code))
    _, code, _ = run(instance, cohort.depot)
    tally.check("then left in peace: the print of an undisturbed run", code == 0 and instance.print() == cohort.expected, (code, instance.print(), cohort.expected))
    instance.stop()


def each(cohort, tally, every_step):
    steps, _, _ = run(Instance(cohort.vigie, cohort.folder / "etapes"), cohort.depot)
    Instance(cohort.vigie, cohort.folder / "etapes").stop()
    ends = [(step, worker) for step in (steps if every_step else LAYERS)] + [("or", control)]
    for number, (step, whom) in enumerate(ends):
        instance = Instance(cohort.vigie, cohort.folder / f"essai-{number}")
        _, code, killed = run(instance, cohort.depot, step, whom)
        _, again, _ = run(instance, cohort.depot)
        # The last step belongs to the control: there is no worker left to kill.
        right = again == 0 and instance.print() == cohort.expected and (not killed or code != 0) and (killed or step == "publication")
        tally.check(f"{whom.__name__} killed in « {step} »: exit {code}, then {again}{'' if killed else ' (nobody to kill)'}", right, instance.print())
        instance.stop()


def main():
    cohort, tally = Cohort(sys.argv[1], sys.argv[2], Path(sys.argv[3])), Tally()
    form = (sys.argv[4:] or ["in turn"])[0]
    if form == "in turn":
        in_turn(cohort, tally)
    else:
        each(cohort, tally, form == "all")
    tally.end()


main()
