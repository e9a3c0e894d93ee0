"""Standing: every clause of an answer on its page, one's own only, what if, follow, days."""

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tiaoli.answers import ask
from tiaoli.answers.course import changes, standing
from tiaoli.answers.naming import fact_words
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, NotAllowed
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.following import choices_of, follow
from tiaoli.platform.people.models import Following, Person
from tiaoli.platform.portfolio.concern import concerns, goals
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.web.answers import Links, show
from tiaoli.platform.web.answers.shown import ReasonShown
from tiaoli.platform.world import making
from tiaoli.regulations import catalogue

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 30)
PAGES = (
    "/standing/",
    "/standing/rt-ladder/",
    "/standing/rt-ladder/RT3/",
    "/standing/rt-ladder/RT3/plan",
    "/standing/rt-ladder/RT3/what-if",
)


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with clock.standing_at(DAY):
        yield


def example(name: str) -> dict[str, Any]:
    with open(f"examples/{name}.yaml", encoding="utf-8") as file:
        told: dict[str, Any] = yaml.safe_load(file)
    return told


@pytest.fixture
def wang() -> Person:
    made = making.person("王小明", born=datetime.date(1990, 5, 12), email="wang@example.org")
    making.facts(made, example("wang-rt3"))
    return made


def browser(person: Person) -> Client:
    client = Client()
    assert person.account is not None
    client.force_login(person.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, address: str, **told: Any) -> str:
    answer = client.get(address, told)
    assert answer.status_code == 200
    return str(answer.content.decode())


# The answer


def test_the_page_shows_every_clause_of_the_answer_in_order(wang: Person) -> None:
    ladder = catalogue.find("rt-ladder")
    answer = ask(ladder, "RT3", dossier_of(wang), on=DAY)
    html = page(browser(wang), "/standing/rt-ladder/RT3/")
    section = html[html.index("逐條理由") : html.index("解釋與讀法")]
    shown = re.findall(r'class="clause" href="[^"]*">([^<]+)</a>', section)
    told = [r.clause for r in answer.walk() if r.clause is not None]
    assert [one for one in shown if one in set(told)] == [
        one for reason in answer.walk() for one in _clauses_in(reason) if one in set(told)
    ]
    for reason in answer.walk():
        if reason.clause is not None:
            assert reason.says.zh in html


def _clauses_in(reason: Any) -> Iterator[str]:
    """A clause, then those of what does not count in it, as the page has them."""
    if reason.clause is not None:
        yield reason.clause
    groups: dict[str, str | None] = {}
    for near in (True, False):
        groups = {}
        for one in reason.not_counted:
            if one.near is near:
                groups.setdefault(re.sub(r"\d[\d-]*", "#", one.why.zh), one.clause)
        yield from (clause for clause in groups.values() if clause is not None)


def test_it_shows_what_counts_and_what_does_not_and_why(wang: Person) -> None:
    ladder, dossier = catalogue.find("rt-ladder"), dossier_of(wang)
    answer = ask(ladder, "RT3", dossier, on=DAY)
    html = page(browser(wang), "/standing/rt-ladder/RT3/")
    counted = {fact for reason in answer.walk() for fact in reason.counted}
    left_out = [one for reason in answer.walk() for one in reason.not_counted]
    assert counted
    assert left_out
    for fact in counted:
        assert fact_words(dossier.by_id[fact]).zh in html
    for one in left_out:
        assert fact_words(dossier.by_id[one.fact]).zh in html
    assert "須為「第一作者" in html
    assert answer.fingerprint in html
    assert "附有文件" in html


def test_verdicts_are_words_and_not_only_marks(wang: Person) -> None:
    shown = show(
        ask(catalogue.find("rt-ladder"), "RT4", dossier_of(wang), on=DAY),
        catalogue.find("rt-ladder"),
        dossier_of(wang),
    )

    def all_of(reasons: tuple[ReasonShown, ...]) -> Iterator[ReasonShown]:
        for reason in reasons:
            yield reason
            yield from all_of(reason.children)

    words = {one.verdict.zh for one in all_of(shown.reasons)}
    assert {"符合", "不符合"} <= words
    assert shown.chip.tone == "bad"


def test_a_fact_leads_to_its_record(wang: Person) -> None:
    ladder, dossier = catalogue.find("rt-ladder"), dossier_of(wang)
    answer = ask(ladder, "RT3", dossier, on=DAY)
    shown = show(answer, ladder, dossier, Links(fact=lambda fact: f"/record/{fact}"))
    first = next(one.counted for one in shown.reasons if one.counted)
    assert first.first[0].url == f"/record/{first.first[0].id}"


