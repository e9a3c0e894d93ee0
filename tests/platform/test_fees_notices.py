"""What the regulation quotes is charged, once; what it does not state never is."""

from typing import Any

import pytest
from acting import DAY
from fee_making import notice, quoted

from tiaoli.facts.reading import read_dossier
from tiaoli.platform.audit.actions import THE_DAY, Refused
from tiaoli.platform.fees.actions import cancel_notice, issue_notice
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.fees.quoting import quote
from tiaoli.platform.people.models import Organisation, Person
from tiaoli.regulations import catalogue
from tiaoli.rules import FigureOf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


# What the regulation quotes


def dossier(*facts: dict[str, Any], incomplete: tuple[str, ...] = ()) -> Any:
    subject = {"id": "p", "kind": "practitioner"}
    return read_dossier({"subject": subject, "facts": list(facts), "incomplete": incomplete})


def ladder_quote(figure: str = "review-fee", incomplete: tuple[str, ...] = ()) -> Any:
    file = {"id": "a", "kind": "application", "route": "society_individual", "level": "RT2"}
    return quote(
        catalogue.find("rt-ladder"), FigureOf(figure), dossier(file, incomplete=incomplete),
        about="a", on=DAY, readings={}, given={},
    )  # fmt: skip


def test_the_amount_is_the_regulations_with_its_clause() -> None:
    found = ladder_quote()
    assert (found.amount, found.clauses) == (2000, ("RTL-7.2",))
    assert found.says.zh == "審查費 2,000 元（依 RTL-7.2）"


def test_what_is_not_known_is_not_charged() -> None:
    found = ladder_quote(incomplete=("membership",))
    assert (found.amount, found.charged) == (None, False)
    assert "還不能確定" in found.says.zh


def test_what_the_text_does_not_state_is_not_charged() -> None:
    found = ladder_quote("refund")
    assert (found.amount, found.charged) == (None, False)
    assert "沒有規定" in found.says.zh


def test_a_figure_about_another_kind_of_record_does_not_apply() -> None:
    assert quote(
        catalogue.find("rt-ladder"), FigureOf("review-fee"), dossier(),
        about=None, on=DAY, readings={}, given={},
    ) is None  # fmt: skip


def test_a_question_whose_name_is_not_complete_yet_says_what_is_lacking() -> None:
    found = ladder_quote("expiry-{domain}")
    assert found.amount is None
    assert "domain" in found.says.en


# Notices


def test_a_notice_is_numbered_and_a_case_pays_once(payee: Organisation, payer: Person) -> None:
    first = notice(payer, payee, "RT-1")
    assert first.number == f"N{payee.pk}-115-00001"
    assert notice(payer, payee, "RT-1") == first
    assert notice(payer, payee, "RT-2").number.endswith("00002")


@pytest.mark.parametrize("amount", [None, "0"])
def test_nothing_is_charged_where_no_amount_is_stated(
    payee: Organisation, payer: Person, amount: str | None
) -> None:
    with pytest.raises(Refused):
        issue_notice(
            THE_DAY, quoted(amount), payer=payer, payee=payee, case="RT-1",
            regulation="rt-ladder", due=None,
        )  # fmt: skip
    assert not Notice.objects.exists()


def test_another_amount_for_the_same_case_is_refused(payee: Organisation, payer: Person) -> None:
    first = notice(payer, payee, "RT-1")
    with pytest.raises(Refused, match="RT-1"):
        notice(payer, payee, "RT-1", "2000")
    cancel_notice(THE_DAY, first, reason="撤回")
    assert notice(payer, payee, "RT-1", "2000").amount == 2000
