"""
The credits of a licence cycle under the default readings, written by hand in NumPy: what each
activity is worth, its factor, the caps in the order of the days, what counts only once; and where
something is not known, what is certain and what is possible.

Raw points and factors are tenths, what is counted hundredths. An amount without limit is FAR or
more. Truths are 0 (not met), 1 (open) and 2 (met).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from encoded import Numbers
from three import (
    absent,
    any_of,
    both,
    either,
    folded,
    given,
    happened,
    is_in,
    none,
    of,
    opposite,
    unknown,
    yes,
)

FAR = np.int64(10**12)
CAPS = {"4": 6000, "5": 8000, "6": 8000, "7": 5000, "9": 1500, "11": 3000, "13": 2500}
"""RRT-4.4.c, RRT-4.5.b, RRT-4.6.b, RRT-4.7.e, RRT-4.9.b, RRT-4.11.c, RRT-4.13.b"""
SEMESTER = 1500
MOST_SUPPORTING = 2400


def reached(day: Any, first: Any) -> Any:
    """Not before ``first``; open where either is not known."""
    met = yes((day >= first) & given(day) & given(first))
    return np.where(unknown(day) | unknown(first), 1, met).astype(np.int8)


@dataclass
class Lines:
    """What caps look at, by activity; a line that is not ``known`` has neither room nor single."""

    owner: Any
    inside: Any
    counts: Any
    low: Any
    high: Any
    exact: Any
    room: Any
    most: Any
    single: Any
    highest: Any
    known: Any

    def only(self, rows: Any) -> Lines:
        return Lines(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


class Credits:
    """The activities that have been reported, in the order in which they take their turn."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers, self.on, self.size = numbers, numbers.on, len(numbers)
        owner, day = numbers.owners("credit_entry"), numbers["credit_entry__date"]
        void = self._among(
            numbers["credit_entry__status"], "status", "void", "reversed", "not_counted"
        )
        inside = both(happened(day, self.on), opposite(void))  # RRT-8.1.a
        rows = np.flatnonzero(inside)
        turn = np.where(given(day[rows]), day[rows], np.iinfo(np.int32).max)
        self.rows = rows[np.lexsort((rows, turn, owner[rows]))]
        self.owner, self.inside = owner[self.rows], inside[self.rows]
        self.date = day[self.rows]
        settled = np.ones(self.size, dtype=bool)
        settled[self.owner[unknown(self.date)]] = False
        self.settled = settled[self.owner]
        self.more = numbers["credit_entry__incomplete"] > 0
        self.in_cycle = self._in_cycle()

    def at(self, name: str) -> Any:
        return self.numbers[f"credit_entry__{name}"][self.rows]

    def _among(self, values: Any, name: str, *options: str) -> Any:
        codes = (self.numbers.code(f"credit_entry__{name}", option) for option in options)
        return is_in(values, *codes)

    def mode(self, *options: str) -> Any:
        return self._among(self.at("mode"), "mode", *options)

    def role(self, *options: str) -> Any:
        return self._among(self.at("role"), "role", *options)

    def true(self, name: str) -> Any:
        values = self.at(name)
        return of(values, values == 1)

    def judged(self, clause: str) -> Any:
        """By activity, what was decided last on a clause; of two of one day the later in order."""
        numbers, day = self.numbers, self.numbers["judgement__date"]
        decision = numbers["judgement__decision"]
        counts = (numbers["judgement__clause"] == numbers.texts[clause]) & given(day)
        counts &= (day <= self.on) & ~unknown(decision)
        ranked = np.where(counts, day.astype(np.int64) << 32 | np.arange(len(day)), -1)
        last = folded(np.maximum, ranked, numbers["judgement__offsets"], -1)
        met = decision[np.maximum(last, 0) & 0xFFFFFFFF] == numbers.code(
            "judgement__decision", "met"
        )
        return np.where(last < 0, 1, yes(met)).astype(np.int8)[self.owner]

    def _in_cycle(self) -> Any:
        """RRT-5.2.6.c: university courses by their last day, others by the day of the activity."""
        numbers = self.numbers
        first, offsets = numbers["licence_cycle__from_date"], numbers["licence_cycle__offsets"]
        there = happened(first, self.on)
        open_ = numbers["licence_cycle__incomplete"] > 0
        nobody = opposite(either(any_of(there, offsets), open_.astype(np.int8)))
        open_ = open_ | (any_of(yes(unknown(first)), offsets) > 0)
        rank = np.where(given(first), first, 0).astype(np.int64) << 32 | np.arange(len(first))
        which = folded(np.maximum, np.where(there == 2, rank, -1), offsets, -1)
        row = np.maximum(which, 0) & 0xFFFFFFFF
        absent_day, unsaid = np.iinfo(np.int32).min + 1, np.iinfo(np.int32).min
        renewal = numbers["licence_cycle__renewal_date"]
        last = np.where(given(renewal), renewal - 1, renewal)
        begins, ends = (
            np.where(open_, unsaid, np.where(which < 0, absent_day, days[row])).astype(np.int32)
            for days in (first, last)
        )

        def placed(day: Any) -> Any:
            within = both(reached(day, begins[self.owner]), reached(ends[self.owner], day))
            return either(nobody[self.owner], within)

        university, end = self.mode("8"), self.at("end_date")
        ended = np.where(none(end), self.date, end)
        return either(
            both(opposite(university), placed(self.date)), both(university, placed(ended))
        )

    def factors(self) -> tuple[Any, Any]:
        """RRT-4.14, RRT-4.15: registered on the day of the activity on an island, far away."""
        numbers, kind = self.numbers, "practice_registration"
        offsets = numbers[f"{kind}__offsets"]
        each = np.diff(offsets)[self.owner]
        line = np.repeat(np.arange(len(self.owner)), each)
        post = np.arange(len(line)) - np.repeat(np.cumsum(each) - each, each)
        post += offsets[self.owner][line]
        start, end = (numbers[f"{kind}__{name}"][post] for name in ("start_date", "end_date"))
        day, starts = self.date[line], np.concatenate([[0], np.cumsum(each)])
        covers = both(
            happened(start, self.on), reached(day, start), either(absent(end), reached(end, day))
        )
        listed = numbers[f"{kind}__remote_list"]
        codes = (
            numbers.code(f"{kind}__remote_list", name)
            for name in ("mountain", "under_resourced", "shortage")
        )
        island, area = (numbers[f"{kind}__{name}"] for name in ("outlying_island", "remote_area"))
        remote = both(of(area, area == 1), is_in(listed, *codes))
        open_ = numbers[f"{kind}__incomplete"].astype(np.int8)[self.owner]
        asked = self.at("factor_requested")
        wanted = both(either(absent(asked), of(asked, asked == 1)), opposite(self.mode("10")))
        isle, far = (
            both(wanted, either(any_of(both(covers, place[post]), starts), open_))
            for place in (of(island, island == 1), remote)
        )
        twice = either(both(isle, far), both(isle, opposite(far)))
        half = both(opposite(isle), far)
        low = np.select([twice == 2, half == 2], [20, 15], 10)
        high = np.select([half == 2, twice > 0, half > 0], [15, 20, 15], 10)
        return low, high

    def hours(self) -> tuple[Any, Any]:
        """RRT-5.1.3.2.c, .d: hours of fifty minutes in tenths, by case, attribute and role."""
        course, attribute, role = self.at("case"), self.at("attribute"), self.at("role")
        length = self.at("hours")
        minutes = np.where(given(length), length, 0)
        named = ~(unknown(course) | unknown(attribute) | unknown(role))
        alone = (course < 0) | (attribute < 0) | (role < 0)
        place = np.arange(len(self.owner))
        pool = np.where(alone, -1 - place, (course.astype(np.int64) * 8 + attribute) * 16 + role)
        order = np.lexsort((place, pool, self.owner))
        new = np.ones(len(order), dtype=bool)
        new[1:] = (self.owner[order][1:] != self.owner[order][:-1]) | (
            pool[order][1:] != pool[order][:-1]
        )
        doubtful = unknown(length) | (self.inside < 2)
        before, spoilt = np.empty(len(order), np.int64), np.empty(len(order), np.int64)
        before[order] = _earlier(minutes[order], new)
        spoilt[order] = _earlier(doubtful[order].astype(np.int64), new)
        first = np.ones(len(place), dtype=bool)
        first[1:] = self.owner[1:] != self.owner[:-1]
        nameless = _earlier((~named).astype(np.int64), first)
        exact = named & self.settled & ~self.more[self.owner] & (spoilt == 0) & (nameless == 0)
        share = (before + minutes) // 5 - before // 5
        low = np.where(unknown(length), 0, np.where(exact, share, minutes // 5))
        high = np.where(exact, share, minutes // 5 + 1)
        return low, np.where(unknown(length), FAR, high)

    def yearly(self) -> tuple[Any, Any]:
        """RRT-4.10.a, RRT-4.12.a: twenty points for each year complete."""
        start, end = self.at("start_date"), self.at("end_date")
        both_given = given(start) & given(end)
        from_year, from_day = _civil(np.where(both_given, start, 1))
        to_year, to_day = _civil(np.where(both_given, end + 1, 1))
        complete = np.maximum(0, to_year - from_year - (to_day < from_day))
        nothing = none(start) | none(end)
        low = np.where(both_given, 200 * complete, 0)
        return low, np.where(both_given | nothing, low, FAR)

    def raw(self) -> tuple[Any, Any]:
        """RRT-4.1 to RRT-4.13: the row that is met; else the greatest of those that may be."""
        low, high = self.hours()
        rows: list[tuple[Any, tuple[Any, Any]]] = []
        attends = self.role("attendee")

        def row(truth: Any, least: Any, most: Any = None) -> None:
            rows.append((truth, (least, least if most is None else most)))

        row(both(self.mode("1", "4"), attends), low, high)  # 4.1.a, 4.4.a
        row(both(self.mode("1"), self.role("lecturer")), 5 * low, 5 * high)  # 4.1.b
        presents = self.role("main_presenter", "lecturer", "speaker", "special_speaker")
        row(both(self.mode("4"), presents), 30)  # 4.4.b
        row(both(self.mode("5"), self.true("assessment_passed")), 10)  # 4.5.a
        row(self.mode("6"), 20)  # 4.6.a
        self._symposia(row, attends, (low, high))
        self._papers(row)
        row(both(self.mode("8"), self.true("related"), self.true("passed")), *self._university())
        row(self.mode("9"), 10)  # 4.9.a
        clinical = self._among(self.at("programme"), "programme", "clinical_personnel")
        open_to = either(clinical, self.judged("RRT-4.12.SCOPE"))
        row(
            either(self.mode("10"), both(self.mode("12"), open_to)), *self.yearly()
        )  # 4.10.a, 4.12.a
        row(self.mode("11"), *self._study())  # 4.11
        met = [truth == 2 for truth, _ in rows]
        may = np.zeros(len(self.owner), dtype=np.int64)
        for truth, (_, most) in rows:
            may = np.maximum(may, np.where(truth == 1, most, 0))
        return (
            np.select(met, [least for _, (least, _) in rows], 0),
            np.select(met, [most for _, (_, most) in rows], may),
        )

    def _symposia(self, row: Any, attends: Any, length: tuple[Any, Any]) -> None:
        """RRT-4.2 and RRT-4.3; claimed afterwards, a symposium is scored by the row below."""
        prior = self._among(self.at("prior_recognition"), "prior_recognition", "late", "never")
        late = yes(prior == 2)
        second = both(self.mode("2"), opposite(late))
        third = either(both(self.mode("2"), late), self.mode("3"))
        special, speaks = self.role("special_speaker"), self.role("speaker")
        first, others = self.role("first_author"), self.role(*OTHER_AUTHORS)
        low, high = length
        row(both(second, attends), 2 * low, 2 * high)  # 4.2.a
        row(both(second, first), 30)  # 4.2.b
        row(both(second, others), 10)  # 4.2.c
        found = either(special, both(speaks, yes(self.judged("RRT-4.2.d") == 2)))
        row(both(second, found), 100)  # 4.2.d
        row(both(third, attends), low, high)  # 4.3.a
        row(both(third, first), 20)  # 4.3.b
        row(both(third, others), 10)  # 4.3.c
        found = either(special, both(speaks, yes(self.judged("RRT-4.3.d") == 2)))
        row(both(third, found), 30)  # 4.3.d

    def leading(self) -> Any:
        """First or corresponding author, or one printed as equal (unless found otherwise)."""
        equal = yes(self.judged("RRT-4.7.a") > 0)
        return either(
            self.role("first_author", "corresponding_author"),
            both(self.role("co_first_author"), equal),
        )

    def _papers(self, row: Any) -> None:
        """RRT-4.7.a to d: half of it where it is no original article."""
        printed = both(self.mode("7"), self.true("peer_reviewed"))
        article = self.at("article_type")
        original, other = (
            self._among(article, "article_type", name) == 2 for name in ("original", "other")
        )
        half = np.select([original, other], [2, 1], 0)
        most = np.where(unknown(article), 2, half)
        unequal = both(self.role("co_first_author"), yes(self.judged("RRT-4.7.a") == 0))
        row(both(printed, self.leading()), 80 * half, 80 * most)
        row(both(printed, either(self.role("second_author"), unequal)), 30 * half, 30 * most)
        row(both(printed, self.role("other_author")), 10 * half, 10 * most)

    def _university(self) -> tuple[Any, Any]:
        """RRT-4.8.a: five points for each credit earned, in tenths of a credit."""
        credits = self.at("academic_credits")
        low = np.where(given(credits), 5 * (credits // 100_000), 0)
        return low, np.where(unknown(credits), FAR, low)

    def _study(self) -> tuple[Any, Any]:
        """RRT-4.11.a, .b: two points a day for a week, five for each whole week of more."""
        days = np.where(given(self.at("days")), self.at("days"), 0)
        low = np.where(days <= 7, 20 * days, 50 * (days // 7))
        return low, np.where(unknown(self.at("days")), FAR, low)

    def lines(self) -> Lines:
        raw, factor = self.raw(), self.factors()
        mode, source, semester = self.at("mode"), self.at("source_id"), self.at("semester")
        place = np.arange(len(mode), dtype=np.int64)
        most = np.zeros(64, dtype=np.int64)
        for name, number in CAPS.items():
            most[self.numbers.code("credit_entry__mode", name)] = number
        capped = np.where(mode >= 0, most[np.maximum(mode, 0)], 0)
        university = self.mode("8") == 2
        once = either(both(self.mode("5"), self.true("assessment_passed")), self.mode("7"))
        known = self.settled & ~unknown(mode)
        known &= ~((capped > 0) & (self.in_cycle == 1)) & ~(university & unknown(semester))
        known &= (once != 1) & ~((once == 2) & unknown(source))
        room = np.where((capped > 0) & (self.in_cycle == 2), _key(mode, 0 * place, place), -1)
        room = np.where(university, _key(mode, semester, place), room)
        low, high = raw[0] * factor[0], np.where(raw[1] >= FAR, FAR, raw[1] * factor[1])
        exact = (self.inside == 2) & known & (raw[0] == raw[1]) & (factor[0] == factor[1])
        return Lines(
            self.owner,
            self.inside,
            self.in_cycle,
            low,
            high,
            exact,
            np.where(known, room, -1),
            np.where(university, SEMESTER, capped),
            np.where(known & (once == 2), _key(mode, source, place), -1),
            self.mode("7") == 2,
            known,
        )


OTHER_AUTHORS = ("co_first_author", "corresponding_author", "second_author", "other_author")


def _key(mode: Any, value: Any, place: Any) -> Any:
    """By which lines go together; one without a value is by itself."""
    by_itself = (np.int64(1) << 40) | place
    return mode.astype(np.int64) << 48 | np.where(value < 0, by_itself, value)


def _earlier(values: Any, new: Any) -> Any:
    """The sum of those before it in its group, which begins where ``new``."""
    running = np.cumsum(values) - values
    starts = np.flatnonzero(new)
    return running - np.repeat(running[starts], np.diff(np.append(starts, len(values))))


def _civil(ordinal: Any) -> tuple[Any, Any]:
    """The year, and the month and day as one number."""
    days = (ordinal - 719_163).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    year = months.astype(np.int64) // 12 + 1970
    month = months.astype(np.int64) % 12 + 1
    return year, month * 100 + (days - months.astype("datetime64[D]")).astype(np.int64) + 1


def _groups(owner: Any, key: Any) -> Any:
    """A number for each different pair of subject and key."""
    order = np.lexsort((key, owner))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (owner[order][1:] != owner[order][:-1]) | (key[order][1:] != key[order][:-1])
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.cumsum(new) - 1
    return found


def _any_in_group(group: Any, what: Any) -> Any:
    return (np.bincount(group, weights=what) > 0)[group]


def counted(lines: Lines, more: Any, size: int) -> tuple[Any, Any, Any]:
    """By subject what counts for certain, what may count, and whether that has a limit."""
    room, single = (_groups(lines.owner, key) for key in (lines.room, lines.single))
    may_count = (lines.counts > 0) & lines.known
    matters = (lines.counts > 0) | ~lines.known
    matters |= (lines.room >= 0) & _any_in_group(room, may_count)
    matters |= (lines.single >= 0) & _any_in_group(single, may_count)
    kept = lines.only(np.flatnonzero(matters))
    settled = ~more
    settled[kept.owner[~(kept.exact & (kept.counts != 1))]] = False
    low, high = np.zeros(size, np.int64), np.zeros(size, np.int64)
    exact = _shared_out(kept.only(np.flatnonzero(settled[kept.owner])), size)
    certain, possible = _bounds(kept.only(np.flatnonzero(~settled[kept.owner])), more, size)
    low = np.where(settled, exact, certain)
    high = np.where(settled, exact, np.where(more, FAR, possible))
    return low, np.where(high >= FAR, 0, high), high < FAR


def _shared_out(lines: Lines, size: int) -> Any:
    """All is known: each line in turn gets what its cap has left."""
    place = np.arange(len(lines.owner))
    single = _groups(lines.owner, np.where(lines.single >= 0, lines.single, -2 - place))
    order = np.lexsort((place, np.where(lines.highest, -lines.low, 0), single))
    first = np.ones(len(order), dtype=bool)
    first[1:] = single[order][1:] != single[order][:-1]
    repeated = np.empty(len(order), dtype=bool)
    repeated[order] = ~first
    want = np.where(repeated, 0, lines.low)
    room = _groups(lines.owner, np.where(lines.room >= 0, lines.room, -2 - place))
    order = np.lexsort((place, room))
    new = np.ones(len(order), dtype=bool)
    new[1:] = room[order][1:] != room[order][:-1]
    before = np.empty(len(order), dtype=np.int64)
    before[order] = _earlier(want[order], new)
    left = np.maximum(0, lines.most - before)
    got = np.where(lines.room >= 0, np.minimum(want, left), want)
    return _sum(lines.owner, np.where(lines.counts == 2, got, 0), size)


def _bounds(lines: Lines, more: Any, size: int) -> tuple[Any, Any]:
    """What caps certainly hold once others have taken all they might, and what they may hold."""
    doubtful = ~lines.known
    any_doubtful = _sum(lines.owner, doubtful, size) > 0
    alike = _groups(lines.owner, lines.single)
    several = np.bincount(alike)[alike] > 1 if len(alike) else alike > 0
    may_repeat = (lines.single >= 0) & (several | any_doubtful[lines.owner])
    in_room = lines.room >= 0
    taken = _sum(lines.owner, np.where(doubtful & (lines.counts < 2), lines.high, 0), size)
    certain = ~in_room & (lines.inside == 2) & (lines.counts == 2) & lines.known & ~may_repeat
    low = _sum(lines.owner, np.where(certain, lines.low, 0), size)
    high = _sum(lines.owner, np.where(~in_room & (lines.counts > 0), lines.high, 0), size)
    of_rooms = lines.only(np.flatnonzero(in_room))
    room = _groups(of_rooms.owner, of_rooms.room)
    number = int(room.max(initial=-1)) + 1
    owner, most = np.zeros(number, np.int64), np.zeros(number, np.int64)
    owner[room], most[room] = of_rooms.owner, of_rooms.most
    sure = (of_rooms.inside == 2) & ~may_repeat[in_room]
    fill = _sum(room, np.where(sure, of_rooms.low, 0), number)
    others = _sum(room, np.where(of_rooms.counts < 2, of_rooms.high, 0), number) + taken[owner]
    may = _sum(room, np.where(of_rooms.counts > 0, of_rooms.high, 0), number)
    left = np.where(more[owner], 0, np.maximum(0, np.minimum(fill, most) - others))
    return low + _sum(owner, left, size), high + _sum(owner, np.minimum(may, most), size)


def _sum(group: Any, values: Any, size: int) -> Any:
    found = np.zeros(size, dtype=np.int64)
    np.add.at(found, group, values)
    return found


def answers(numbers: Numbers) -> dict[str, Any]:
    """The total and what it is made of, and the outcome."""
    credits = Credits(numbers)
    lines, in_cycle = credits.lines(), credits.in_cycle
    sides = {"professional": ("professional",), "supporting": ("quality", "ethics", "law")}
    found: dict[str, Any] = {}
    for side, attributes in sides.items():
        lines.counts = both(
            in_cycle, credits._among(credits.at("attribute"), "attribute", *attributes)
        )
        names = (f"{side}_low", f"{side}_high", f"{side}_limited")
        found |= dict(zip(names, counted(lines, credits.more, credits.size), strict=True))
    least = np.minimum(found["supporting_low"], MOST_SUPPORTING)
    capped = np.minimum(found["supporting_high"], MOST_SUPPORTING)
    most = np.where(found["supporting_limited"], capped, MOST_SUPPORTING)
    known = found["professional_limited"] & found["supporting_limited"]
    for side in sides:
        known &= found[f"{side}_low"] == found[f"{side}_high"]
    return found | {
        "total_low": found["professional_low"] + least,
        "total_high": found["professional_high"] + most,
        "total_limited": found["professional_limited"],
        "outcome": (~known).astype(np.int8),
    }
