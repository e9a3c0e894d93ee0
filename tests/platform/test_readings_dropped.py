"""A reading that was chosen, and that a later edition of the text no longer has, is ignored."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from acting import DAY, logged_in
from django.test import Client

from tiaoli.answers import ask
from tiaoli.facts.kinds import Label
from tiaoli.facts.reading import read_dossier
from tiaoli.platform import clock
from tiaoli.platform.people.models import Interpretation, Organisation, Person, Post
from tiaoli.platform.people.seats import readings_of
from tiaoli.platform.world import making
from tiaoli.regulations import catalogue
from tiaoli.rules import (
    Clause,
    Edition,
    Regulation,
    any_record,
    clause,
    qualifies,
    reading,
    records,
)
from tiaoli.rules import Interpretation as Key
from tiaoli.rules.interpretation import Option
from tiaoli.rules.regulation import UnknownName

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
NAME, KEY = "made-up", "made.up.which"
EDITIONS = (
    Edition("1", Label("一版", "first"), until=DAY),
    Edition("2", Label("二版", "second"), first=DAY),
)


def key(*options: str) -> Key:
    return Key(
        KEY, "1", Label("一", "1"), Label("哪一種？", "Which?"),
        tuple(Option(name, Label(f"讀作{name}", f"read as {name}")) for name in options),
        options[0], Label("較常見", "more common"),
    )  # fmt: skip


def text(*options: str) -> Regulation:
    """A text in which a key can be read in these ways; with none, the key is not in it."""
    licence, paper = any_record(records("licence")), any_record(records("publication"))
    ways = {"licence": licence, "paper": paper, "either": licence | paper}
    rule = reading(KEY, **{name: ways[name] for name in options}) if options else licence
    label = Label("合格", "Qualified")
    return Regulation(
        NAME, Label("虛構辦法", "A made-up text"), Label("某會", "somebody"), Label("人", "person"),
        editions=EDITIONS,
        clauses={"M-1": Clause("M-1", Label("一", "1"), Label("要有", "to have"), "rule")},
        interpretations={KEY: key(*options)} if options else {},
        questions={"q": qualifies("q", label, label, clause("M-1", rule))},
    )  # fmt: skip


@pytest.fixture
def put_in_force(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Which readings the text of the catalogue has from now on."""
    real, ids = catalogue.find, catalogue.ids()

    def of(*options: str) -> None:
        made = text(*options)
        monkeypatch.setattr(catalogue, "ids", lambda: (*ids, NAME))
        monkeypatch.setattr(catalogue, "find", lambda id: made if id == NAME else real(id))

    with clock.standing_at(DAY):
        yield of


@pytest.fixture
def society(put_in_force: Callable[..., None]) -> Organisation:
    put_in_force("licence", "paper", "either")
    made = making.society("虛構學會", NAME)
    for first, word in ((DAY - datetime.timedelta(days=9), "paper"), (DAY, "either")):
        Interpretation.objects.create(
            organisation=made, regulation=NAME, key=KEY, reading=word, first=first,
            reason="本會決議", chosen=clock.now(),
        )  # fmt: skip
    return made


@pytest.fixture
def wang() -> Person:
    person = making.person("王小明", email="w@example.org")
    making.fact(person, "publication", {"title": "一篇"})
    making.fact(person, "licence", {"profession": "radiographer"})
    return person


def rule_maker(society: Organisation) -> Client:
    return logged_in(making.officer(society, Post.RULE_MAKER, "rules@example.org"))


def test_the_engine_itself_refuses_what_the_text_does_not_have() -> None:
    nobody = read_dossier({"subject": {"id": "x"}, "facts": []})
    with pytest.raises(UnknownName):
        ask(text("licence", "paper"), "q", nobody, on=DAY, readings={KEY: "either"})
    with pytest.raises(UnknownName):
        ask(text(), "q", nobody, on=DAY, readings={KEY: "either"})


@pytest.mark.parametrize("left", [("licence", "paper"), ()])
def test_the_default_holds_once_it_is_dropped(
    society: Organisation, put_in_force: Callable[..., None], left: tuple[str, ...]
) -> None:
    assert readings_of(NAME, DAY) == {KEY: "either"}
    put_in_force(*left)
    assert readings_of(NAME, DAY) == {}
    before = DAY - datetime.timedelta(days=1)
    assert readings_of(NAME, before) == ({KEY: "paper"} if left else {})


@pytest.mark.parametrize("left", [("licence", "paper"), ()])
def test_the_standing_pages_open(
    society: Organisation, put_in_force: Callable[..., None], wang: Person, left: Any
) -> None:
    put_in_force(*left)
    client = logged_in(wang.account)
    for page in ("/standing/", f"/standing/{NAME}/", f"/standing/{NAME}/q"):
        answer = client.get(page, follow=True)
        assert answer.status_code == 200, page
        assert "虛構辦法" in answer.content.decode()


def test_a_dropped_reading_is_said_where_readings_are_chosen(
    society: Organisation, put_in_force: Callable[..., None]
) -> None:
    client = rule_maker(society)
    pages = (f"/rules/{NAME}/keys", f"/rules/{NAME}/keys/{KEY}/choose")
    for page in pages:
        assert "不再適用" not in client.get(page).content.decode()
    put_in_force("licence", "paper")
    for page in pages:
        html = client.get(page, {"lang": "zh"}).content.decode()
        assert "原來選用的讀法「either」，現行條文已經沒有了" in html
        assert "no longer one of the text" in client.get(page, {"lang": "en"}).content.decode()
    form = {"reading": "paper", "on": "", "reason": "改選", "seen": _last(society)}
    assert client.post(pages[1], form).status_code == 302
    assert readings_of(NAME, DAY) == {KEY: "paper"}
    assert "不再適用" not in client.get(pages[0], {"lang": "zh"}).content.decode()


def _last(society: Organisation) -> int:
    return Interpretation.objects.filter(organisation=society).latest("pk").pk


def test_a_dropped_key_is_said_on_the_page_of_the_keys(
    society: Organisation, put_in_force: Callable[..., None]
) -> None:
    put_in_force()
    html = rule_maker(society).get(f"/rules/{NAME}/keys").content.decode()
    for says in (KEY, "either", "本會決議", "不再適用"):
        assert says in html
    assert rule_maker_gets(society, f"/rules/{NAME}/keys/{KEY}/choose") == 404


def rule_maker_gets(society: Organisation, page: str) -> int:
    return logged_in(society.memberships.get(role=Post.RULE_MAKER).account).get(page).status_code
