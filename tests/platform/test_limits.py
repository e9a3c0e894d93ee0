"""A value beyond what a column holds: refused when it comes, and left out where it is on file."""

import datetime
from typing import Any

import pytest
from acting import DAY, acting, logged_in
from django.core.files.uploadedfile import SimpleUploadedFile

from tiaoli.facts.problems import DossierError
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import Mandate, Organisation, Outlook, Person, Post
from tiaoli.platform.portfolio import actions, comparisons, outlook
from tiaoli.platform.portfolio.columns import BeyondColumns, facts_of, facts_within
from tiaoli.platform.portfolio.comparing import Side
from tiaoli.platform.portfolio.comparisons import Asked
from tiaoli.platform.portfolio.concern import kinds_of
from tiaoli.platform.portfolio.models import Comparison, ImportRow, Record
from tiaoli.platform.world import making
from tiaoli.regulations import catalogue
from tiaoli.rules.reads import kinds_read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
BEYOND = (
    ("training", {"type": "other", "hours": "1000000000000"}, "hours"),
    ("training", {"type": "other", "hours": "1", "start_date": "9999-12-31"}, "start_date"),
    ("credit_entry", {"points": "0.0000001"}, "points"),
    ("credit_entry", {"points": "1000000000000"}, "points"),
    ("publication", {"title": "x", "publication_date": "民國前100年1月1日"}, "publication_date"),
)
every_one = pytest.mark.parametrize(("kind", "values", "attribute"), BEYOND)


@every_one
def test_it_is_refused_when_it_is_typed(kind: str, values: dict[str, Any], attribute: str) -> None:
    person = making.person("王小明", email="w@example.org")
    with pytest.raises(DossierError) as error:
        actions.add(Actor(person.account), person, kind=kind, values=values)
    assert [p.place.rpartition(" · ")[2] for p in error.value.problems] == [attribute]
    shown = logged_in(person.account).post(f"/portfolio/add/{kind}/", values)
    assert shown.status_code == 422
    text = shown.content.decode()
    assert error.value.problems[0].says.zh.split("；")[0] in text
    assert f'value="{values[attribute]}"' in text
    assert not Record.objects.exists()


def test_within_the_limits_it_is_taken() -> None:
    person = making.person("王小明", email="w@example.org")
    for values in ({"points": "999999999999"}, {"points": "0.000001"}):
        actions.add(Actor(person.account), person, kind="credit_entry", values=values)
    assert facts_of(Person.objects.all()).total == 2


def test_it_is_a_fault_of_its_row_when_it_is_imported() -> None:
    person = making.person("王小明", email="w@example.org")
    client = logged_in(person.account)
    file = SimpleUploadedFile("x.csv", b"points,hours\n3,1\n1000000000000,1\n")
    sent = client.post("/portfolio/import/", {"kind": "credit_entry", "file": file}, follow=True)
    assert sent.status_code == 200
    good, bad = ImportRow.objects.order_by("number")
    assert (good.problems, good.values) == ([], {"points": "3", "hours": "1"})
    (problem,) = bad.problems
    assert (problem["attribute"], problem["header"]) == ("points", "points")
    assert "要小於 1,000,000,000,000" in problem["zh"]


# What is on file already


@pytest.fixture
def house() -> Organisation:
    return making.hospital("山海醫院", "regional")


def stored(person: Person, kind: str, values: dict[str, Any]) -> Record:
    """Written past every check, as a row from before the limits."""
    made = making.fact(person, kind, {"type": "other"} if kind == "training" else {"title": "x"})
    Record.objects.filter(pk=made.pk).update(values=values)
    return made


STORED = (
    ("training", {"type": "other", "hours": "1000000000000"}),
    ("publication", {"title": "x", "publication_date": "1811-01-01"}),
)


@pytest.mark.parametrize(("kind", "values"), STORED)
def test_whose_it_is_is_left_out_and_the_others_are_asked(
    kind: str, values: dict[str, Any]
) -> None:
    right, wrong = making.person("王小明"), making.person("李大年")
    making.fact(right, "training", {"type": "other", "hours": "8"})
    making.fact(wrong, "training", {"type": "other", "hours": "8"})
    stored(wrong, kind, values)
    with pytest.raises(BeyondColumns) as error:
        facts_of(Person.objects.all())
    assert error.value.subjects == {wrong.subject}
    facts, left_out = facts_within(Person.objects.all())
    assert left_out == [wrong.pk]
    assert [dossier.subject.id for dossier in facts.to_dossiers()] == [right.subject]


def test_a_birth_date_beyond_the_limits_leaves_out_its_person_only() -> None:
    right = making.person("王小明", born=datetime.date(1990, 5, 12))
    wrong = making.person("李大年", born=datetime.date(1099, 1, 1))
    facts, left_out = facts_within(Person.objects.all())
    assert (left_out, facts.size) == ([wrong.pk], 1)
    assert [dossier.subject.id for dossier in facts.to_dossiers()] == [right.subject]


def test_nobody_is_left_out_of_what_can_be_held(house: Organisation) -> None:
    making.fact(making.person("王小明"), "training", {"type": "other", "hours": "8"})
    facts, left_out = facts_within(Person.objects.all())
    assert (facts.size, left_out) == (1, [])


def test_the_outlook_of_a_house_is_made_without_them_and_names_them(house: Organisation) -> None:
    office = making.officer(house, Post.EDUCATION_OFFICE, "edu@example.org")
    other = making.hospital("別院", "district")
    for name, where in (("王小明", house), ("李大年", house), ("陳外人", other)):
        person = making.person(name, employer=where)
        making.fact(person, "training", {"type": "other", "hours": "8"})
    stored(Person.objects.get(name="李大年"), *STORED[0])
    stored(Person.objects.get(name="陳外人"), *STORED[0])
    made = outlook.make(house)
    assert (made.problem, made.people) == ("", 1)
    assert made.left_out == [Person.objects.get(name="李大年").pk]
    shown = logged_in(office).get("/staff/outlook/").content.decode()
    assert "超過可以計算的範圍" in shown
    assert "李大年" in shown
    assert "陳外人" not in shown
    Record.objects.filter(values__hours="1000000000000").delete()
    outlook.make(house)
    assert Outlook.objects.get().left_out == []
    assert "李大年" not in logged_in(office).get("/staff/outlook/").content.decode()


def test_a_comparison_is_made_without_them_and_says_so() -> None:
    society = making.society("放射學會", "rt-ladder")
    rule_maker = making.officer(society, Post.RULE_MAKER, "rules@example.org")
    for name in ("王小明", "李大年"):
        making.fact(making.person(name), "publication", {"title": "x"})
    stored(Person.objects.get(name="李大年"), *STORED[1])
    ladder, same = catalogue.find("rt-ladder"), Side({}, {})
    asked = Asked("RT3", DAY, (same, same), kinds_of(ladder), kinds_read(ladder.question("RT3")))
    made = comparisons.ask(acting(rule_maker), Mandate.objects.get(), asked=asked)
    comparisons.make(made.pk)
    found = Comparison.objects.get().found
    assert (found["subjects"], found["left_out"], found["left_out_named"]) == (1, 1, [])
    shown = logged_in(rule_maker).get(f"/rules/rt-ladder/compare/{made.pk}/").content.decode()
    assert "1 人有數值超過可以計算的範圍" in shown
    assert "李大年" not in shown  # not one of the society's own