def test_many_facts_are_folded_and_counted(wang: Person) -> None:
    ladder, dossier = catalogue.find("rt-ladder"), dossier_of(wang)
    answer = ask(ladder, "RT3", dossier, on=DAY)
    many = tuple(f"case:{n}" for n in range(300))
    one = answer.reasons[0]._replace(counted=many)
    shown = show(replace(answer, reasons=(one,)), ladder, dossier)
    facts = shown.reasons[0].counted
    assert facts is not None
    assert (len(facts.first), len(facts.folded), facts.further, facts.total) == (8, 92, 200, 300)


def test_the_timeline_says_what_leaves(wang: Person) -> None:
    html = page(browser(wang), "/standing/rt-ladder/RT3/")
    found = changes(catalogue.find("rt-ladder"), "RT3", dossier_of(wang))
    assert "2026-09-18" in html
    assert "不再計入" in html
    assert len(found.causes) == len(found.spells) - 1


def test_a_standing_is_the_answer_in_short(wang: Person) -> None:
    ladder, dossier = catalogue.find("rt-ladder"), dossier_of(wang)
    for question in ("RT1", "RT2", "RT3", "RT4"):
        full = ask(ladder, question, dossier, on=DAY)
        short = standing(ladder, question, dossier, on=DAY)
        assert (short.outcome, short.earliest, short.until) == (
            full.outcome,
            full.earliest,
            full.until,
        )


def test_a_question_about_a_record_is_asked_of_each() -> None:
    fang = making.person("方以誠", born=datetime.date(1991, 5, 20), email="fang@example.org")
    making.facts(fang, example("fang-operator-at-machine"))
    client = browser(fang)
    html = page(client, "/standing/", on="2026-04-21")
    for record in ("操作小機器", "操作大機器"):
        address = "/standing/radiation-operator/may-operate/"
        assert quote(record) in html
        found = ask(
            catalogue.find("radiation-operator"), "may-operate", dossier_of(fang),
            on=datetime.date(2026, 4, 21), about=record,
        )  # fmt: skip
        told = page(client, address, about=record, on="2026-04-21")
        assert f'value="{record}" selected' in told
        assert found.fingerprint in told


@pytest.mark.parametrize("regulation", ["nm-program"])
def test_questions_of_programmes_are_not_asked_of_persons(regulation: str) -> None:
    assert goals(catalogue.find(regulation)) == ()


# Whose, and when


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_open_in_both_languages(wang: Person, address: str, lang: str) -> None:
    assert page(browser(wang), address, lang=lang)


@pytest.mark.parametrize("address", PAGES)
def test_nobody_sees_the_standing_of_another(wang: Person, address: str) -> None:
    other = making.person("別人", email="other@example.org")
    html = page(browser(other), address)
    assert "王小明" not in html
    assert "某放射技術學會" not in html


@pytest.mark.parametrize("address", PAGES)
def test_whoever_is_not_logged_in_is_asked_to(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("address", PAGES)
def test_an_account_without_a_person_has_no_standing(address: str) -> None:
    client = Client()
    account = making.account("office@example.org")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    "address", ["/standing/nothing/", "/standing/rt-ladder/RT9/", "/standing/nm-program/ranking/"]
)
def test_what_there_is_not_is_not_found(wang: Person, address: str) -> None:
    assert browser(wang).get(address).status_code == 404


def test_the_day_can_be_another(wang: Person) -> None:
    client = browser(wang)
    assert "符合資格" in page(client, "/standing/rt-ladder/RT3/")
    later = page(client, "/standing/rt-ladder/RT3/", on="115/09/19")
    assert "以民國115年9月19日（2026-09-19）為準" in later
    assert "的結果是「尚未符合」" in later


def test_a_day_that_cannot_be_read_keeps_what_was_typed(wang: Person) -> None:
    html = page(browser(wang), "/standing/rt-ladder/RT3/", on="25/12/31")
    assert 'value="25/12/31"' in html
    assert 'aria-invalid="true"' in html


def test_the_overview_takes_no_more_queries_for_more_records(wang: Person) -> None:
    client = browser(wang)
    page(client, "/standing/")
    with CaptureQueriesContext(connection) as few:
        page(client, "/standing/")
    for number in range(60):
        making.fact(wang, "publication", {"work_id": f"w{number}", "author_role": "first"})
    with CaptureQueriesContext(connection) as many:
        page(client, "/standing/")
    assert len(many) == len(few)


# What concerns a person


def test_what_concerns_is_read_off_the_records() -> None:
    by_level = concerns({"level_award"}, {})
    assert [one.id for one in by_level.own] == ["rt-ladder"]
    nobody = concerns(set(), {})
    assert nobody.own == ()
    assert nobody.perhaps == ()
    assert {one.id for one in nobody.others} == set(catalogue.ids())


