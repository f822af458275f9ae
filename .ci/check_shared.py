"""One program that belongs to root, two instances of somebody who may write nothing in it: they run at once, on another disk, from a folder that is not theirs.

Usage, as root: check_shared.py VIGIE ACCEPTANCE FOLDER; checks given the same FOLDER share the cohort that it holds. The program is copied, with its
build, and closed to writing; dates of the copy are those of the moment, as a careless copy gives them.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from trial import Cohort, Instance, Tally

NOBODY = 65534
MEMORY = Path("/dev/shm")


def install(root, program):
    """What runs, read by all and written by its owner alone."""
    for name in ("vigie", "pom.xml", "indicators", "warehouse-schema", "dashboards", "pipelines", "intake", "demonstration", "batch-jobs", "target"):
        if (root / name).is_dir():
            shutil.copytree(root / name, program / name, symlinks=True, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("test*", "surefire*", "failsafe*", "*.jsa"))
        elif (root / name).exists():
            shutil.copyfile(root / name, program / name)
    (program / "vigie").chmod(0o755)
    subprocess.run(["chmod", "-R", "a+rX,a-w", str(program)], check=True)


def inventory(folder):
    return {str(path.relative_to(folder)): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in folder.rglob("*")}


def main():
    cohort, tally = Cohort(sys.argv[1], sys.argv[2], Path(sys.argv[3])), Tally()
    root = Path(sys.argv[1]).resolve().parent
    base = Path(tempfile.mkdtemp(prefix="vigie-partage"))
    disk = Path(tempfile.mkdtemp(prefix="vigie", dir=MEMORY))
    base.chmod(0o755)
    try:
        program, elsewhere, depot = base / "programme", base / "ailleurs", base / "depot"
        program.mkdir()
        install(root, program)
        elsewhere.mkdir(mode=0o755)
        shutil.copytree(cohort.depot, depot)
        subprocess.run(["chmod", "-R", "a+rX", str(depot)], check=True)
        os.chown(disk, NOBODY, NOBODY)
        tally.check("the instances are on another disk than the program", os.stat(disk).st_dev != os.stat(program).st_dev)
        before = inventory(program)
        # An account of service: no folder of its own.
        become = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "env", "HOME=/nonexistent")
        homes = [Instance(str(program / "vigie"), disk / name, become) for name in ("un", "deux")]
        with ThreadPoolExecutor() as together:
            ended = list(together.map(lambda one: one.attempt("run", str(depot), "--complete-to", "2026-02-28", "--as-of", "2026-02-28T23:59", cwd=elsewhere), homes))
        tally.check("both instances run", all(one.returncode == 0 for one in ended), [one.stderr[-600:] for one in ended])
        tally.check("and publish what the owner of the program publishes", [one.print() for one in homes] == [cohort.expected] * 2)
        again = homes[0].attempt("withdraw", "rendez_vous.csv", cwd=elsewhere)
        tally.check("again, with what the first run has left", again.returncode == 0, again.stderr[-600:])
        tally.check("nothing is written in the program", inventory(program) == before, {name for name in set(inventory(program)) ^ set(before)})
        tally.check("nor where the command was typed", list(elsewhere.iterdir()) == [], list(elsewhere.iterdir()))
        for one in homes:
            one.stop()
        closed = base / "fermee"
        closed.mkdir(mode=0o700)
        for command in ("stop", "doctor", "status"):
            refused = Instance(str(program / "vigie"), closed, become).attempt(command)
            tally.check(f"{command} on an instance that is closed to this account says so", refused.returncode == 1 and "fermée à ce compte" in refused.stderr, refused.stderr)
        unbuilt = Instance(str(program / "vigie"), disk / "trois", become)
        (program / "target/vigie.construit").unlink()
        refused = unbuilt.attempt("status")
        tally.check("a program that is not built says who builds it", refused.returncode == 1 and "propriétaire" in refused.stderr, refused.stderr)
    finally:
        shutil.rmtree(disk, ignore_errors=True)
        shutil.rmtree(base, ignore_errors=True)
    tally.end()


main()
