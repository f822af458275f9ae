"""Published values depend neither on the key of pseudonyms nor on feeds that hold nothing.

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


def empty_files(feeds):
    """Files with a header and no line."""
    def header(feed):
        return ";".join(re.findall(r"^ *- \{name: (\w+)", Path(f"warehouse-schema/feeds/{feed}.yaml").read_text(encoding="utf-8"), re.M))
    return {f"{feed}.csv": header(feed) + "\n" for feed in feeds}


def feeds_of_indicators():
    needed = {}
    for definition in Path("indicators/definitions").glob("*.yaml"):
        line = re.search(r"^feeds: \[(.*)\]", definition.read_text(encoding="utf-8"), re.M)
        needed[definition.stem] = set(line.group(1).split(", "))
    return needed


def main():
    cohort, tally = Cohort(sys.argv[1], sys.argv[2], Path(sys.argv[3])), Tally()
    other = cohort.without_rendez_vous.copy(cohort.folder / "autre")
    tally.check("two instances have two keys", key(cohort.calm) != key(other), "the same key twice")
    absent = {path.stem for path in Path("warehouse-schema/feeds").glob("*.yaml")} - {path.name.split(".")[0] for path in cohort.depot.iterdir()}
    assert absent, "the cohort fills every feed: nothing is missing to be loaded empty"
    # With the rendez-vous it holds what the calm one holds, under its own key, and feeds that were never loaded there: nothing changes but that
    # what now is known to be none can be counted.
    other.run(cohort.files("depot-reste", {"rendez_vous.csv": (cohort.depot / "rendez_vous.csv").read_text(encoding="utf-8"), **empty_files(absent)}))
    expected, now = rows(cohort.calm), rows(other)
    lacking = {code for code, feeds in feeds_of_indicators().items() if feeds & absent}
    new = {row.split(";")[0].split("/")[0] for row in now - expected}
    tally.check(f"another key, and empty feeds ({', '.join(sorted(absent))}): no value changes", expected <= now, len(expected - now))
    tally.check(f"and only what lacked those feeds is added ({', '.join(sorted(new))})", new <= lacking, new - lacking)
    other.stop()
    tally.end()


main()
