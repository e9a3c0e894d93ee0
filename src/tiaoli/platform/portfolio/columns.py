"""The facts of many people as columns. A stand-in, to be replaced by the reader of columns."""

from __future__ import annotations

from django.db.models import QuerySet

from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.population.tables import Facts, from_dossiers


def facts_of(persons: QuerySet[Person]) -> Facts:
    """The facts of these persons; subjects are named by ``Person.subject``."""
    return from_dossiers(dossier_of(person) for person in persons)
