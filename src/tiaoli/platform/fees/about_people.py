"""What is held about whoever pays: the books, which stay."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from tiaoli.facts.kinds import Label
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.held import CONCERNED, Found, Part, hold
from tiaoli.platform.people.models import Organisation, Person


def _notices(person: Person) -> Found:
    why = Label("帳務紀錄依法保存。", "Books have to be kept.")
    stays = Notice.objects.filter(payer=person).count()
    return Found(0, stays, why if stays else None)


def _pays_to(organisation: Organisation) -> Q:
    return Q(Exists(Notice.objects.filter(payee=organisation, payer=OuterRef("pk"))))


hold(Part(Label("繳費", "fees"), ("fees.notice",), _notices, lambda _person: None))
CONCERNED.append(_pays_to)
