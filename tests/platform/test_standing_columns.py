"""Facts of many people as columns: the same as their dossiers, in a bounded number of queries."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from filing import example

from tiaoli.facts.reading import write_dossier
from tiaoli.platform import clock
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.columns import facts_of
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.portfolio.models import IncompleteKind, Tier
from tiaoli.platform.world import making
from tiaoli.population import from_dossiers

pytestmark = pytest.mark.django_db


def written(facts: Any) -> Iterator[dict[str, Any]]:
    for dossier in facts.to_dossiers():
        yield write_dossier(dossier)


def test_they_are_the_facts_of_the_dossiers() -> None:
    wang = making.person("王小明", born=datetime.date(1990, 5, 12))
    example(wang, "wang-rt3")
    su = making.person("蘇醫師")
    su.nationality = "TW"
    su.save()
    example(su, "su-ir-renewal", tier=Tier.CLAIMED)
    making.person("沒有紀錄的人")
    IncompleteKind.objects.create(person=su, kind="talk")
    odd = making.person("各種值")
    making.fact(odd, "training", {"type": "other", "hours": "50 min", "field": "none"})
    making.fact(odd, "licence", {"profession": "radiographer", "revoked_date": "unknown"})
    gone = making.fact(odd, "patent", {})
    gone.removed = clock.now()
    gone.save()
    dossiers = [dossier_of(person) for person in Person.objects.all()]
    columns = facts_of(Person.objects.all())
    assert list(written(columns)) == list(written(from_dossiers(dossiers)))
    assert columns.total == sum(len(dossier.facts) for dossier in dossiers)


def test_only_the_kinds_asked_for() -> None:
    wang = making.person("王小明")
    example(wang, "wang-rt3")
    assert facts_of(Person.objects.all(), {"licence"}).kinds() == ("practitioner", "licence")


def test_only_the_people_asked_for() -> None:
    for name in ("甲", "乙"):
        making.fact(making.person(name), "licence", {"profession": "radiographer"})
    one = facts_of(Person.objects.filter(name="甲"))
    assert (one.size, one.total) == (1, 1)


def test_nobody_is_nobody() -> None:
    assert facts_of(Person.objects.none()).size == 0


def test_more_people_take_no_more_queries() -> None:
    counts = []
    for number in range(40):
        making.fact(making.person(f"第{number}人"), "licence", {"profession": "radiographer"})
        if number in (2, 39):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                facts_of(Person.objects.all())
            counts.append(len(asked))
    assert counts[0] == counts[1]
