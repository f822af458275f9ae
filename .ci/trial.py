"""What the checks share: the command on an instance, the tally of what was found, and the cohort of the acceptance, loaded once for all of them."""
import importlib
import json
import shutil
import subprocess
import sys

LIMITS = ("--complete-to", "2026-02-28", "--as-of", "2026-02-28T23:59")


class Instance:
    def __init__(self, vigie, home, before=()):
        """Before: words that the command goes after, such as `setpriv …`."""
        self.vigie, self.home, self.before = vigie, home, before

    def attempt(self, *arguments, **options):
        return subprocess.run([*self.before, self.vigie, *arguments, "--home", str(self.home)], capture_output=True, text=True, **options)

    def call(self, *arguments, **options):
        done = self.attempt(*arguments, **options)
        if done.returncode != 0:
            raise SystemExit(f"{arguments}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def run(self, depot, **options):
        return self.call("run", str(depot), *LIMITS, **options)

    def publication(self):
        return json.loads(self.call("status", "--format", "json"))["publication"]

    def print(self):
        return (self.publication() or {}).get("empreinte")

    def stop(self):
        self.attempt("stop")

    def copy(self, home):
        """The same instance in another place."""
        self.stop()
        shutil.copytree(self.home, home, symlinks=True)
        return Instance(self.vigie, home, self.before)


class Tally:
    def __init__(self):
        self.failures = 0

    def check(self, label, holds, detail=""):
        self.failures += not holds
        print(f"{'ok    ' if holds else 'ECHEC '} {label}{'' if holds else f' — {str(detail)[:600]}'}", flush=True)

    def end(self):
        sys.exit(bool(self.failures))


class Cohort:
    """The cohort of the acceptance in FOLDER, and what several checks start from: those given the same FOLDER share it.

    `calm` has loaded it once, `without_rendez_vous` all but the rendez-vous and under another key, `corrected` all and then the rendez-vous with
    one hour corrected. They are copied, never written again.
    """

    # R03 was honoured one minute late, which its corrected hour says no more.
    LATE, CORRECTED = "04/02/2026 10:01", "04/02/2026 10:00"

    def __init__(self, vigie, acceptance, folder):
        sys.path.insert(0, acceptance)
        self.vigie, self.folder, self.depot = vigie, folder, folder / "depot"
        if not self.depot.exists():
            self.depot.mkdir(parents=True)
            importlib.import_module("cohorte").cohort().write(self.depot)
        self.calm = self._made("calme", lambda instance: instance.run(self.depot))
        self.expected = self.calm.print()
        assert self.calm.call("values"), "nothing was published: two empty publications would look alike"

    @property
    def without_rendez_vous(self):
        files = {path.name: path.read_text(encoding="utf-8") for path in self.depot.iterdir() if path.name != "rendez_vous.csv"}
        return self._made("partie", lambda instance: instance.run(self.files("depot-partie", files)))

    @property
    def corrected(self):
        return self._made("corrige", lambda instance: self.calm.copy(instance.home).run(self.correction()))

    def correction(self):
        text = (self.depot / "rendez_vous.csv").read_text(encoding="utf-8")
        assert text.count(self.LATE) == 1
        return self.files("depot-corrige", {"rendez_vous-corrige.csv": text.replace(self.LATE, self.CORRECTED)})

    def files(self, name, contents):
        """A folder of that name with these files, each given as its text."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        for file, text in contents.items():
            (folder / file).write_text(text, encoding="utf-8")
        return folder

    def _made(self, name, make):
        instance = Instance(self.vigie, self.folder / name)
        if not instance.home.exists():
            make(instance)
        return instance
