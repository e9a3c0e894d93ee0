"""
``make bench``: one RT3 answer on a dossier of 20 facts, beside a hand-written function and zen.

All must agree on the dossier and on its variants before any is timed. Rounds alternate between the
engines, so that a busy machine slows all of them alike; a figure is the median of its rounds.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import peers
from dossier import DAY, Variant, plain, variants
from hand_written import rt3
from timing import sample, summary
from zen_context import context
from zen_graph import graph

from tiaoli.answers import Detail, ask, outcome
from tiaoli.regulations import catalogue

ROUNDS = 5
SECONDS = 0.4  # of one engine in one round
COLD_STARTS = 5
LADDER = catalogue.find("rt-ladder")


@dataclass(slots=True)
class Row:
    """One line of the table: how to time a round of it, and what the rounds gave."""

    name: str
    round: Callable[[], dict[str, float]]
    rounds: list[dict[str, float]] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(one["median"] for one in self.rounds)

    @property
    def p99(self) -> float:
        return median(one["p99"] for one in self.rounds)


ZEN_ROWS = {
    "static": "zen, static loader, dictionary",
    "static_text": "zen, static loader, JSON text",
    "documented": "zen, create_decision().evaluate",
    "traced": "zen, the same with trace",
}


def main() -> int:
    cases = variants()
    try:
        zen = _zen(cases)
    except peers.WrongVersion as error:
        print(error, file=sys.stderr)
        return 2
    try:
        return _compared(cases, zen)
    finally:
        if zen:
            zen.close()


def _compared(cases: Sequence[Variant], zen: Zen | None) -> int:
    mistakes = _disagreements(cases, zen.answers if zen else {})
    if mistakes:
        print("The engines do not agree, so nothing was timed:", *mistakes, sep="\n  ")
        return 1
    engines = "tiaoli, the hand-written function and zen" if zen else "tiaoli and the function"
    print(f"{engines} agree on the dossier and {len(cases) - 1} variants of it.")
    rows = _tiaoli_rows(cases[0]) + (zen.rows() if zen else [])
    for _ in range(ROUNDS):
        for row in rows:
            row.rounds.append(row.round())
    _print_machine(zen)
    _print_table(rows)
    _print_cold(cases[0], with_zen=zen is not None)
    return 0


@dataclass(slots=True)
class Zen:
    """zen at work in a process of its own."""

    process: subprocess.Popen[str]
    version: str
    answers: dict[str, list[str]]

    def rows(self) -> list[Row]:
        return [Row(name, self._round(way)) for way, name in ZEN_ROWS.items()]

    def _round(self, way: str) -> Callable[[], dict[str, float]]:
        return lambda: peers.tell(self.process, {"way": way, "seconds": SECONDS})

    def close(self) -> None:
        self.process.communicate()


def _zen(cases: Sequence[Variant]) -> Zen | None:
    try:
        peers.require("zen-engine")
    except peers.NotInstalled as error:
        print(f"zen-engine could not be installed, so its rows are missing: {error}")
        return None
    process = peers.start("zen_side.py")
    ready = peers.tell(process, _setup(cases))
    return Zen(process, ready["version"], ready["answers"])


def _setup(cases: Sequence[Variant]) -> dict[str, Any]:
    contexts = [context(plain(case.dossier), case.on) for case in cases]
    return {"graph": graph(), "contexts": contexts}


def _disagreements(cases: Sequence[Variant], zen: dict[str, list[str]]) -> list[str]:
    found = []
    for number, case in enumerate(cases):
        answers = {
            "tiaoli outcome": outcome(LADDER, "RT3", case.dossier, on=case.on),
            "tiaoli ask": ask(LADDER, "RT3", case.dossier, on=case.on).outcome,
            "hand-written": rt3(plain(case.dossier), case.on),
            **{ZEN_ROWS[way]: outcomes[number] for way, outcomes in zen.items()},
        }
        found += [
            f"{case.name}: {engine} says {answer}, expected {case.expected}"
            for engine, answer in answers.items()
            if answer != case.expected
        ]
    return found


def _tiaoli_rows(case: Variant) -> list[Row]:
    dossier, facts = case.dossier, plain(case.dossier)
    calls: dict[str, Callable[[], object]] = {
        "hand-written function": lambda: rt3(facts, DAY),
        "tiaoli, outcome": lambda: outcome(LADDER, "RT3", dossier, on=DAY),
        "tiaoli, explained": lambda: ask(LADDER, "RT3", dossier, on=DAY, detail=Detail.REASONS),
        "tiaoli, in full": lambda: ask(LADDER, "RT3", dossier, on=DAY),
    }
    return [Row(name, _round_of(call)) for name, call in calls.items()]


def _round_of(call: Callable[[], object]) -> Callable[[], dict[str, float]]:
    return lambda: summary(sample(call, SECONDS))


def _print_machine(zen: Zen | None) -> None:
    peer = f", zen-engine {zen.version}" if zen else ""
    print(
        f"tiaoli {version('tiaoli')}{peer}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs; "
        f"{ROUNDS} rounds of {SECONDS} s each, one call at a time\n"
    )


def _print_table(rows: Sequence[Row]) -> None:
    """Medians, and how many times as long each takes as the yardsticks."""
    by_name = {row.name: row.median for row in rows}
    yardsticks = {"hand": by_name["hand-written function"]}
    if ZEN_ROWS["static"] in by_name:
        yardsticks["zen static"] = min(by_name[ZEN_ROWS[w]] for w in ("static", "static_text"))
        yardsticks["zen docs"] = by_name[ZEN_ROWS["documented"]]
        yardsticks["zen trace"] = by_name[ZEN_ROWS["traced"]]
    print(f"{'':34}{'median µs':>11}{'p99 µs':>11}", *(f"{'× ' + name:>13}" for name in yardsticks))
    for row in rows:
        ratios = (f"{row.median / other:13.2f}" for other in yardsticks.values())
        print(f"{row.name:34}{row.median:11.1f}{row.p99:11.1f}", *ratios)
    print(
        "\nThe hand-written function and zen give an outcome alone, for known values only. tiaoli"
        "\nexplained adds clauses, evidence and what is missing; in full adds the earliest day, the"
        "\nlast day, every other reading of the text, and the fingerprint."
    )
    if len(yardsticks) > 1:
        print("zen static is the faster of its two rows; its windows are worked out beforehand.")


def _print_cold(case: Variant, *, with_zen: bool) -> None:
    print(f"\ncold start, a new process ({COLD_STARTS} times)   import ms   first answer ms")
    _print_starts("tiaoli (import reads the regulation)", [_tiaoli_cold() for _ in _starts()])
    if with_zen:
        _print_starts("zen, static loader", [_zen_cold(case) for _ in _starts()])


def _starts() -> range:
    return range(COLD_STARTS)


def _print_starts(name: str, starts: Sequence[dict[str, float]]) -> None:
    imported, first = (median(one[part] for one in starts) for part in ("import", "first"))
    print(f"{name:44}{imported:10.1f}{first:18.2f}")


def _tiaoli_cold() -> dict[str, float]:
    script = Path(__file__).with_name("cold.py")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _zen_cold(case: Variant) -> dict[str, float]:
    process = peers.start("zen_side.py")
    found: dict[str, float] = peers.tell(process, {**_setup([case]), "cold": True})
    process.communicate()
    return found


if __name__ == "__main__":
    sys.exit(main())
