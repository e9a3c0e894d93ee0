"""The rule room: open to everybody; readings chosen by the one who may; comparisons."""

import datetime
from typing import Any

import pytest
from acting import DAY, acting, logged_in
from concurrently import faults_at_once
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from ruling import DEFAULT, KEY, OTHER, mandate, radiographer

from tiaoli.answers import ask
from tiaoli.answers.outline import Line
from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import NotAllowed, OutOfDate, Refused
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.models import (
    Account,
    Interpretation,
    Organisation,
    Post,
)
from tiaoli.platform.people.readings import choose_reading, last_choice
from tiaoli.platform.people.seats import readings_of
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.web.rules.clauses import as_points, cases_of, told
from tiaoli.platform.world import making
from tiaoli.regulations import catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
TABS = ("", "clauses", "keys", "questions", "procedures", "cases")


@pytest.fixture
def society() -> Organisation:
    return making.society("放射學會", "rt-ladder", english="Society of Radiography")


@pytest.fixture
def rule_maker(society: Organisation) -> Account:
    return making.officer(society, Post.RULE_MAKER, "rules@example.org", "李法規")


# Open to everybody


def test_the_list_names_every_regulation() -> None:
    html = Client().get("/rules/").content.decode()
    for regulation in map(catalogue.find, catalogue.ids()):
        assert regulation.title.zh in html


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("regulation", catalogue.ids())
def test_every_page_of_every_regulation_opens(regulation: str, tab: str, lang: str) -> None:
    answer = Client().get(f"/rules/{regulation}/{tab}", {"lang": lang})
    html = answer.content.decode()
    found = catalogue.find(regulation)
    assert answer.status_code == 200
    assert found.title.in_(lang) in html
    if tab == "clauses":
        for clause in found.clauses.values():
            assert f'id="{clause.id}"' in html
    if tab == "keys":
        assert all(f'id="{key}"' in html for key in found.interpretations)
    if tab == "procedures":
        assert all(f'id="{procedure.id}"' in html for procedure in found.procedures)


def test_clauses_are_found_by_words_in_either_language() -> None:
    client = Client()
    html = client.get("/rules/rt-ladder/clauses", {"q": "rtl-4a.rt3.pub"}).content.decode()
    assert 'id="RTL-4A.RT3.PUB"' in html
    assert 'id="RTL-2.1"' not in html
    nothing = client.get("/rules/rt-ladder/clauses", {"q": "xyzzy"}).content.decode()
    assert "沒有條文同時含有這些字" in nothing


def test_what_the_text_does_not_state_is_said() -> None:
    html = Client().get("/rules/rt-ladder/procedures").content.decode()
    assert "條文未規定" in html


def test_every_clause_says_what_became_of_it() -> None:
    for one in told("rt-ladder"):
        assert one.place.zh != "尚無下落"
        if one.clause.left is not None:
            assert one.clause.because is not None


def test_sentences_keep_their_depth() -> None:
    lines = [Line(depth, Label(str(n), str(n))) for n, depth in enumerate([0, 1, 1, 2, 0])]
    first, last = as_points(lines)
    assert [point.says.zh for point in first.points] == ["1", "2"]
    assert [point.says.zh for point in first.points[1].points] == ["3"]
    assert last.points == []


def test_a_worked_case_is_asked_and_agrees() -> None:
    for case in cases_of("rt-ladder")[:5]:
        html = Client().get(f"/rules/rt-ladder/cases/{case.id}/").content.decode()
        assert "我們的回答相同" in html
    assert Client().get("/rules/rt-ladder/cases/none/").status_code == 404


def test_cases_come_a_page_at_a_time() -> None:
    html = Client().get("/rules/nm-program/cases").content.decode()
    assert html.count("問一次") <= 31
    assert 'rel="next"' in html


def test_an_unknown_regulation_is_not_found() -> None:
    assert Client().get("/rules/none/").status_code == 404


# Choosing a reading


def chosen(account: Account, first: datetime.date, reading: str = OTHER) -> Interpretation:
    seen = last_choice(mandate(), KEY)
    return choose_reading(
        acting(account), mandate(), key=KEY, reading=reading, first=first, reason="會員大會決議",
        seen=seen,
    )  # fmt: skip


def test_a_reading_applies_from_its_day_on(rule_maker: Account) -> None:
    wang = radiographer("wang")
    first = DAY + datetime.timedelta(days=10)
    chosen(rule_maker, first)
    assert readings_of("rt-ladder", first - datetime.timedelta(days=1)) == {}
    assert readings_of("rt-ladder", first) == {KEY: OTHER}
    client = logged_in(wang.account)
    before = client.get("/standing/rt-ladder/RT3/", {"on": "2026-07-09"}).content.decode()
    after = client.get("/standing/rt-ladder/RT3/", {"on": "2026-07-10"}).content.decode()
    assert "的結果是「符合資格」" in before
    assert "的結果是「尚未符合」" in after
    assert "選用 1 個" in after
    ladder = catalogue.find("rt-ladder")
    library = ask(ladder, "RT3", dossier_of(wang), on=first, readings={KEY: OTHER})
    assert library.outcome == "not_yet"


