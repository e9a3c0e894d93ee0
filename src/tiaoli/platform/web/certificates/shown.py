"""What a page or a machine is told of a certificate; nothing that says who holds it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.certificates.actions import PRINTED
from tiaoli.platform.certificates.masking import masked
from tiaoli.platform.certificates.models import Certificate, StatusChange
from tiaoli.platform.certificates.printing import public_address
from tiaoli.platform.certificates.standing import Standing, standing_on
from tiaoli.platform.certificates.words import kind_label, regulation_title


@dataclass(frozen=True, slots=True)
class PublicCertificate:
    """A certificate on a day, as the public sees it."""

    certificate: Certificate
    on: datetime.date
    standing: Standing
    changes: tuple[StatusChange, ...]

    @property
    def title(self) -> Label:
        return kind_label(self.certificate.kind)

    @property
    def regulation(self) -> Label:
        return regulation_title(self.certificate.regulation)

    @property
    def name(self) -> str:
        return masked(self.certificate.name)

    @property
    def scope(self) -> list[dict[str, Any]]:
        """Without free text, which may name somebody."""
        return [one for one in self.certificate.scope if not one["text"]]

    @property
    def successor(self) -> Certificate | None:
        """Where it was replaced by that day."""
        return self.certificate.replaced_by if self.standing is Standing.REPLACED else None

    def to_json(self) -> dict[str, Any]:
        """For machines. Days are ISO; words are in both languages."""
        one, successor = self.certificate, self.successor
        return {
            "number": one.number,
            "status": self.standing.value,
            "says": _both(self.standing.sentence),
            "on": self.on.isoformat(),
            "issued": one.issued.isoformat(),
            "first": one.first.isoformat(),
            "last": None if one.last is None else one.last.isoformat(),
            "title": _both(self.title),
            "issuer": _both(one.issuer.label),
            "regulation": {"id": one.regulation, **_both(self.regulation)},
            "scope": [{"label": s["label"], "value": s["value"]} for s in self.scope],
            "holder": self.name,
            "history": [
                {"status": c.status, "first": c.first.isoformat(), "clause": c.clause}
                for c in self.changes
            ],
            "replaced_by": None
            if successor is None
            else {"number": successor.number, "address": public_address(successor)},
            "address": public_address(one),
        }


def public(certificate: Certificate, on: datetime.date) -> PublicCertificate:
    """By one query for the changes. What is decided for later is not public yet."""
    changes = tuple(certificate.changes.all())
    begun = tuple(change for change in changes if change.first <= clock.today())
    for change in begun:
        change.words = Certificate.Status.of(change.status).label
    return PublicCertificate(certificate, on, standing_on(certificate, on, changes), begun)


def worded(certificates: Any) -> Any:
    """Rows of a list, with what each is called and whether it is printed: no template decides."""
    for one in certificates:
        one.title = kind_label(one.kind)
        one.masked_name = masked(one.name)
        one.prints = one.standing in PRINTED
    return certificates


def _both(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}
