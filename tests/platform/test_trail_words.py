"""Histories are told in words: no column, attribute, option or bare day of a program."""

import ast
import datetime
from collections.abc import Iterator
from pathlib import Path

import pghistory.core
import pytest
from acting import DAY, acting, logged_in
from django.apps import apps
from filing import House, example, opened, own, step

from tiaoli import platform
from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label
from tiaoli.facts.vocabulary import find
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people import persons, posts
from tiaoli.platform.people.models import Membership, Person, Post
from tiaoli.platform.portfolio import actions
from tiaoli.platform.portfolio.history import history_of as history_of_record
from tiaoli.platform.web.trail.history import entry_of, history_of
from tiaoli.platform.web.trail.names import NAMES, name_label
from tiaoli.platform.web.trail.things import THINGS, thing_label
from tiaoli.platform.web.trail.wording import told
from tiaoli.platform.world import making

pytestmark = pytest.mark.usefixtures("on_the_day")


def columns() -> set[str]:
    """Of every table whose versions are kept."""
    return {
        field.name
        for model in apps.get_models()
        for table in pghistory.core.event_models(tracks_model=model)
        for field in table._meta.fields
        if not field.name.startswith("pgh_")
    }


def kept_in_events() -> Iterator[tuple[str, str]]:
    """Every name under which an action keeps something, with where."""
    for path in Path(platform.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and _is_an_action(function):
                for node in ast.walk(function):
                    if isinstance(node, ast.Dict):
                        keys = (k.value for k in node.keys if isinstance(k, ast.Constant))
                        yield from ((str(key), f"{path.name} {function.name}") for key in keys)
                    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_told":
                        for keyword in node.keywords:
                            yield str(keyword.arg), f"{path.name} {function.name}"


def _is_an_action(function: ast.FunctionDef) -> bool:
    calls = (one for one in function.decorator_list if isinstance(one, ast.Call))
    named = any(getattr(call.func, "id", "") == "action" for call in calls)
    return named or function.name == "_told"


NOT_KEPT = {
    *("declared", "made_by", "revoked", "token_digest"),  # columns of rows that are made
    *("line", "zh", "en", "replaced_because"),  # kept in columns of such rows
}
"""Names that stand in actions, and are of no event."""


def test_every_column_and_everything_kept_has_a_name() -> None:
    assert len(columns()) > 50
    lacking = sorted(name for name in columns() if name not in NAMES)
    found = set(kept_in_events())
    assert len(found) > 40
    lacking += sorted(
        f"{name} ({where})" for name, where in found if name not in NAMES and name not in NOT_KEPT
    )
    assert lacking == []
    for name, label in NAMES.items():
        assert label.zh != name
        assert label.en.isascii(), name


def test_every_table_of_which_an_event_may_be_has_a_name() -> None:
    tables = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("tiaoli.") and not model._meta.model_name.endswith("event")
    }
    assert sorted(tables) == sorted(THINGS)
    assert thing_label("fees.notice:20") == Label("繳費通知 20", "payment notice 20")
    assert thing_label("gone.table:1") == Label("gone.table:1", "gone.table:1")


@pytest.mark.django_db
def test_a_record_is_told_by_the_labels_of_the_vocabulary() -> None:
    person = making.person("王小明", email="w@example.org")
    by = Actor(person.account, "王小明")
    made = actions.add(
        by, person, kind="publication",
        values={"title": "x", "author_role": "first", "publication_date": "2024-05-01"},
    )  # fmt: skip
    actions.change(
        by, made, version=1,
        values={"title": "x", "author_role": "corresponding", "publication_date": "113/05/02"},
    )  # fmt: skip
    event = Event.objects.get(action="portfolio.change")
    for lang, words in (
        ("zh", ("作者身分", "第一作者", both(datetime.date(2024, 5, 1)))),
        ("en", ("Author role", "first", both(datetime.date(2024, 5, 2), "en"))),
    ):
        changes = [
            tuple(one.in_(lang) for one in (c.field, c.before, c.after))
            for c in entry_of(event).changes
        ]
        said = " ".join(word for change in changes for word in change)
        assert all(word in said for word in words)
        for raw in ("author_role", "publication_date", "corresponding_", "values"):
            assert raw not in said
    kept = {label.zh: says.zh for label, says in entry_of(event).told}
    assert kept["種類"] == "論文發表" or "publication" not in kept["種類"]
    assert "作者身分" in kept["更動的項目"]
    versions = history_of_record(made)
    assert [c.field.zh for c in versions[0].changed] == [
        label.zh for label in _labels("publication", "author_role", "publication_date")
    ]
    for address in (f"/portfolio/records/{made.pk}/",):
        html = logged_in(person.account).get(address).content.decode()
        history = html[html.index("歷程") :]
        assert "author_role" not in history
        assert both(datetime.date(2024, 5, 2)) in history


