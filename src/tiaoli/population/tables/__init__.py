"""
Facts of a whole population as columns: one table for each kind of fact.

Tables come from a folder (``load``; ``opened`` for so many subjects at a time) or from dossiers
(``from_dossiers``) and are checked as a dossier is; ``Facts`` gives every dossier back. ``Columns``
holds what a question asks of them as plain numbers, subject by subject.
"""

from tiaoli.population.tables.columns import Columns
from tiaoli.population.tables.dossiers import from_dossiers
from tiaoli.population.tables.encoding import NO_ROW, Lists, none_of, unknown_of
from tiaoli.population.tables.facts import Facts, NoSuchSubject
from tiaoli.population.tables.files import load, save
from tiaoli.population.tables.layout import arrow_type, mark_of, schema
from tiaoli.population.tables.parts import Parts, opened
from tiaoli.population.tables.problems import FactsError
from tiaoli.population.tables.texts import Texts

__all__ = [
    "NO_ROW",
    "Columns",
    "Facts",
    "FactsError",
    "Lists",
    "NoSuchSubject",
    "Parts",
    "Texts",
    "arrow_type",
    "from_dossiers",
    "load",
    "mark_of",
    "none_of",
    "opened",
    "save",
    "schema",
    "unknown_of",
]
