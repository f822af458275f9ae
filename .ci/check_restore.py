"""A copy of an instance, restored elsewhere with its key that was kept apart, is the same instance (docs/operations.md 4), whatever its folder is named.

Usage: check_restore.py VIGIE ACCEPTANCE FOLDER; checks given the same FOLDER share the cohort that it holds.
"""
import json
import shutil
import sys
from pathlib import Path

from trial import LIMITS, Cohort, Instance, Tally

# A list of folders to Spark, a pattern to Hadoop, words of a shell to PostgreSQL.
NAME = "restauré, à 100 % de $HOME `date` \"x\" 'y' {a,b} [c] \\ #1?"
EVERYTHING = ("values", "--by", "age", "--format", "csv")


def with_database_of(instance, other, home):
    """A copy of an instance, taken while nothing ran, whose database was copied at another time."""
    restored = instance.copy(home)
    other.stop()
    shutil.rmtree(restored.home / "postgres")
    shutil.copytree(other.home / "postgres", restored.home / "postgres", symlinks=True)
    return restored


def lake_before_database(cohort, tally):
    restored = with_database_of(cohort.calm, cohort.corrected, cohort.folder / "lac-ancien")
    refused = restored.attempt("refresh", "--as-of", LIMITS[3])
    tally.check("a lake copied before its database is refused: it lacks lines that are counted", refused.returncode == 1 and "plus ancien que la base" in refused.stderr,
                (refused.returncode, refused.stderr))
    restored.stop()


def without_key(cohort, restored, tally):
    shutil.rmtree(restored.home / "secret")
    tally.check("restored elsewhere without its key, it says the same values", restored.call(*EVERYTHING) == cohort.calm.call(*EVERYTHING) and restored.print() == cohort.expected)
    refused = restored.attempt("load", str(cohort.depot), *LIMITS[:2])
    tally.check("and loads nothing", refused.returncode == 1 and "clé des pseudonymes" in refused.stderr, (refused.returncode, refused.stderr))
    doctor = restored.attempt("doctor", "--format", "csv").stdout
    tally.check("doctor says which key is missing", "\nclé;MANQUE;absente;" in doctor, doctor)


def with_key(cohort, restored, tally):
    shutil.copytree(cohort.calm.home / "secret", restored.home / "secret", dirs_exist_ok=True)
    files = json.loads(restored.call("load", str(cohort.depot), *LIMITS[:2], "--format", "json"))
    tally.check("with its key it knows every file", files and all(one["statut"] == "DEJA_CHARGE" for one in files), files)


def lake_after_database(cohort, restored, tally):
    """What arrived between the two copies is not in the database, and leaves the lake; loaded again, it counts again."""
    restored.call("refresh", "--as-of", LIMITS[3])
    tally.check("its lake goes back to what its database knows: the same publication, which is no new one",
                restored.publication()["empreinte"] == cohort.expected and restored.publication()["numero"] == 1, restored.publication())
    restored.run(cohort.correction())
    tally.check("and what came between is loaded again", restored.print() == cohort.corrected.print() != cohort.expected, (restored.print(), cohort.corrected.print()))
    restored.stop()
    tally.check("nothing is made beside its folder", [one.name for one in restored.home.parent.iterdir()] == [NAME], list(restored.home.parent.iterdir()))


def main():
    cohort, tally = Cohort(sys.argv[1], sys.argv[2], Path(sys.argv[3])), Tally()
    lake_before_database(cohort, tally)
    restored = with_database_of(cohort.corrected, cohort.calm, cohort.folder / "ailleurs" / NAME)
    without_key(cohort, restored, tally)
    with_key(cohort, restored, tally)
    lake_after_database(cohort, restored, tally)
    tally.end()


main()
