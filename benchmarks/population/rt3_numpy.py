"""
RT3 under the default readings, written by hand in NumPy: a truth for each clause and the outcome,
for all subjects at once. Truths are 0 (not met), 1 (open) and 2 (met).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from encoded import Numbers
from three import (
    absent,
    any_of,
    at_least,
    at_most,
    both,
    either,
    folded,
    given,
    happened,
    is_in,
    lasting,
    none,
    of,
    opposite,
    sum_of,
    unknown,
    within,
    yes,
)
from windows import MINISTRY_FOUNDED, years_before

FAR = np.int32(4_000_000)
EIGHT_HOURS = 480


class Rt3:
    """One method for each clause or two."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers, self.on = numbers, numbers.on
        self.one, self.three, self.five = (years_before(numbers.on, n) for n in (1, 3, 5))

    def option(self, column: str, *options: str) -> Any:
        """Whether a choice is one of ``options``, by row."""
        codes = (self.numbers.code(column, option) for option in options)
        return is_in(self.numbers[column], *codes)

    def begun(self, kind: str, day: str) -> Any:
        return happened(self.numbers[f"{kind}__{day}"], self.on)

    def some(self, kind: str, truth: Any) -> Any:
        """By subject, whether any of its records; open where some may not be listed."""
        found = any_of(truth, self.numbers[f"{kind}__offsets"])
        return either(found, self.open(kind))

    def open(self, kind: str) -> Any:
        return self.numbers[f"{kind}__incomplete"].astype(np.int8)

    def licensed(self) -> Any:
        """RTL-2.1"""
        issued = self.numbers["licence__issue_date"]
        revoked = self.numbers["licence__revoked_date"]
        by_department = both(
            self.option("licence__issuer", "doh"), at_most(issued, MINISTRY_FOUNDED - 1)
        )
        return self.some(
            "licence",
            both(
                self.begun("licence", "issue_date"),
                self.option("licence__profession", "radiographer"),
                either(self.option("licence__issuer", "mohw"), by_department),
                either(absent(revoked), at_least(revoked, self.on + 1)),
            ),
        )

    def judged(self, clause: str) -> Any:
        """What was decided last on a clause; of two rulings of one day the later in order."""
        day, decision = self.numbers["judgement__date"], self.numbers["judgement__decision"]
        counts = (
            (self.numbers["judgement__clause"] == self.numbers.texts[clause])
            & given(day)
            & (day <= self.on)
            & ~unknown(decision)
        )
        place = np.arange(len(day), dtype=np.int64)
        ranked = np.where(counts, day.astype(np.int64) << 32 | place, -1)
        last = folded(np.maximum, ranked, self.numbers["judgement__offsets"], -1)
        met = decision[np.maximum(last, 0) & 0xFFFFFFFF] == self.numbers.code(
            "judgement__decision", "met"
        )
        return np.where(last < 0, 1, yes(met)).astype(np.int8)

    def practises(self) -> Any:
        """RTL-2.2"""
        running = lasting(self.numbers["practice_registration__end_date"], self.on)
        kind = "practice_registration"
        registered = self.some(kind, both(self.begun(kind, "start_date"), running))
        return either(registered, self.judged("RTL-2.2"))

    def reviewed(self) -> Any:
        """RTL-3.2a"""
        return self.some(
            "institution_review",
            both(
                self.option("institution_review__level", "RT3"),
                self.option("institution_review__result", "passed"),
                at_most(self.numbers["institution_review__date"], self.on),
            ),
        )

    def interval(self) -> tuple[Any, Any]:
        """RTL-3.3, RTL-3.3b: a year since the last level; the level below is held."""
        day, offsets = (
            self.numbers["level_award__approval_date"],
            self.numbers["level_award__offsets"],
        )
        there = self.begun("level_award", "approval_date")
        held = both(there, self.option("level_award__level", "RT2"))
        last = folded(np.maximum, np.where(day <= self.on, day, 0), offsets)
        doubtful = any_of(yes(unknown(day)), offsets) > 0
        a_year = np.where((last > 0) & (last <= self.one), 2, 0).astype(np.int8)
        a_year[doubtful | (self.open("level_award") > 0)] = 1
        return either(opposite(self.some("level_award", there)), a_year), self.some(
            "level_award", held
        )

    def since(self) -> tuple[Any, Any]:
        """From when on service counts (0: from no day), and whether that is known."""
        day, offsets = self.numbers["licence__issue_date"], self.numbers["licence__offsets"]
        mine = both(
            self.begun("licence", "issue_date"), self.option("licence__profession", "radiographer")
        )
        first = folded(np.minimum, np.where((mine == 2) & given(day), day, FAR), offsets, FAR)
        there = any_of(mine, offsets) == 2
        rival = folded(
            np.minimum, np.where(mine == 1, np.where(given(day), day, 0), FAR), offsets, FAR
        )
        known = ~((rival < FAR) & (~there | (rival <= first))) & (self.open("licence") == 0)
        start = self.numbers["practice_registration__start_date"]
        offsets = self.numbers["practice_registration__offsets"]
        counts = given(start) & (start <= self.on)
        entered = folded(np.minimum, np.where(counts, start, FAR), offsets, FAR)
        known &= any_of(yes(unknown(start)), offsets) == 0
        known &= self.open("practice_registration") == 0
        return np.maximum(
            np.where(first == FAR, 0, first), np.where(entered == FAR, 0, entered)
        ), known

    def years(self) -> Any:
        """RTL-4A.RT3.YEARS: by the calendar without a break, by the days with one."""
        since, known = self.since()
        start = self.numbers["clinical_service__start_date"]
        end = self.numbers["clinical_service__end_date"]
        offsets, owner = (
            self.numbers["clinical_service__offsets"],
            self.numbers.owners("clinical_service"),
        )
        there = happened(start, self.on) > 0
        dated = given(start) & ~unknown(end)
        last = np.where(none(end), FAR, end)
        counts = there & dated & known[owner] & (since[owner] > 0) & (last >= since[owner])
        first = np.maximum(start, since[owner])
        counts &= first < self.on
        blocks, days, begins = _served(
            first, np.minimum(last, self.on - 1), counts, owner, len(since)
        )
        reaches = _years_before(begins + days, 3)
        complete = np.where(blocks == 1, begins <= reaches, (blocks > 1) & (days >= 3 * 365))
        never = known & (since == 0)
        unsure = any_of(yes(there & (~dated | ~known[owner])), offsets) > 0
        found = np.where(complete, 2, np.where(unsure & ~never, 1, 0)).astype(np.int8)
        return either(found, self.open("clinical_service"))

    def certified(self) -> tuple[Any, Any]:
        """RTL-4A.RT3.JCT, RTL-5.RT3.TEACH.a"""
        kind = "teacher_certification"
        issued, expires = (
            self.numbers[f"{kind}__{name}"] for name in ("issue_date", "expiry_date")
        )
        ever = both(happened(issued, self.on), self.option(f"{kind}__issuer_type", "jct"))
        now = both(ever, at_most(issued, self.on), at_least(expires, self.on))
        return self.some(kind, ever), self.some(kind, now)

    def published(self) -> tuple[Any, Any]:
        """RTL-4A.RT3.PUB, RTL-5.RT3.ACAD"""
        conference = self.option("publication__type", "conference_oral", "conference_poster")
        counts = both(
            either(conference, self.option("publication__type", "journal_article")),
            within(self.numbers["publication__publication_date"], self.five, self.on),
        )
        reviewed = self.numbers["publication__peer_reviewed"]
        leading = both(
            counts,
            self.option("publication__author_role", "first", "co_first", "corresponding"),
            either(conference, of(reviewed, reviewed == 1)),
        )
        return self.some("publication", leading), self.some("publication", counts)

    def taught(self) -> tuple[Any, Any]:
        """RTL-5.RT3.TEACH.b, RTL-5.RT3.TEACH.c"""
        day = self.numbers["teaching_activity__date"]
        recent = both(happened(day, self.on), within(day, self.three, self.on))
        report = both(
            recent,
            self.option("teaching_activity__type", "oral_report_supervision"),
            opposite(self.option("teaching_activity__learner_type", "other")),
        )
        plan = both(recent, self.option("teaching_activity__type", "lesson_plan"))
        return self.some("teaching_activity", report), self.some("teaching_activity", plan)

    def professional(self) -> Any:
        """RTL-5.RT3.PROF, RTL-5.N2"""
        end = self.numbers["training__end_date"]
        course = both(
            self.option("training__type", "advanced_field"),
            self.option(
                "training__issuer_type", "professional_society", "teaching_hospital", "school"
            ),
            self.option("training__document_type", "training_certificate", "pass_certificate"),
            at_most(end, self.on),
        )
        qualified = self.some("qa_qualification", self.begun("qa_qualification", "issue_date"))
        return either(self.some("training", course), qualified)

    def minutes(self) -> tuple[Any, Any, Any]:
        """What RTL-5.RT3.ADMIN.a measures: the certain, the possible, and whether limited."""
        topics, hours = self.numbers["training__topics"], self.numbers["training__hours"]
        wanted = sum(
            1 << self.numbers.code("training__topics", topic)
            for topic in ("care_quality", "patient_safety")
        )
        about = either(
            self.option("training__type", "care_quality", "patient_safety"),
            of(topics, (topics & wanted) != 0),
        )
        counts = both(about, within(self.numbers["training__end_date"], self.three, self.on))
        length, offsets = np.where(given(hours), hours, 0), self.numbers["training__offsets"]
        low = sum_of(np.where(counts == 2, length, 0), offsets)
        high = sum_of(np.where(counts >= 1, length, 0), offsets)
        unlimited = any_of(yes((counts >= 1) & unknown(hours)), offsets) > 0
        return low, high, ~unlimited & (self.open("training") == 0)

    def offices(self) -> tuple[Any, Any]:
        """RTL-5.RT3.ADMIN.b, RTL-5.RT3.ADMIN.c"""
        activity = both(
            self.begun("quality_activity", "start_date"),
            lasting(self.numbers["quality_activity__end_date"], self.three),
        )
        lead = both(
            self.begun("administrative_role", "start_date"),
            self.option("administrative_role__type", "accreditation_lead"),
            lasting(self.numbers["administrative_role__end_date"], self.three),
        )
        return self.some("quality_activity", activity), self.some("administrative_role", lead)

    def listed(self) -> Any:
        """RTL-5.N1, by duty: the list of advanced items of the same institution has the item."""
        kind = "institution_duty_list"
        in_force = both(
            self.begun(kind, "from_date"),
            lasting(self.numbers[f"{kind}__to_date"], self.on),
            self.option(f"{kind}__owner", "institution"),
        )
        offsets, owner = self.numbers[f"{kind}__offsets"], self.numbers.owners("clinical_duty")
        each = np.diff(offsets)[owner]
        duty = np.repeat(np.arange(len(owner)), each)
        entry = np.arange(len(duty)) - np.repeat(np.cumsum(each) - each, each)
        entry += offsets[owner][duty]
        agree = both(in_force[entry], self._same_place(duty, entry), self._has_item(duty, entry))
        found = folded(np.maximum, agree, np.concatenate([[0], np.cumsum(each)]))
        return either(found, self.open(kind)[owner])

    def _same_place(self, duty: Any, entry: Any) -> Any:
        mine = self.numbers["clinical_duty__institution"][duty]
        theirs = self.numbers["institution_duty_list__institution"][entry]
        found = yes((mine == theirs) & given(mine))
        found[unknown(mine) | unknown(theirs)] = 1
        return found

    def _has_item(self, duty: Any, entry: Any) -> Any:
        kind = "institution_duty_list__items"
        mine, states = (
            self.numbers["clinical_duty__item"][duty],
            self.numbers[f"{kind}__states"][entry],
        )
        starts, codes = self.numbers[f"{kind}__starts"], self.numbers[f"{kind}__codes"]
        each = np.diff(starts)[entry]
        pair = np.repeat(np.arange(len(entry)), each)
        place = np.arange(len(pair)) - np.repeat(np.cumsum(each) - each, each) + starts[entry][pair]
        alike = yes((codes[place] == mine[pair]) & (mine[pair] >= 0))
        found = folded(np.maximum, alike, np.concatenate([[0], np.cumsum(each)]))
        found[(states == 1) | unknown(mine)] = 1
        return found

    def clinical(self) -> Any:
        """RTL-5.RT3.CLIN"""
        duty = both(
            self.begun("clinical_duty", "start_date"),
            self.option("clinical_duty__role", "performs"),
            lasting(self.numbers["clinical_duty__end_date"], self.on),
            self.listed(),
        )
        attested = both(
            self.begun("competency_attestation", "date"),
            self.option("competency_attestation__scope", "supervise_interns"),
        )
        shown = both(
            self.some("clinical_duty", duty), self.some("competency_attestation", attested)
        )
        return either(shown, self.judged("RTL-5.RT3.CLIN"))


