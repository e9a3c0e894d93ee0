"""What was issued to a person: it stays on the register, with the name that it was issued to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.held import CONCERNED, NEEDED, Found, Part, hold
from tiaoli.platform.people.models import Organisation, Person
from tiaoli.platform.portfolio.about_people import RECORDS_NEEDED


def holding_now(person: Person) -> QuerySet[Certificate]:
    """Certificates that hold today, or may again."""
    status = (Certificate.Status.VALID, Certificate.Status.SUSPENDED)
    return Certificate.objects.filter(
        Q(last=None) | Q(last__gte=clock.today()), person=person, status__in=status
    )


def _certificates(person: Person) -> Found:
    why = Label(
        "已核發的證明要能查驗，保留在證明上的姓名與決定。",
        "What was issued must stay verifiable, with the name and the decision on it.",
    )
    stays = Certificate.objects.filter(person=person).count()
    return Found(0, stays, why if stays else None)


def _needed(person: Person) -> Label | None:
    number = holding_now(person).count()
    if not number:
        return None
    return Label(
        f"還有 {number} 張有效的證明以這個姓名與號碼為準。",
        f"{number} certificate(s) that still hold are those of this name and number.",
    )


def _records(person: Person) -> Iterable[int]:
    return Certificate.objects.filter(person=person).values_list("record", flat=True)


def _issued_by(organisation: Organisation) -> Q:
    return Q(Exists(Certificate.objects.filter(issuer=organisation, person=OuterRef("pk"))))


hold(
    Part(
        Label("證明", "certificates"), ("certificates.certificate",), _certificates,
        lambda _person: None,
    )
)  # fmt: skip
NEEDED.append(_needed)
RECORDS_NEEDED.append(_records)
CONCERNED.append(_issued_by)
