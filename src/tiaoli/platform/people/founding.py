"""
A house is entered by whoever runs the machine: what it is, what it runs, and its first
administrator. Everybody else is invited from its pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, Refused, Told, action
from tiaoli.platform.people.models import (
    Account,
    Mandate,
    Membership,
    Organisation,
    OrganisationKind,
    Post,
    holding,
)
from tiaoli.regulations import catalogue

THE_MACHINE: Final = Actor(by="主機管理者 whoever runs the machine", via="task")
"""Nobody with an account: a command on the machine itself."""


@dataclass(frozen=True, slots=True)
class House:
    """An organisation as it is told: ``runs`` are ids of the catalogue."""

    name: str
    kind: OrganisationKind
    english_name: str = ""
    runs: tuple[str, ...] = ()


def _from_the_machine(by: Actor, _house: House) -> Label | None:
    if by == THE_MACHINE:
        return None
    return Label(
        "機構由主機管理者以指令登錄。", "A house is entered by a command on the machine itself."
    )


@action("people.enter_house", Label("登錄機構", "enter a house"), allowed=_from_the_machine)
def enter_house(_by: Actor, house: House, *, administrator: str) -> Told[Organisation]:
    """
    The house, what it runs from today on, and an account that administers it; told again, nothing
    is there twice.

    Raises UnknownRegulation, and Refused where the name is that of another kind of house, or where
    another house runs one of the regulations.
    """
    for regulation in house.runs:
        catalogue.find(regulation)
    made, _ = Organisation.objects.select_for_update().get_or_create(
        name=house.name, defaults={"kind": house.kind, "english_name": house.english_name}
    )
    if made.kind != house.kind:
        there = OrganisationKind.of(made.kind).label
        raise Refused(
            Label(f"「{made.name}」已登錄為{there.zh}。", f"{made.name} is entered as {there.en}.")
        )
    for regulation in house.runs:
        _give(made, regulation)
    _let_administer(made, administrator)
    data = {"kind": house.kind.value, "runs": list(house.runs)}
    return Told(made, None, data, {"administrator": administrator})


def _give(house: Organisation, regulation: str) -> None:
    held = Mandate.objects.filter(regulation=regulation, last=None).select_related("organisation")
    mandate = held.first()
    if mandate is None:
        Mandate.objects.create(organisation=house, regulation=regulation, first=clock.today())
    elif mandate.organisation_id != house.pk:
        other = mandate.organisation.label
        raise Refused(
            Label(
                f"「{regulation}」目前由{other.zh}主辦，一部法規只有一個主辦單位。",
                f"{regulation} is run by {other.en}; a regulation is run by one house at a time.",
            )
        )


def _let_administer(house: Organisation, email: str) -> None:
    """The account of an address, made where there is none: its password is set by a mail."""
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        account = Account.objects.create_user(email)
        account.emailaddress_set.create(email=account.email, verified=True, primary=True)
    post = {"organisation": house, "account": account, "role": Post.ADMINISTRATOR}
    if not Membership.objects.filter(holding(clock.today()), **post).exists():
        Membership.objects.create(first=clock.today(), **post)
