"""A copy of an instance, restored elsewhere with its key that was kept apart, is the same instance (docs/operations.md 4).

Usage: check_restore.py VIGIE ACCEPTANCE FOLDER; checks given the same FOLDER share the cohort that it holds.
"""
import json
import shutil
import sys
from pathlib import Path

from trial import LIMITS, Cohort, Instance, Tally

EVERYTHING = ("values", "--by", "age", "--format", "csv")


def restore_without_key(cohort, tally):
    """What was copied while nothing ran; its key stays behind."""
    calm = cohort.calm
    expected = calm.call(*EVERYTHING)
    restored = calm.copy(cohort.folder / "restaure")
    shutil.rmtree(restored.home / "secret")
    tally.check("restored elsewhere without its key, it says the same values", restored.call(*EVERYTHING) == expected and restored.print() == cohort.expected)
    refused = restored.attempt("load", str(cohort.depot), *LIMITS[:2])
    tally.check("and loads nothing", refused.returncode == 1 and "clé des pseudonymes" in refused.stderr, (refused.returncode, refused.stderr))
    doctor = restored.attempt("doctor", "--format", "csv").stdout
    tally.check("doctor says which key is missing", "\nclé;MANQUE;absente;" in doctor, doctor)
    return restored


def put_the_key_back(cohort, restored, tally):
    shutil.copytree(cohort.calm.home / "secret", restored.home / "secret", dirs_exist_ok=True)
    files = json.loads(restored.call("load", str(cohort.depot), *LIMITS[:2], "--format", "json"))
    tally.check("with its key it knows every file", files and all(one["statut"] == "DEJA_CHARGE" for one in files), files)
    restored.call("refresh", "--as-of", LIMITS[3], "--full")
    tally.check("and computes the same publication, which is no new one", restored.publication()["empreinte"] == cohort.expected and restored.publication()["numero"] == 1,
                restored.publication())
    restored.stop()


def lake_and_database_apart(cohort, tally):
    """A lake older than its database is refused. A database copied before its lake: what arrived between the two is not in it, and leaves the lake; loaded again, it counts again."""
    text = (cohort.depot / "rendez_vous.csv").read_text(encoding="utf-8")
    more = cohort.folder / "entre-les-deux"
    more.mkdir()
    (more / "rendez_vous-corrige.csv").write_text(text.replace("04/02/2026 10:01", "04/02/2026 10:00"), encoding="utf-8")
    later = cohort.calm.copy(cohort.folder / "plus-tard")
    later.run(more)
    after = later.print()
    later.stop()
    older = later.copy(cohort.folder / "lac-ancien")
    shutil.rmtree(older.home / "lake")
    shutil.copytree(cohort.calm.home / "lake", older.home / "lake")
    refused = older.attempt("refresh", "--as-of", LIMITS[3])
    tally.check("a lake copied before its database is refused: it lacks lines that are counted", refused.returncode == 1 and "plus ancien que la base" in refused.stderr,
                (refused.returncode, refused.stderr))
    older.stop()
    shutil.rmtree(later.home / "postgres")
    shutil.copytree(cohort.calm.home / "postgres", later.home / "postgres", symlinks=True)
    later.call("refresh", "--as-of", LIMITS[3])
    tally.check("a lake copied after its database goes back to what the database knows", after != cohort.expected and later.print() == cohort.expected, (later.print(), cohort.expected))
    later.run(more)
    tally.check("and what came between is loaded again", later.print() == after, (later.print(), after))
    later.stop()


def main():
    cohort, tally = Cohort(sys.argv[1], sys.argv[2], Path(sys.argv[3])), Tally()
    restored = restore_without_key(cohort, tally)
    put_the_key_back(cohort, restored, tally)
    lake_and_database_apart(cohort, tally)
    tally.end()


main()
