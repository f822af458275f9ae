"""The print of a publication depends neither on the key of pseudonyms nor on feeds that hold nothing.

Usage: check_print.py VIGIE ACCEPTANCE FOLDER; checks given the same FOLDER share the cohort that it holds.
"""
import re
import sys
from pathlib import Path

from trial import Cohort, Instance, Tally


def key(instance):
    return (instance.home / "secret" / "cle-pseudonymes").read_bytes()


def rows(instance):
    table = [line.rsplit(";", 1)[0] for line in instance.call("values", "--by", "age", "--format", "csv").splitlines()[1:]]
    assert table, "nothing to compare"
    return set(table)


def load_empty(instance, folder, feeds):
    """Files with a header and no line."""
    folder.mkdir()
    for feed in feeds:
        names = re.findall(r"^ *- \{name: (\w+)", Path(f"warehouse-schema/feeds/{feed}.yaml").read_text(encoding="utf-8"), re.M)
        (folder / f"{feed}.csv").write_text(";".join(names) + "\n", encoding="utf-8")
    instance.run(folder)


def feeds_of_indicators():
    needed = {}
    for definition in Path("indicators/definitions").glob("*.yaml"):
        line = re.search(r"^feeds: \[(.*)\]", definition.read_text(encoding="utf-8"), re.M)
        needed[definition.stem] = set(line.group(1).split(", "))
    return needed


def another_key(cohort, other, tally):
    other.run(cohort.depot)
    tally.check("two instances have two keys", key(cohort.calm) != key(other), "the same key twice")
    tally.check("another key, the same print", other.print() == cohort.expected, (cohort.expected, other.print()))


def feeds_without_a_line(cohort, other, tally):
    """Feeds that were never loaded, then are: nothing changes, but what now is known to be none can be counted."""
    loaded = {path.name.split(".")[0] for path in cohort.depot.iterdir()}
    needed = feeds_of_indicators()
    absent = {path.stem for path in Path("warehouse-schema/feeds").glob("*.yaml")} - loaded
    assert absent, "the cohort fills every feed: nothing is missing to be loaded empty"
    before = rows(other)
    load_empty(other, cohort.folder / "vides", absent)
    now = rows(other)
    lacking = {code for code, feeds in needed.items() if feeds & absent}
    new = {row.split(";")[0].split("/")[0] for row in now - before}
    tally.check(f"loaded empty changes no value ({', '.join(sorted(absent))})", before <= now, len(before - now))
    tally.check(f"and adds only what lacked it ({', '.join(sorted(new))})", new <= lacking, new - lacking)


def main():
    cohort, tally = Cohort(sys.argv[1], sys.argv[2], Path(sys.argv[3])), Tally()
    other = Instance(cohort.vigie, cohort.folder / "autre")
    another_key(cohort, other, tally)
    feeds_without_a_line(cohort, other, tally)
    other.stop()
    tally.end()


main()
