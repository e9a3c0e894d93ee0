"""
``make mutate``: how many mutants of each regulation the worked cases notice, and which they miss.

    python tests/mutation/run.py --regulation rrt-ce --sample 200 --seed 1
    python tests/mutation/run.py --regulation rrt-ce --slice 2/8 --keep

A slice is every eighth mutant from the second on: all eight together are all of them, and what one
keeps, the next may be noticed by.
"""

from __future__ import annotations

import argparse
import random
import sys
import tomllib
from collections import Counter
from pathlib import Path

from killing import checks, killer
from mutants import Mutant, mutants
from settling import keep, settled

from tiaoli.proofs.search import Verdict
from tiaoli.regulations import catalogue

EQUIVALENT = Path(__file__).with_name("equivalent.toml")
"""Mutants that cannot be noticed, and why: declared, never passed over in silence."""


def declared(regulation_id: str) -> dict[str, str]:
    """The reason by the name of each mutant that means the same."""
    rows = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get(regulation_id, [])
    return {name: row["because"] for row in rows for name in row["mutants"]}


def survivors(regulation_id: str, chosen: list[Mutant], *, verbose: bool = False) -> list[Mutant]:
    """Those that no worked case notices."""
    regulation, listed = catalogue.find(regulation_id), checks(regulation_id)
    left = []
    for number, mutant in enumerate(chosen, start=1):
        if killer(regulation, mutant, listed) is None:
            left.append(mutant)
        if verbose and number % 200 == 0:
            print(f"  … {number} of {len(chosen)}, {len(left)} missed", file=sys.stderr)
    return left


def sampled(found: list[Mutant], number: int | None, seed: int) -> list[Mutant]:
    """``number`` of them, always the same for a seed; all of them where none is given."""
    if number is None or number >= len(found):
        return found
    return random.Random(seed).sample(found, number)


def sliced(found: list[Mutant], part: str) -> list[Mutant]:
    """``2/8``: every eighth of them, from the second on."""
    first, every = (int(number) for number in part.split("/"))
    if not 1 <= first <= every:
        raise ValueError(f"there is no slice {part}: 1/8 to 8/8 are the eight of eight")
    return found[first - 1 :: every]


def _report(regulation_id: str, options: argparse.Namespace) -> bool:
    found = mutants(catalogue.find(regulation_id), all_readings=options.all_readings)
    found = sliced(found, options.slice)
    chosen = sampled(found, options.sample, options.seed)
    same = declared(regulation_id)
    missed = survivors(regulation_id, chosen, verbose=True)
    left = [mutant for mutant in missed if mutant.name not in same]
    proved = 0
    if options.settle or options.keep:
        left, proved = _settled(regulation_id, left, options)
    asked = [mutant for mutant in chosen if mutant.name not in same or mutant in left]
    asked_of = len(asked) - proved
    per, lost = Counter(m.question for m in asked), Counter(m.question for m in left)
    killed = asked_of - len(left)
    share = 100 * killed / asked_of if asked_of else 100.0
    print(
        f"{regulation_id}: {killed} of {asked_of} noticed ({share:.1f} %), "
        f"{len(chosen) - len(asked)} declared and {proved} proved to mean the same"
    )
    for question, number in per.items():
        print(f"  {question}: {number - lost[question]} of {number}")
    for mutant in left:
        print(f"  ! {mutant.name}")
    known = {mutant.name for mutant in missed}
    for name in (n for n in same if n in {m.name for m in chosen} and n not in known):
        print(f"  ? declared to mean the same, but a case notices it: {name}")
    return share >= options.at_least


def _settled(
    regulation_id: str, left: list[Mutant], options: argparse.Namespace
) -> tuple[list[Mutant], int]:
    """What is still missed once the solver has looked, and how many it proved to be the same."""
    regulation = catalogue.find(regulation_id)
    looked = [settled(regulation, mutant) for mutant in left]
    proved = [one for one in looked if one.verdict is Verdict.NONE]
    found = [one for one in looked if one.dossier is not None]
    if options.keep and found:
        print(f"  {len(found)} cases kept in {keep(regulation, found).name}")
        found = []
    still = [one.mutant for one in looked if one.verdict is Verdict.OPEN]
    return [*(one.mutant for one in found), *still], len(proved)


def main() -> int:
    parser = argparse.ArgumentParser(description="mutation check of the encoded regulations")
    parser.add_argument("--regulation", action="append", help="one id; all where left out")
    parser.add_argument("--sample", type=int, help="so many mutants of each, chosen by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slice", default="1/1", help="2/8: every eighth, from the second on")
    parser.add_argument("--all-readings", action="store_true", help="not only the default ones")
    parser.add_argument("--at-least", type=float, default=0.0, help="fail below this percentage")
    parser.add_argument("--settle", action="store_true", help="prove the missed ones the same")
    parser.add_argument("--keep", action="store_true", help="and keep the facts that tell others")
    options = parser.parse_args()
    results = [_report(name, options) for name in options.regulation or catalogue.ids()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
