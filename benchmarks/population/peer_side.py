"""The contestants that live in the peers' environment and know nothing of tiaoli."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from measured import Maker, serve, timed


class _Polars:
    def __init__(self, question: str, folder: Path) -> None:
        from encoded import Numbers

        self.module = import_module(f"{question.lower()}_polars")
        self.parts: dict[str, float] = {}
        with timed(self.parts, "load"):
            numbers = Numbers(folder)
        with timed(self.parts, "encode"):
            self.frames = self.module.frames(numbers)
        self.read = self.frames.nbytes
        numbers.columns.clear()

    def run(self, threads: int) -> Any:
        import polars

        assert polars.thread_pool_size() == threads
        return self.module.answers(self.frames)

    def answers(self, found: Any) -> dict[str, Any]:
        return dict(found)


class _OpenFisca:
    def __init__(self, question: str, folder: Path) -> None:
        from encoded import Numbers
        from openfisca_model import Model

        self.parts: dict[str, float] = {}
        with timed(self.parts, "load"):
            numbers = Numbers(folder)
        with timed(self.parts, "model"):
            self.model = Model(question, numbers)
        self.read = self.model.nbytes
        with timed(self.parts, "encode"):
            self.simulation = self.model.simulation()

    def run(self, threads: int) -> Any:
        """Whatever was worked out before is forgotten; what was given stays."""
        assert threads == 1
        for name in self.model.clauses:
            self.simulation.delete_arrays(name)
        vars(self.simulation).pop("ledger", None)
        return self.model.answers(self.simulation)

    def answers(self, found: Any) -> dict[str, Any]:
        return dict(found)


class _Zen:
    def __init__(self, question: str, folder: Path) -> None:
        from encoded import Numbers
        from rt3_zen import Batch

        assert question == "RT3"
        self.parts: dict[str, float] = {}
        with timed(self.parts, "load"):
            numbers = Numbers(folder)
        self.read = numbers.nbytes
        with timed(self.parts, "encode"):
            self.batch = Batch(numbers)

    def run(self, threads: int) -> Any:
        return self.batch.answers()

    def answers(self, found: Any) -> dict[str, Any]:
        return dict(found)


def _polars() -> Maker:
    import_module("polars")

    return _Polars


def _openfisca() -> Maker:
    import_module("openfisca_model")

    return _OpenFisca


def _zen() -> Maker:
    import_module("rt3_zen")
    import_module("zen")

    return _Zen


if __name__ == "__main__":
    serve({"polars": _polars, "openfisca": _openfisca, "zen": _zen})
