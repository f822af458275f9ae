"""The parts of the measure, each over both instances in turns."""
import statistics

from measured import THIRTY

ALONE = ("ars", "dac", "cpts", "public")


def turns(measured, number):
    """The instances, in the order of this round."""
    return list(enumerate(measured)) if number % 2 == 0 else list(enumerate(measured))[::-1]


def connection(measured, table, rounds):
    series = [[] for _ in measured]
    for number in range(rounds * 20):
        for place, one in turns(measured, number):
            series[place].append([one.open_connection(reader.secret) for reader in chosen(one)])
    table.line("one connection and one statement", series)


def chosen(one):
    return [next(reader for reader in one.instance.readers if reader.role == role) for role in ALONE]


def alone(measured, table, rounds):
    worst = []
    totals = {force: [[] for _ in measured] for force in (True, False)}
    for place in range(len(ALONE)):
        who = [(one, chosen(one)[place]) for one in measured]
        sessions = [one.sign_in(reader.name, reader.password) for one, reader in who]
        for force in (True, False):
            series = [[[] for _ in range(rounds)] for _ in measured]
            # Once before the clock runs, so that neither pays for the first time, and everything is cached.
            for number in range(-1, rounds):
                for charts in zip(*(one.corpus.charts for one in measured)):
                    for here, (one, reader) in turns(who, number):
                        seconds = one.ask(sessions[here], charts[here], reader.own, force)
                        if number >= 0:
                            series[here][number].append(seconds)
            table.line(f"{ALONE[place]}, one question, {'computed' if force else 'cached'}", series)
            for here in range(len(measured)):
                totals[force][here].extend(series[here])
            if force and len(measured) == 2:
                for number, chart in enumerate(measured[0].corpus.charts):
                    medians = [statistics.median(one[number] for one in rounds_) for rounds_ in series]
                    worst.append((medians[1] / medians[0], medians, ALONE[place], chart.name))
    for force in (True, False):
        table.line(f"all, one question, {'computed' if force else 'cached'}", totals[force])
    for ratio, medians, role, name in sorted(worst, key=lambda one: one[0], reverse=True)[:8]:
        print(f"    {ratio:5.2f}  {medians[0] * 1000:7.1f}  {medians[1] * 1000:7.1f}  {role}, {name}")


def accounts(measured, table, rounds):
    made = [[[]] for _ in measured]
    for number, account in enumerate(THIRTY):
        for place, one in turns(measured, number):
            seconds = one.make(*account)
            if seconds is not None:
                made[place][0].append(seconds)
    if all(one[0] for one in made):
        table.line("one account made", made, "s")


def thirty(measured, table, rounds):
    for one in measured:
        one.thirty()
    for what, force, emptied in (("computed", True, False), ("cache emptied", False, True), ("cached", False, False)):
        times, walls, connections, gunicorn, postgres = ([[] for _ in measured] for _ in range(5))
        for number in range(rounds):
            for place, one in turns(measured, number):
                if emptied:
                    one.empty()
                asked, wall, peak = one.open_together(force)
                times[place].append(asked)
                walls[place].append([wall])
                connections[place].append([peak.connections])
                gunicorn[place].append([peak.gunicorn])
                postgres[place].append([peak.postgres])
        table.line(f"thirty, {what}, one question", times)
        table.line(f"thirty, {what}, last answer", walls, "s")
        if force:
            table.line("thirty, connections at the peak", connections, "n")
            table.line("thirty, memory of gunicorn", gunicorn, "MB")
            table.line("thirty, memory of postgres", postgres, "MB")


def start(measured, table, rounds):
    running, cold = ([[] for _ in measured] for _ in range(2))
    for number in range(rounds):
        for place, one in turns(measured, number):
            running[place].append([one.command("superset", "start")[1]])
            one.command("superset", "stop")
            cold[place].append([one.command("superset", "start")[1]])
    table.line("superset start, running", running, "s")
    table.line("superset start, stopped", cold, "s")
