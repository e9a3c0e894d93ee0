"""
Everyone at once: the same rules over a whole population, on engines that exist.

    from tiaoli.population import evaluate, load, summary
    found = evaluate(regulation, "RT3", load("facts"), on=date(2026, 6, 30))
    summary(found.plan, found.table)

Read ``evaluation`` first.
"""

from tiaoli.population.bounds import bounds
from tiaoli.population.changes import changed, parameters
from tiaoli.population.compare import compare
from tiaoli.population.evaluation import ENGINES, Evaluation, evaluate, evaluate_in_parts
from tiaoli.population.summary import Counts, summary
from tiaoli.population.tables import Columns, Facts, from_dossiers, load, save

__all__ = [
    "ENGINES", "Columns", "Counts", "Evaluation", "Facts", "bounds", "changed", "compare",
    "evaluate", "evaluate_in_parts", "from_dossiers", "load", "parameters", "save", "summary",
]  # fmt: skip
