"""What is printed: one line a measure."""
import statistics


def p95(values):
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


class Table:
    """One line a measure: median and p95 of each instance, second over first, and how far an instance is from itself."""

    def __init__(self, measured):
        self.two = len(measured) == 2
        print(f"{'':42}{'first':>9}{'p95':>9}" + (f"{'second':>9}{'p95':>9}{'ratio':>8}{'p95':>7}{'paired':>8}{'noise':>12}" if self.two else ""), flush=True)

    def line(self, what, series, unit="ms"):
        """Series: for each instance, a list of rounds, each a list of values asked in the same order."""
        scale = 1000 if unit == "ms" else 1
        flat = [[value for one in rounds for value in one] for rounds in series]
        text = f"{what + ' (' + unit + ')':42}"
        for values in flat:
            text += f"{statistics.median(values) * scale:9.1f}{p95(values) * scale:9.1f}"
        if self.two:
            first, second = flat
            paired = statistics.median(b / a for a, b in zip(first, second) if a) if len(first) == len(second) else float("nan")
            text += f"{statistics.median(second) / statistics.median(first):8.2f}{p95(second) / p95(first):7.2f}{paired:8.2f}"
            if all(len(rounds) > 1 for rounds in series):
                noise = [statistics.median(v for one in rounds[1::2] for v in one) / statistics.median(v for one in rounds[::2] for v in one) for rounds in series]
                text += f"{noise[0]:6.2f}{noise[1]:6.2f}"
        print(text, flush=True)
