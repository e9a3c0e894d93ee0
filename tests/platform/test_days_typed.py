"""Wherever a day is typed, ROC and ISO are taken, the field says so, and errors keep what stood."""

import datetime
import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from django import forms
from django.test import Client
from django.utils import translation

from tiaoli.platform import clock, web
from tiaoli.platform.people.models import Account, Deputy, Grade, Membership, Person, Post
from tiaoli.platform.web.days import FORMS, DayField, day_typed
from tiaoli.platform.web.people.forms import WordsForm
from tiaoli.platform.world import making

DAY = datetime.date(2026, 6, 30)
WAYS = ("115/06/30", "民國115年6月30日", "2026-06-30", "２０２６／６／３０", "1150630")
every_way = pytest.mark.parametrize("written", WAYS)
TEMPLATES = Path(web.__file__).parent / "templates"


@pytest.fixture(autouse=True)
def today():
    with clock.standing_at(DAY):
        yield


def all_forms() -> list[type]:
    for module in pkgutil.walk_packages(web.__path__, f"{web.__name__}."):
        importlib.import_module(module.name)
    return _below(forms.BaseForm)


def _below(above: type) -> list[type]:
    ours = [one for one in above.__subclasses__() if one.__module__.startswith("tiaoli")]
    return ours + [deeper for one in above.__subclasses__() for deeper in _below(one)]


def test_no_form_takes_one_calendar_only() -> None:
    found = {form: form.base_fields for form in all_forms() if hasattr(form, "base_fields")}
    days = [field for fields in found.values() for field in fields.values()]
    assert any(isinstance(field, DayField) for field in days)
    assert not [field for field in days if isinstance(field, forms.DateField)]
    one_calendar = [path for path in TEMPLATES.rglob("*.html") if 'type="date"' in path.read_text()]
    assert one_calendar == []


@every_way
def test_a_day_is_read_as_it_is_written(written: str) -> None:
    assert day_typed(written) == (DAY, None)
    assert DayField().clean(written) == DAY


@pytest.mark.parametrize(
    "written", ["115/02/30", "25/12/31", "30/06/2026", "1899-12-31", "9999/1/1"]
)
def test_what_is_no_day_is_refused_in_the_language_of_the_page(written: str) -> None:
    day, wrong = day_typed(written)
    assert day is None
    assert wrong is not None
    for lang, says in (("zh-hant", wrong.zh), ("en", wrong.en)):
        with translation.override(lang), pytest.raises(forms.ValidationError) as error:
            DayField().clean(written)
        assert error.value.messages == [says]


def test_a_field_of_people_says_how_a_day_is_written() -> None:
    class Some(WordsForm):
        first = DayField()
        words = {"first": (FORMS, None)}  # noqa: RUF012

    for lang in ("zh", "en"):
        field = Some(lang=lang)["first"]
        assert field.help_text == FORMS.in_(lang)
    for form in WordsForm.__subclasses__():
        days = {name for name, f in form.base_fields.items() if isinstance(f, DayField)}
        assert days <= set(form.words), f"{form.__name__} says nothing beside {days}"


# The pages


@pytest.fixture
def house(db):
    return making.hospital("山海醫院", "regional")


@pytest.fixture
def admin(house) -> Account:
    return making.officer(house, Post.ADMINISTRATOR, "admin@example.org", "管理者")


def logged_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def stands_with_its_error(response, written: str) -> None:
    """The page is shown again with what was typed, and with what is wrong beside it."""
    text = response.content.decode()
    assert response.status_code == 422
    assert re.search(rf'value="{re.escape(written)}"[^>]*aria-invalid="true"', text)
    assert "沒有「115/02/30」這一天" in text
    assert FORMS.zh in text


@every_way
def test_posts_and_their_end(house, admin, written: str) -> None:
    making.person("王小明", employer=house)
    held = Membership.objects.get(role=Post.PRACTITIONER)
    address, client = f"/organisation/members/{held.pk}/", logged_in(admin)
    new = {"do": "add", "role": Post.DEPARTMENT_HEAD, "unit": "放射科"}
    stands_with_its_error(client.post(address, {**new, "first": "115/02/30"}), "115/02/30")
    assert client.post(address, {**new, "first": written}).status_code == 302
    assert Membership.objects.get(role=Post.DEPARTMENT_HEAD).first == DAY
    stands_with_its_error(client.post(address, {"do": "end", "last": "115/02/30"}), "115/02/30")
    assert client.post(address, {"do": "end", "last": written}).status_code == 302
    held.refresh_from_db()
    assert held.last == DAY


@every_way
def test_deputies(house, admin, written: str) -> None:
    deputy = making.officer(house, Post.EDUCATION_OFFICE, "edu@example.org")
    given = {"post": Membership.objects.get(account=admin).pk, "deputy": deputy.pk}
    client = logged_in(admin)
    wrong = client.post("/deputies/", {**given, "first": written, "last": "115/02/30"})
    stands_with_its_error(wrong, "115/02/30")
    assert f'value="{written}"' in wrong.content.decode()
    sent = {**given, "first": written, "last": written}
    assert client.post("/deputies/", sent).status_code == 302
    term = Deputy.objects.get()
    assert (term.first, term.last) == (DAY, DAY)


@every_way
def test_grades_and_people_entered_and_corrected(house, admin, written: str) -> None:
    client = logged_in(admin)
    grade = {"grade": "medical_centre"}
    stands_with_its_error(
        client.post("/organisation/grade", {**grade, "first": "115/02/30"}), "115/02/30"
    )
    assert client.post("/organisation/grade", {**grade, "first": written}).status_code == 302
    assert Grade.objects.get(grade="medical_centre").first == DAY
    told = {"name": "王小明", "date_of_birth": "民國79年1月2日"}
    stands_with_its_error(
        client.post("/organisation/people/new", {**told, "first": "115/02/30"}), "115/02/30"
    )
    assert client.post("/organisation/people/new", {**told, "first": written}).status_code == 302
    person = Person.objects.get(name="王小明")
    assert person.date_of_birth == datetime.date(1990, 1, 2)
    assert person.memberships.get().first == DAY


@every_way
def test_the_trail_from_a_day_to_a_day(house, written: str) -> None:
    client = logged_in(making.officer(house, Post.AUDITOR, "audit@example.org"))
    shown = client.get("/trail/", {"first": written, "last": written})
    assert shown.status_code == 200
    assert f'value="{written}"' in shown.content.decode()
    wrong = client.get("/trail/", {"first": "115/02/30"}).content.decode()
    assert "沒有「115/02/30」這一天" in wrong
    assert 'value="115/02/30"' in wrong
    far = client.get("/trail/", {"last": "9999-12-31"})
    assert far.status_code == 200
    assert "請查明年份" in far.content.decode()


@every_way
def test_quick_entry(db, written: str) -> None:
    person = making.person("王小明", email="w@example.org")
    client = logged_in(person.account)
    form = {"patient": "P1", "procedure_date": "115/02/30", "entry": "one"}
    wrong = client.post("/quick/case_log/", form)
    assert (wrong.status_code, 'value="115/02/30"' in wrong.content.decode()) == (422, True)
    assert FORMS.zh in wrong.content.decode()
    assert client.post("/quick/case_log/", {**form, "procedure_date": written}).status_code == 302
    assert person.records.get().values["procedure_date"] == DAY.isoformat()