def _labels(kind: str, *names: str) -> list:
    attributes = find(kind).attributes
    return [attributes[name].label for name in attributes if name in names]


@pytest.mark.django_db
def test_posts_grades_and_people_are_told_in_words() -> None:
    house = making.hospital("山海醫院", "regional")
    admin = making.officer(house, Post.ADMINISTRATOR, "a@example.org")
    person = making.person("王小明", employer=house)
    post = Membership.objects.get(person=person)
    posts.end_post(acting(admin), post, last=DAY, because="離職")
    (entry,) = history_of(post)
    assert [(c.field.zh, c.before.zh, c.after.zh) for c in entry.changes] == [("至", "", both(DAY))]
    kept = {label.en: says.en for label, says in entry.told}
    assert kept["reason"] == "離職"
    posts.set_grade(acting(admin), house, grade="medical_centre", first=DAY)
    grade = Event.objects.get(action="people.set_grade")
    assert ("等級", "醫學中心") in [(a.zh, b.zh) for a, b in entry_of(grade).told]
    assert ("自", both(DAY)) in [(a.zh, b.zh) for a, b in entry_of(grade).told]
    office = making.officer(house, Post.EDUCATION_OFFICE, "e@example.org")
    told_of = {"name": "王大明", "english_name": "", "date_of_birth": DAY, "nationality": ""}
    persons.correct(acting(office), person, told=told_of, number="", because="戶籍")
    corrected = history_of(person)[0]
    said = {c.field.zh: (c.before.zh, c.after.zh) for c in corrected.changes}
    assert said == {"姓名或名稱": ("王小明", "王大明"), "出生日期": ("", both(DAY))}
    kept = {label.zh: says.zh for label, says in corrected.told}
    assert kept["更動的項目"] == "姓名或名稱、出生日期"
    assert kept["之前"] == "姓名或名稱：王小明"


@pytest.mark.django_db
def test_a_case_is_told_by_its_states_steps_and_houses() -> None:
    ladder = House("rt-ladder")
    person = ladder.person()
    example(person, "wang-rt3")
    application = opened(person, ladder.regulation, "institution-then-society", {"level": "RT3"})
    step(own(person), application, "submit")
    entry = history_of(application)[0]
    kept = {label.zh: says.zh for label, says in entry.told}
    assert (kept["步驟"], kept["原狀態"], kept["新狀態"]) == ("送院內初審", "草稿", "院內初審")
    said = {c.field.zh: (c.before.zh, c.after.zh) for c in entry.changes}
    assert said["狀態"] == ("草稿", "院內初審")
    assert said["輪到"][1] == "服務機構"
    assert said["院內收件日"] == ("", both(DAY))
    first = history_of(application)[-1]
    said = {c.field.en: c.after.en for c in first.changes}
    assert said["regulation"] == ladder.regulation.title.en
    assert said["institution"] == ladder.hospital.label.en
    assert said["Level"] == "RT3"


@pytest.mark.django_db
def test_what_is_looked_up_does_not_grow_with_what_is_told(django_assert_max_num_queries) -> None:
    person = making.person(
        "王小明", email="w@example.org", employer=making.hospital("院", "regional")
    )
    by = Actor(person.account, "王小明")
    made = actions.add(by, person, kind="publication", values={"title": "0"})

    def change(first: int, last: int) -> None:
        for number in range(first, last):
            made.refresh_from_db()
            actions.change(by, made, version=made.version, values={"title": str(number)})

    change(1, 4)
    with django_assert_max_num_queries(8) as few:
        history_of(made)
        history_of(Person.objects.get(pk=person.pk))
    change(4, 40)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(history_of(made)) == 40
        history_of(Person.objects.get(pk=person.pk))


def test_what_is_not_known_any_more_stands_for_itself() -> None:
    gone = told({"regulation": "gone", "kind": "gone", "x": "y"}, {})
    assert [(a.zh, b.zh) for a, b in gone] == [("法規", "gone"), ("種類", "gone"), ("x", "y")]
    assert name_label("office_id") == NAMES["office"]
