"""
zen's half of the benchmark. It runs in the peers' virtual environment and knows nothing of tiaoli.

A line of JSON on standard input asks, a line of JSON on standard output answers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.metadata import version
from time import perf_counter_ns
from typing import Any

_begun = perf_counter_ns()

import zen
from timing import sample, summary

_imported = perf_counter_ns()

KEY = "rt3"
Evaluate = Callable[[Any], str]


def ways(graph: dict[str, Any]) -> dict[str, Evaluate]:
    """
    zen's ways of evaluating a decision, each loaded once and kept.

    A static loader answers fastest. A context given as JSON text spares zen the reading of a Python
    dictionary; the text is made beforehand and not timed.
    """
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {KEY: graph}}})
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    return {
        "static": lambda context: engine.evaluate(KEY, context)["result"]["outcome"],
        "static_text": lambda context: engine.evaluate(KEY, context)["result"]["outcome"],
        "documented": lambda context: decision.evaluate(context)["result"]["outcome"],
        "traced": lambda context: decision.evaluate(context, {"trace": True})["result"]["outcome"],
    }


def given(way: str, context: dict[str, Any]) -> Any:
    """``context`` in the form in which ``way`` takes it."""
    return json.dumps(context, separators=(",", ":")) if way == "static_text" else context


def timed(evaluate: Evaluate, context: Any, seconds: float) -> dict[str, float]:
    return summary(sample(lambda: evaluate(context), seconds))


def cold(graph: dict[str, Any], context: dict[str, Any]) -> dict[str, float]:
    """Milliseconds of the import, and of the first answer with all that it has to build."""
    start = perf_counter_ns()
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {KEY: graph}}})
    engine.evaluate(KEY, context)
    end = perf_counter_ns()
    return {"import": (_imported - _begun) / 1e6, "first": (end - start) / 1e6}


def main() -> None:
    setup = json.loads(sys.stdin.readline())
    graph, contexts = setup["graph"], setup["contexts"]
    if setup.get("cold"):
        print(json.dumps(cold(graph, contexts[0])), flush=True)
        return
    every = ways(graph)
    answers = {way: [run(given(way, one)) for one in contexts] for way, run in every.items()}
    print(json.dumps({"version": version("zen-engine"), "answers": answers}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        way = asked["way"]
        found = timed(every[way], given(way, contexts[0]), asked["seconds"])
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
