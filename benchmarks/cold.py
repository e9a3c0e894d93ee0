"""tiaoli's cold start: ``run.py`` runs it in a process of its own; it prints one line of JSON."""

from __future__ import annotations

from time import perf_counter_ns

_begun = perf_counter_ns()

import json

from tiaoli.answers import outcome
from tiaoli.regulations import catalogue

_regulation = catalogue.find("rt-ladder")
_imported = perf_counter_ns()

from dossier import DAY, base


def main() -> None:
    dossier = base()
    start = perf_counter_ns()
    outcome(_regulation, "RT3", dossier, on=DAY)
    end = perf_counter_ns()
    print(json.dumps({"import": (_imported - _begun) / 1e6, "first": (end - start) / 1e6}))


if __name__ == "__main__":
    main()
