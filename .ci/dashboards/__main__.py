"""A real Superset with the dashboards of Vigie: import, figures, accounts, pages and secrecy, seen from outside.

    HOME/superset/venv/bin/python .ci/dashboards VIGIE HOME SCREENSHOTS [--all] [--only=PART,PART]

VIGIE and HOME are the command and an instance with a publication, its Superset installed and started; it is restarted twice. With --all every
reader opens every dashboard. Parts, in their order: import, charts, accounts, pages, attack. Exits 1 on a failure.
"""
import argparse
import atexit
import os
import subprocess
import sys
import tempfile
from pathlib import Path

CI = Path(__file__).resolve().parent.parent
# The questions that the dashboards ask, somebody who signs in as browsers do, and a browser.
sys.path += [str(CI / "attack"), str(CI)]
import accounts  # noqa: E402
import charts  # noqa: E402
import importing  # noqa: E402
import pages  # noqa: E402
from tried import Tried  # noqa: E402

PARTS = ["import", "charts", "accounts", "pages", "attack"]


def prepare(tried, parts):
    """Imports, and makes the readers through the API, by an administrator whom it names: an existing Superset. What follows holds of one that names nobody."""
    if "import" in parts:
        importing.refuse(tried)
    atexit.register(tried.restart)
    tried.restart(VIGIE_ADMINISTRATION="vigie-service," + tried.administrator["VIGIE_SUPERSET_USER"])
    tried.elapsed("restart")
    if "import" in parts:
        importing.over_itself(tried)
    tried.make_readers()
    atexit.unregister(tried.restart)
    tried.restart()
    tried.elapsed(f"{len(tried.readers)} accounts")
    tried.read_questions()


def attack(tried):
    handle, people = tempfile.mkstemp()
    try:
        with os.fdopen(handle, "w") as file:
            file.writelines(" / ".join([name, tried.passwords[name], role, *([territory] if territory else [])]) + "\n"
                            for name, (role, territory) in tried.readers.items() if name != "essai-ars-2")
        done = subprocess.run([sys.executable, str(CI / "attack"), str(tried.home), people], capture_output=True, text=True)
    finally:
        os.unlink(people)
    print("\n".join(line for line in done.stdout.splitlines() if not line.startswith("500: ")))
    tried.check("no hostile request succeeds, and what must be answered is", done.returncode == 0, done.stderr or f"exit {done.returncode}")
    tried.elapsed("attack")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vigie")
    parser.add_argument("home", type=Path)
    parser.add_argument("shots", type=Path, metavar="SCREENSHOTS")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", type=lambda given: given.split(","), default=PARTS)
    asked = parser.parse_args()
    tried = Tried(asked.vigie, asked.home, asked.shots, asked.all)
    prepare(tried, asked.only)
    for name, part in (("charts", charts.compare), ("accounts", accounts.live_and_end), ("pages", pages.open_all), ("attack", attack)):
        if name in asked.only:
            part(tried)
    print(f"{len(tried.failures) or 'no'} failure of the checks of Superset")
    sys.exit(bool(tried.failures))


main()