def test_choosing_again_undoes_it_and_both_stay_in_the_history(rule_maker: Account) -> None:
    chosen(rule_maker, DAY)
    chosen(rule_maker, DAY, DEFAULT)
    assert readings_of("rt-ladder", DAY) == {KEY: DEFAULT}
    html = Client().get("/rules/rt-ladder/keys", {"show": "chosen"}).content.decode()
    assert html.count("會員大會決議") == 2
    assert "放射學會" in html
    assert "李法規" not in html
    assert Event.objects.filter(action="people.choose_reading").count() == 2


@pytest.mark.parametrize("post", [Post.SECRETARIAT, Post.CHAIR, Post.ADMINISTRATOR])
def test_another_post_is_refused(society: Organisation, post: Post) -> None:
    other = making.officer(society, post, "other@example.org")
    with pytest.raises(NotAllowed):
        chosen(other, DAY)
    for address in (f"/rules/rt-ladder/keys/{KEY}/choose", "/rules/rt-ladder/compare"):
        assert logged_in(other).get(address).status_code == 403
    assert Interpretation.objects.count() == 0


def test_the_rule_maker_of_another_society_is_refused(society: Organisation) -> None:
    other = making.society("別的學會", "ir-instructor")
    maker = making.officer(other, Post.RULE_MAKER, "other@example.org")
    with pytest.raises(NotAllowed):
        chosen(maker, DAY)
    told = {"reading": OTHER, "reason": "x", "seen": "0"}
    address = f"/rules/rt-ladder/keys/{KEY}/choose"
    assert logged_in(maker).post(address, told).status_code == 403
    assert logged_in(maker).get("/rules/rt-ladder/compare").status_code == 403


def test_nobody_chooses_where_no_organisation_is_in_charge(rule_maker: Account) -> None:
    address = "/rules/radiation-operator/compare"
    assert logged_in(rule_maker).get(address).status_code == 403


def test_a_mandate_that_ended_gives_no_right(rule_maker: Account) -> None:
    held = mandate()
    held.last = DAY - datetime.timedelta(days=1)
    held.save()
    with pytest.raises(NotAllowed):
        chosen(rule_maker, DAY)


def test_the_public_is_asked_to_log_in(society: Organisation) -> None:
    answer = Client().get(f"/rules/rt-ladder/keys/{KEY}/choose")
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"first": DAY - datetime.timedelta(days=1)}, "今天或以後"),
        ({"reading": "no_such"}, "沒有「no_such」"),
        ({"reason": "  "}, "理由"),
    ],
)
def test_what_cannot_be_chosen_is_refused(
    rule_maker: Account, told: dict[str, Any], says: str
) -> None:
    given = {"key": KEY, "reading": OTHER, "first": DAY, "reason": "x", "seen": 0, **told}
    with pytest.raises(Refused, match=says):
        choose_reading(acting(rule_maker), mandate(), **given)
    assert (Interpretation.objects.count(), Event.objects.count()) == (0, 0)


def test_a_form_sent_twice_chooses_once(rule_maker: Account) -> None:
    client, address = logged_in(rule_maker), f"/rules/rt-ladder/keys/{KEY}/choose"
    told = {"reading": OTHER, "on": "2026-07-10", "reason": "決議", "seen": "0"}
    for _ in range(2):
        assert client.post(address, told).status_code == 302
    assert Interpretation.objects.count() == 1


def test_a_form_that_is_out_of_date_is_told_so_and_keeps_its_words(rule_maker: Account) -> None:
    chosen(rule_maker, DAY)
    with pytest.raises(OutOfDate):
        choose_reading(
            acting(rule_maker), mandate(), key=KEY, reading=DEFAULT, first=DAY, reason="x", seen=0
        )
    told = {"reading": DEFAULT, "on": "", "reason": "另一個理由", "seen": "0"}
    answer = logged_in(rule_maker).post(f"/rules/rt-ladder/keys/{KEY}/choose", told)
    assert answer.status_code == 409
    assert "另一個理由" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told_that_it_is_out_of_date(rule_maker: Account) -> None:
    by, held = acting(rule_maker), mandate()

    def choose(reading: str) -> Interpretation:
        return choose_reading(by, held, key=KEY, reading=reading, first=DAY, reason="x", seen=0)

    faults = faults_at_once(lambda: choose(OTHER), lambda: choose(DEFAULT))
    assert faults == [OutOfDate]
    assert Interpretation.objects.count() == 1


def test_what_is_missing_stands_beside_its_field(rule_maker: Account) -> None:
    told = {"reading": OTHER, "on": "25/1/1", "reason": "", "seen": "0"}
    answer = logged_in(rule_maker).post(f"/rules/rt-ladder/keys/{KEY}/choose", told)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="25/1/1"' in html
    assert 'id="w-on"' in html
    assert 'id="w-reason"' in html


def test_the_page_of_keys_takes_no_more_queries_for_more_choices(rule_maker: Account) -> None:
    client = Client()
    chosen(rule_maker, DAY)
    with CaptureQueriesContext(connection) as few:
        client.get("/rules/rt-ladder/keys")
    for number in range(30):
        chosen(rule_maker, DAY, OTHER if number % 2 else DEFAULT)
    with CaptureQueriesContext(connection) as many:
        client.get("/rules/rt-ladder/keys")
    assert len(many) == len(few)