def test_a_person_chooses_what_to_follow(wang: Person) -> None:
    client = browser(wang)
    told = {"regulation": "rt-ladder", "wanted": "no"}
    for _ in range(2):  # sent twice, it is the same
        assert client.post("/standing/follow", told).status_code == 302
    assert choices_of(wang) == {"rt-ladder": False}
    assert Following.objects.count() == 1
    html = page(client, "/standing/")
    assert 'id="card-rt-ladder"' not in html
    client.post("/standing/follow", {"regulation": "rt-ladder", "wanted": "yes"})
    assert 'id="card-rt-ladder"' in page(client, "/standing/")
    assert Event.objects.filter(action="people.follow").count() == 3


def test_nobody_chooses_for_another(wang: Person) -> None:
    other = making.person("別人", email="other@example.org")
    with pytest.raises(NotAllowed):
        follow(Actor(other.account), wang, regulation="rt-ladder", wanted=False)
    assert browser(other).post("/standing/follow", {"regulation": "x"}).status_code == 404


def test_with_nothing_on_file_the_page_says_what_will_appear() -> None:
    new = making.person("新人", email="new@example.org")
    assert "還沒有與您有關的法規" in page(browser(new), "/standing/")


# What if


def suppose(client: Client, address: str, **told: Any) -> Any:
    return client.post(address, told)


def test_what_is_supposed_changes_the_outcome_and_nothing_is_saved(wang: Person) -> None:
    Record.objects.filter(person=wang, kind="publication").delete()
    before = Record.objects.count()
    client, address = browser(wang), "/standing/rt-ladder/RT3/what-if"
    told = {
        "kind": "publication", "add": "1", "facts": "[]", "v-type": "conference_poster",
        "v-author_role": "first", "v-publication_date": "115/03/01", "v-work_id": "W-9",
        "v-title": "新論文",
    }  # fmt: skip
    html = suppose(client, address, **told).content.decode()
    assert "新論文" in html
    assert "RTL-4A.RT3.PUB" in html[html.index("改變的條文") :]
    result = html[html.index('id="result"') : html.index("改變的條文")]
    assert re.findall(r"outcome-(good|open|bad)", result) == ["bad", "good"]
    assert Record.objects.count() == before


def test_supposed_facts_travel_in_the_form_and_can_be_taken_out(wang: Person) -> None:
    client, address = browser(wang), "/standing/rt-ladder/RT3/what-if"
    facts = json.dumps([{"kind": "licence"}, {"kind": "patent"}])
    html = suppose(client, address, facts=facts, without="1").content.decode()
    value = re.search(r'name="facts" value="([^"]*)"', html)
    assert value is not None
    assert "patent" in value[1]
    assert "licence" not in value[1]


@pytest.mark.parametrize("facts", ["", "nonsense", '{"kind": 1}', '[{"kind": "no such"}]', "[1]"])
def test_a_form_that_was_tampered_with_supposes_nothing(wang: Person, facts: str) -> None:
    answer = suppose(browser(wang), "/standing/rt-ladder/RT3/what-if", facts=facts)
    assert answer.status_code == 200
    assert 'name="facts" value="[]"' in answer.content.decode()


def test_what_is_wrong_stands_beside_its_field(wang: Person) -> None:
    told = {"kind": "licence", "add": "1", "v-issue_date": "25/12/31", "facts": "[]"}
    html = suppose(browser(wang), "/standing/rt-ladder/RT3/what-if", **told).content.decode()
    assert 'value="25/12/31"' in html
    assert 'id="w-issue_date"' in html
    assert 'name="facts" value="[]"' in html


def test_supposing_something_twice_is_bounded(wang: Person) -> None:
    facts = json.dumps([{"kind": "patent"}] * 50)
    html = suppose(browser(wang), "/standing/rt-ladder/RT3/what-if", facts=facts).content.decode()
    assert html.count('name="without"') == 20


def test_a_record_that_names_one_that_is_not_there_is_not_added(wang: Person) -> None:
    told = {"kind": "operation", "add": "1", "v-source": "nothing", "facts": "[]"}
    address = "/standing/radiation-operator/may-operate/what-if"
    html = suppose(browser(wang), address, **told).content.decode()
    assert "沒有加入" in html
    assert 'value="nothing"' in html
    assert 'name="facts" value="[]"' in html


def test_facts_that_cannot_stand_are_left_out(wang: Person) -> None:
    facts = json.dumps([{"kind": "patent"}, *[{"kind": "operation", "source": "nothing"}] * 2])
    html = suppose(browser(wang), "/standing/rt-ladder/RT3/what-if", facts=facts).content.decode()
    assert html.count('name="without"') == 1
