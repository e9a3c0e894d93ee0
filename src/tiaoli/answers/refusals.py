"""What may be asked: readings that exist, records that are there, days on which there is a text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from tiaoli.facts.dates import both
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.names import nearest
from tiaoli.rules.regulation import Edition, Regulation, UnknownName


class NotInForce(ValueError):
    """The question is dated outside every edition of the regulation."""


class UnknownRecord(LookupError):
    """A question was to be about a record that the dossier does not hold."""


def checked_readings(regulation: Regulation, readings: Mapping[str, str]) -> Mapping[str, str]:
    """``readings``, once every key and reading is known. Raises UnknownName."""
    for key, wanted in readings.items():
        interpretation = regulation.interpretation(key)
        if wanted not in interpretation.option_names:
            hint = nearest(wanted, interpretation.option_names)
            raise UnknownName(
                f"解釋鍵「{key}」沒有「{wanted}」這種讀法。{hint.zh} / "
                f"{key} has no reading {wanted!r}. {hint.en}"
            )
    return readings


def check_about(dossier: Dossier, about: str | None) -> None:
    if about is None or dossier.find(about) is not None:
        return
    hint = nearest(about, (fact.id for fact in dossier.facts))
    raise UnknownRecord(
        f"卷宗裡沒有編號「{about}」的紀錄。{hint.zh} / "
        f"The dossier has no record {about!r}. {hint.en}"
    )


def edition_in_force(regulation: Regulation, on: datetime.date) -> Edition:
    edition = regulation.edition_on(on)
    if edition is None:
        first = regulation.editions[0].first
        assert first is not None, "an edition of all time is in force on every day"
        raise NotInForce(
            f"「{regulation.title.zh}」在 {both(on)} 尚未施行；可查詢的日期自 {both(first)} 起。 / "
            f"{regulation.title.en} was not in force on {both(on, 'en')}; "
            f"ask for a day from {both(first, 'en')} on."
        )
    return edition
