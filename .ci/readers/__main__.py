"""What readers wait for, in one running instance or in two compared: medians, p95, and second over first.

    HOME/superset/venv/bin/python .ci/readers HOME=ACCOUNTS[=VIGIE] [HOME=ACCOUNTS[=VIGIE]] [--rounds N] [--parts PART,PART]

ACCOUNTS: the file of accounts of `.ci/attack`, with an ARS, a DAC, a CPTS and the public. VIGIE: the command of this instance, ./vigie of this clone
when absent; the two instances may be of two commits, with the same data. PARTS, all when absent:

* connection: opening PostgreSQL as a reader, with one statement;
* alone: each question of each dashboard, asked alone, computed (nothing cached is served) and then from the cache;
* accounts: `vigie superset account`, for the thirty readers (m-…) of the next part. They are kept, with their passwords in ACCOUNTS.trente: only the
  first run makes them;
* thirty: thirty readers open one dashboard (« territoire ») at once, computed, then as pages ask once the cache was emptied, then from the cache;
  with the connections of PostgreSQL and the memory at the peak;
* start: `vigie superset start` on a Superset that runs, and on one that was stopped.

Two instances take turns, request by request (round by round for thirty readers and for starts), and the one that goes first changes every round:
figures are ratios of one interleaved run. « noise » is an instance against itself, rounds of one parity over rounds of the other: a ratio within it
says nothing. A question that is not answered is an error; with any, exits 1. It stops and starts Superset and empties its cache of figures: not on
an instance that people use. The client works on the same processors: under `thirty`, one question waits for all the others.
"""
import argparse
import os
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "attack"))
import parts  # noqa: E402
from measured import Measured  # noqa: E402
from table import Table  # noqa: E402

PARTS = ("connection", "alone", "accounts", "thirty", "start")


def busy():
    """Seconds that the processors worked, for whomever."""
    user, nice, system, idle, iowait, *rest = (int(one) for one in Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system + sum(rest[:3])) / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instances", nargs="+", metavar="HOME=ACCOUNTS[=VIGIE]")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", default=",".join(PARTS))
    asked = parser.parse_args()
    if len(asked.instances) > 2:
        parser.error("one instance, or two")
    measured = [Measured(one) for one in asked.instances]
    table = Table(measured)
    for part in asked.parts.split(","):
        before, load = time.perf_counter(), busy()
        getattr(parts, part)(measured, table, asked.rounds)
        took = time.perf_counter() - before
        print(f"    {part}: {took:.0f} s, processors {(busy() - load) / took / os.cpu_count():.0%} busy, load {os.getloadavg()[0]:.1f}", flush=True)
    for one in measured:
        print(f"{one.home}: {len(one.errors)} error(s), {one.cut} connection(s) cut and asked again")
        for problem in one.errors[:10]:
            print("   ", problem)
    sys.exit(any(one.errors for one in measured))


main()