def _served(first: Any, last: Any, counts: Any, owner: Any, size: int) -> tuple[Any, Any, Any]:
    """By subject: unbroken blocks of service, the days in them, and the first day of all."""
    rows = np.flatnonzero(counts)
    rows = rows[np.lexsort((first[rows], owner[rows]))]
    owner, first, last = owner[rows], first[rows].astype(np.int64), last[rows].astype(np.int64)
    shift = owner * (FAR * 2)  # so that no subject reaches into the next
    reached = np.maximum.accumulate(last + shift) if len(rows) else last
    before = np.concatenate([[-1], reached[:-1]]) - shift
    new = before < first - 1
    added = np.maximum(0, last - np.maximum(first, before + 1) + 1)
    blocks = np.bincount(owner[new], minlength=size)
    days = np.bincount(owner, weights=added, minlength=size).astype(np.int64)
    begins = np.zeros(size, dtype=np.int64)
    begins[owner[::-1]] = first[::-1]
    return blocks, days, begins


def _years_before(days: Any, years: int) -> Any:
    """``windows.years_before`` of many days, each different one worked out once."""
    different, place = np.unique(days, return_inverse=True)
    return np.array([years_before(max(int(d), 366 * 4), years) for d in different])[place]


def answers(numbers: Numbers) -> dict[str, Any]:
    """Every clause by its name, and the outcome."""
    rt3 = Rt3(numbers)
    found = {"licensed": rt3.licensed(), "practises": rt3.practises(), "reviewed": rt3.reviewed()}
    found["interval"], found["level_below"] = rt3.interval()
    found["years"] = rt3.years()
    found["certified"], found["certified_now"] = rt3.certified()
    found["published"], found["academic"] = rt3.published()
    found["supervises"], found["lesson_plan"] = rt3.taught()
    found["professional"], found["clinical"] = rt3.professional(), rt3.clinical()
    low, high, limited = rt3.minutes()
    found |= {"minutes_low": low, "minutes_high": high, "minutes_limited": limited}
    open_hours = (~limited | (high >= EIGHT_HOURS)).astype(np.int8)
    found["hours"] = either(yes(low >= EIGHT_HOURS), open_hours)
    found["activity"], found["lead"] = rt3.offices()
    return found | concluded(found)


def concluded(found: dict[str, Any]) -> dict[str, Any]:
    """What follows from the clauses: RTL-4B.RT3.ABIL, RTL-4B.RT3.QI, RTL-5.0, and the outcome."""
    taught = either(found["supervises"], found["lesson_plan"])
    ability = both(found["academic"], found["certified_now"], taught)
    quality = either(found["hours"], found["activity"], found["lead"])
    cells = both(found["professional"], found["clinical"], ability, quality)
    standing = [found[name] for name in ("licensed", "practises", "reviewed", "interval")]
    rows = [found[name] for name in ("level_below", "years", "certified", "published")]
    everything = both(*standing, *rows, cells)
    otherwise = np.where(found["licensed"] == 0, 1, 2)
    outcome = np.select([everything == 2, everything == 1], [0, 3], otherwise).astype(np.int8)
    return {
        "has_taught": taught,
        "ability": ability,
        "quality": quality,
        "cells": cells,
        "outcome": outcome,
    }
