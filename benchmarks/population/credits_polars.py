"""
The credits of a licence cycle under the default readings, written by hand in Polars: what each
activity is worth, its factor, the caps in the order of the days, what counts only once; and where
something is not known, what is certain and what is possible.

Raw points and factors are tenths, what is counted hundredths. Truths are null where something is
not known; an amount without limit is null too.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from encoded import Numbers
from frames import NO_DAY, Frames, tri

CAPS = {"4": 6000, "5": 8000, "6": 8000, "7": 5000, "8": 1500, "9": 1500, "11": 3000, "13": 2500}
"""RRT-4.4.c, RRT-4.5.b, RRT-4.6.b, RRT-4.7.e, RRT-4.8.b, RRT-4.9.b, RRT-4.11.c, RRT-4.13.b"""
MOST_SUPPORTING = 2400
LATEST = 4_000_000
OTHER_AUTHORS = ("co_first_author", "corresponding_author", "second_author", "other_author")
EPOCH = 719_163  # 1970-01-01


def frames(numbers: Numbers) -> Frames:
    return Frames(numbers)


def reached(day: pl.Expr, first: pl.Expr) -> pl.Expr:
    """Not before ``first``: null where either is not known, false where there is none."""
    met = (day >= first) & (day != NO_DAY) & (first != NO_DAY)
    return pl.when(day.is_not_null() & first.is_not_null()).then(met)


def _int(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.Int64)


class Credits:
    """The steps one after another; each is a frame of activities."""

    def __init__(self, tables: Frames) -> None:
        self.tables, self.on = tables, tables.on

    def of(self, attribute: str, *options: str) -> pl.Expr:
        codes = [self.tables.code(f"credit_entry__{attribute}", option) for option in options]
        return pl.any_horizontal(*(pl.col(attribute) == code for code in codes))

    def cycles(self) -> pl.LazyFrame:
        """The latest cycle of each subject; its days are null where it is not known which it is."""
        first = pl.col("from_date")
        there = first <= self.on
        latest = (
            self.tables["licence_cycle"]
            .filter(there)
            .sort("subject", "from_date", maintain_order=True)
            .group_by("subject", maintain_order=True)
            .agg(pl.col("from_date").last(), pl.col("renewal_date").last())
        )
        doubtful = self.tables["licence_cycle"].group_by("subject").agg(doubt=first.is_null().any())
        unknown = pl.col("doubt").fill_null(False) | (pl.col("licence_cycle") == 1)
        some = pl.col("from_date").is_not_null()
        renewal = pl.col("renewal_date")
        last = pl.when(renewal == NO_DAY).then(NO_DAY).otherwise(renewal - 1)
        return (
            self.tables.subjects.lazy()
            .join(latest, on="subject", how="left")
            .join(doubtful, on="subject", how="left")
            .select(
                "subject",
                more=pl.col("credit_entry") == 1,
                posts_open=pl.col("practice_registration"),
                no_cycle=pl.when(some).then(False).when(~unknown).then(True),
                begins=pl.when(~unknown).then(first.fill_null(NO_DAY)),
                ends=pl.when(~unknown).then(pl.when(some).then(last).otherwise(NO_DAY)),
            )
        )

    def rulings(self) -> pl.LazyFrame:
        """What was decided last on a clause; of two rulings of one day the later in order."""
        texts, met = self.tables.numbers.texts, self.tables.code("judgement__decision", "met")
        names = {
            "lecture": "RRT-4.2.d",
            "talk": "RRT-4.3.d",
            "equal": "RRT-4.7.a",
            "programme_open": "RRT-4.12.SCOPE",
        }
        clauses = [texts[clause] for clause in names.values()]
        dated = (pl.col("date") <= self.on) & (pl.col("date") != NO_DAY)
        ruled = {
            name: pl.col("decision").filter(pl.col("clause") == texts[clause]).last() == met
            for name, clause in names.items()
        }
        return (
            self.tables["judgement"]
            .filter(dated & pl.col("decision").is_not_null() & pl.col("clause").is_in(clauses))
            .sort("subject", "date", maintain_order=True)
            .group_by("subject", maintain_order=True)
            .agg(**ruled)
        )

    def reported(self) -> pl.LazyFrame:
        """RRT-8.1.a, RRT-5.2.6.c: what is not void, in turn, and whether it is in the cycle."""
        day, end = pl.col("date"), pl.col("end_date")
        inside = tri((day <= self.on) & ~self.of("status", "void", "reversed", "not_counted"))
        ended = pl.when(end == NO_DAY).then(day).otherwise(end)

        def placed(on: pl.Expr) -> pl.Expr:
            within = reached(on, pl.col("begins")) & reached(pl.col("ends"), on)
            return pl.col("no_cycle") | within

        university = self.of("mode", "8")
        turn = pl.when(day == NO_DAY).then(LATEST).otherwise(day.fill_null(LATEST))
        return (
            self.tables["credit_entry"]
            .with_columns(inside=inside, turn=turn)
            .filter(pl.col("inside") > 0)
            .with_row_index("row")
            .join(self.cycles(), on="subject")
            .join(self.rulings(), on="subject", how="left")
            .sort("subject", "turn", "row")
            .with_row_index("line")
            .with_columns(
                in_cycle=tri((~university & placed(day)) | (university & placed(ended))),
                settled=day.is_not_null().all().over("subject"),
                named=pl.all_horizontal(
                    pl.col(name).is_not_null() for name in ("case", "attribute", "role")
                ),
                lecture=pl.col("lecture").fill_null(False),
                talk=pl.col("talk").fill_null(False),
                equal=pl.col("equal").fill_null(True),
            )
        )

    def with_hours(self) -> pl.LazyFrame:
        """RRT-5.1.3.2.c, .d: hours of fifty minutes in tenths, by case, attribute and role."""
        length = pl.col("hours")
        alone = pl.min_horizontal("case", "attribute", "role") < 0
        pool = ["subject", "case", "attribute", "role", "alone"]
        minutes = length.fill_null(0).clip(0)
        doubtful = (length.is_null() | (pl.col("inside") < 2)).cast(pl.Int64)
        nameless = (~pl.col("named")).cast(pl.Int64)
        exact = (
            pl.col("named") & pl.col("settled") & ~pl.col("more")
            & (pl.col("spoilt") == 0) & (pl.col("nameless") == 0)
        )  # fmt: skip
        share = (pl.col("before") + pl.col("minutes")) // 5 - pl.col("before") // 5
        return (
            self.reported()
            .with_columns(
                minutes=minutes,
                doubtful=doubtful,
                alone=pl.when(alone).then(pl.col("line")).otherwise(-1),
            )
            .with_columns(
                before=(pl.col("minutes").cum_sum() - pl.col("minutes")).over(pool),
                spoilt=(pl.col("doubtful").cum_sum() - pl.col("doubtful")).over(pool),
                nameless=(nameless.cum_sum() - nameless).over("subject"),
            )
            .with_columns(exact_hours=exact)
            .with_columns(
                hours_low=pl.when(length.is_null()).then(0)
                .when(pl.col("exact_hours")).then(share).otherwise(pl.col("minutes") // 5),
                hours_high=pl.when(length.is_null()).then(None)
                .when(pl.col("exact_hours")).then(share).otherwise(pl.col("minutes") // 5 + 1),
            )
        )  # fmt: skip

    def yearly(self) -> pl.Expr:
        """RRT-4.10.a, RRT-4.12.a: twenty points for each year complete."""
        start, end = pl.col("start_date"), pl.col("end_date")
        one, other = (
            (day - EPOCH).cast(pl.Int32).cast(pl.Date) for day in (start, end + 1)
        )  # fmt: skip
        before, after = (d.dt.month().cast(pl.Int32) * 100 + d.dt.day() for d in (one, other))
        years = other.dt.year() - one.dt.year() - (after < before).cast(pl.Int32)
        nothing = (start == NO_DAY) | (end == NO_DAY)
        return pl.when(nothing).then(0).otherwise(200 * years.clip(0)).cast(pl.Int64)

    def rows(self) -> list[tuple[pl.Expr, pl.Expr, pl.Expr]]:
        """RRT-4.1 to RRT-4.13: when a row holds, what it is worth at least and at most."""
        mode, role, true = (
            lambda *of: self.of("mode", *of),
            lambda *of: self.of("role", *of),
            lambda name: pl.col(name) == 1,
        )
        low, high = pl.col("hours_low"), pl.col("hours_high")
        late = self.of("prior_recognition", "late", "never").fill_null(False)
        second, third = mode("2") & ~late, (mode("2") & late) | mode("3")
        attends, first, others = role("attendee"), role("first_author"), role(*OTHER_AUTHORS)
        lectures = role("special_speaker") | (role("speaker") & pl.col("lecture"))
        talks = role("special_speaker") | (role("speaker") & pl.col("talk"))
        presents = role("main_presenter", "lecturer", "speaker", "special_speaker")
        printed = mode("7") & true("peer_reviewed")
        second_author = role("second_author") | (role("co_first_author") & ~pl.col("equal"))
        half, most = self._article()
        credits, days = pl.col("academic_credits"), pl.col("days").clip(0)
        university = 5 * (credits.clip(0) // 100_000)
        study = pl.when(days <= 7).then(20 * days).otherwise(50 * (days // 7))
        clinical = self.of("programme", "clinical_personnel")
        open_to = clinical | pl.col("programme_open")
        by_year = pl.col("yearly")

        def row(holds: pl.Expr, least: pl.Expr | int, best: pl.Expr | None = None) -> Any:
            at_least = _int(least) if isinstance(least, int) else least
            return holds, at_least.fill_null(0), at_least if best is None else best

        return [
            row((mode("1", "4") | third) & attends, low, high),  # 4.1.a, 4.4.a, 4.3.a
            row(mode("1") & role("lecturer"), 5 * low, 5 * high),  # 4.1.b
            row(second & attends, 2 * low, 2 * high),  # 4.2.a
            row((mode("5") & true("assessment_passed")) | mode("9"), 10),  # 4.5.a, 4.9.a
            row((second | third) & others, 10),  # 4.2.c, 4.3.c
            row(mode("6") | (third & first), 20),  # 4.6.a, 4.3.b
            row((mode("4") & presents) | (second & first), 30),  # 4.4.b, 4.2.b
            row(third & talks, 30),  # 4.3.d
            row(second & lectures, 100),  # 4.2.d
            row(printed & self.leading(), 80 * half, 80 * most),  # 4.7.a
            row(printed & second_author, 30 * half, 30 * most),  # 4.7.b
            row(printed & role("other_author"), 10 * half, 10 * most),  # 4.7.c
            row(mode("8") & true("related") & true("passed"), university),  # 4.8.a
            row(mode("10") | (mode("12") & open_to), by_year),  # 4.10.a, 4.12.a
            row(mode("11"), study),  # 4.11.a, 4.11.b
        ]

    def leading(self) -> pl.Expr:
        """First or corresponding author, or one printed as equal (unless found otherwise)."""
        equal = self.of("role", "co_first_author") & pl.col("equal")
        return self.of("role", "first_author", "corresponding_author") | equal

    def _article(self) -> tuple[pl.Expr, pl.Expr]:
        """RRT-4.7.d: half of it where it is no original article."""
        original, other = self.of("article_type", "original"), self.of("article_type", "other")
        half = pl.when(original).then(2).when(other).then(1).otherwise(0).cast(pl.Int64)
        return half, pl.when(pl.col("article_type").is_null()).then(2).otherwise(half)

    def worth(self) -> pl.LazyFrame:
        lines = self.with_hours().with_columns(yearly=self.yearly())
        rows = self.rows()
        held = {f"row_{n}": holds for n, (holds, _, _) in enumerate(rows)}
        names = [
            (pl.col(name), least, most) for name, (_, least, most) in zip(held, rows, strict=True)
        ]
        boundless = pl.any_horizontal(*(h.is_null() & most.is_null() for h, _, most in names))
        may = pl.max_horizontal(
            _int(0), *(pl.when(h.is_null()).then(most) for h, _, most in names)
        )  # fmt: skip
        low, high = _int(0), pl.when(~boundless).then(may)
        for holds, least, most in reversed(names):
            low = pl.when(holds).then(least).otherwise(low)
            high = pl.when(holds).then(most).otherwise(high)
        return lines.with_columns(**held).with_columns(raw_low=low, raw_high=high)

    def there(self, lines: pl.LazyFrame) -> pl.LazyFrame:
        """RRT-4.14, RRT-4.15: registered on the day of the activity on an island, far away."""
        listed = [
            self.tables.code("practice_registration__remote_list", name)
            for name in ("mountain", "under_resourced", "shortage")
        ]
        named = pl.any_horizontal(*(pl.col("remote_list") == code for code in listed))
        posts = (
            self.tables["practice_registration"]
            .select(
                "subject", "start_date", last="end_date",
                isle=tri(pl.col("outlying_island") == 1),
                far=tri((pl.col("remote_area") == 1) & named),
            )
            .filter((pl.col("isle") > 0) | (pl.col("far") > 0))
        )  # fmt: skip
        start, last, day = pl.col("start_date"), pl.col("last"), pl.col("date")
        covers = tri(
            (start <= self.on) & reached(day, start) & ((last == NO_DAY) | reached(last, day))
        )
        return (
            lines.select("subject", "line", "date")
            .join(posts, on="subject")
            .with_columns(covers=covers)
            .group_by("line")
            .agg(
                isle=pl.min_horizontal("covers", "isle").max(),
                far=pl.min_horizontal("covers", "far").max(),
            )
        )

    def lines(self) -> pl.LazyFrame:
        """What caps look at: worth by factor, cap and group, and whether all of that is known."""
        worth = self.worth().collect().lazy()  # once, as it is read twice
        asked = pl.col("factor_requested")
        wanted = tri(((asked == -1) | (asked == 1)) & ~self.of("mode", "10"))
        isle, far = (
            pl.min_horizontal(wanted, pl.max_horizontal(pl.col(name).fill_null(0), "posts_open"))
            for name in ("isle", "far")
        )
        twice = pl.max_horizontal(
            pl.min_horizontal("isle", "far"), pl.min_horizontal("isle", 2 - pl.col("far"))
        )
        half = pl.min_horizontal(2 - pl.col("isle"), "far")
        low = pl.when(twice == 2).then(20).when(half == 2).then(15).otherwise(10)
        high = (
            pl.when(half == 2)
            .then(15)
            .when(twice > 0)
            .then(20)
            .when(half > 0)
            .then(15)
            .otherwise(10)
        )
        return (
            worth.join(self.there(worth), on="line", how="left", maintain_order="left")
            .with_columns(isle=isle, far=far)
            .with_columns(factor_low=low.cast(pl.Int64), factor_high=high.cast(pl.Int64))
            .with_columns(**self._caps())
            .select(
                "subject", "line", "inside", "in_cycle", "attribute", "more", "known", "most",
                room=pl.when("known").then("room"),
                single=pl.when("known").then("single"),
                highest=self.of("mode", "7").fill_null(False),
                low=pl.col("raw_low") * pl.col("factor_low"),
                high=pl.col("raw_high") * pl.col("factor_high"),
                exact=(pl.col("raw_low") == pl.col("raw_high")).fill_null(False)
                & (pl.col("factor_low") == pl.col("factor_high"))
                & (pl.col("inside") == 2) & pl.col("known") & ~pl.col("more"),
            )
        )  # fmt: skip

    def _caps(self) -> dict[str, pl.Expr]:
        """The cap of a line, and the group of which only one counts: RRT-4.5.a, RRT-4.7.a."""
        mode, source, semester = pl.col("mode"), pl.col("source_id"), pl.col("semester")
        codes = {self.tables.code("credit_entry__mode", name): most for name, most in CAPS.items()}
        university = self.of("mode", "8").fill_null(False)
        capped = mode.is_in(list(codes)).fill_null(False) & ~university
        once = (self.of("mode", "5") & (pl.col("assessment_passed") == 1)) | self.of("mode", "7")

        def key(value: pl.Expr) -> pl.Expr:
            by_itself = (1 << 40) + pl.col("line").cast(pl.Int64)
            return mode.cast(pl.Int64) * (1 << 48) + pl.when(value < 0).then(by_itself).otherwise(
                value.cast(pl.Int64)
            )

        known = (
            pl.col("settled") & mode.is_not_null()
            & ~(capped & (pl.col("in_cycle") == 1))
            & ~(university & semester.is_null())
            & once.is_not_null() & ~(once.fill_null(False) & source.is_null())
        )  # fmt: skip
        return {
            "known": known,
            "most": mode.replace_strict(codes, default=0, return_dtype=pl.Int64),
            "room": pl.when(university).then(key(semester))
            .when(capped & (pl.col("in_cycle") == 2)).then(key(_int(0))),
            "single": pl.when(once).then(key(source)),
        }  # fmt: skip


def counted(lines: pl.LazyFrame, attribute: pl.Expr) -> pl.LazyFrame:
    """By subject what counts for certain, what may count, and whether that has a limit."""
    may_count = ((pl.col("counts") > 0) & pl.col("known")).any()
    shared = (pl.col("room").is_not_null() & may_count.over("subject", "room")) | (
        pl.col("single").is_not_null() & may_count.over("subject", "single")
    )
    kept = (
        lines.with_columns(counts=pl.min_horizontal("in_cycle", tri(attribute)))
        .filter((pl.col("counts") > 0) | ~pl.col("known") | shared)
        .with_columns(
            settled=(pl.col("exact") & (pl.col("counts") != 1)).all().over("subject"),
            all_known=pl.col("known").all().over("subject"),
        )
        .collect()
        .lazy()
    )
    exact = _shared_out(kept.filter("settled"))
    open_ = _bounds(kept.filter(~pl.col("settled")))
    return pl.concat([exact, open_])


def _shared_out(lines: pl.LazyFrame) -> pl.LazyFrame:
    """All is known: each line in turn gets what its cap has left."""
    value = pl.when("highest").then(-pl.col("low")).otherwise(0)
    best = pl.col("line").sort_by(value, "line").first().over("subject", "single")
    repeated = pl.col("single").is_not_null() & (best != pl.col("line"))
    before = (pl.col("want").cum_sum() - pl.col("want")).over("subject", "room")
    left = pl.min_horizontal("want", (pl.col("most") - before).clip(0))
    got = pl.when(pl.col("room").is_null()).then(pl.col("want")).otherwise(left)
    return (
        lines.with_columns(want=pl.when(repeated).then(0).otherwise(pl.col("low")))
        .with_columns(got=got)
        .group_by("subject")
        .agg(low=pl.col("got").filter(pl.col("counts") == 2).sum())
        .select("subject", "low", high="low", limited=True)
    )


def _bounds(lines: pl.LazyFrame) -> pl.LazyFrame:
    """What caps certainly hold once others have taken all they might, and what they may hold."""
    may_repeat = pl.col("single").is_not_null() & (
        ~pl.col("all_known") | (pl.len().over("subject", "single") > 1)
    )
    marked = lines.with_columns(may_repeat=may_repeat)
    counts, high = pl.col("counts"), pl.col("high")
    doubtful, in_room = ~pl.col("known"), pl.col("room").is_not_null()
    certain = (pl.col("inside") == 2) & ~pl.col("may_repeat")
    rooms = (
        marked.filter(in_room)
        .group_by("subject", "room")
        .agg(
            fill=pl.col("low").filter(certain).sum(),
            others=high.filter(counts < 2).sum(),
            others_limited=~((counts < 2) & high.is_null()).any(),
            may=high.filter(counts > 0).sum(),
            may_limited=~((counts > 0) & high.is_null()).any(),
            any_counts=(counts > 0).any(),
            most=pl.col("most").first(),
        )
    )
    alone = marked.group_by("subject").agg(
        low_alone=pl.col("low").filter(~in_room & certain & (counts == 2) & pl.col("known")).sum(),
        high_alone=high.filter(~in_room & (counts > 0)).sum(),
        limited=~(~in_room & (counts > 0) & high.is_null()).any(),
        taken=high.filter(doubtful & (counts < 2)).sum(),
        taken_limited=~(doubtful & (counts < 2) & high.is_null()).any(),
        more=pl.col("more").first(),
    )
    left = (pl.min_horizontal("fill", "most") - pl.col("others") - pl.col("taken")).clip(0)
    open_ = pl.col("more") | ~pl.col("others_limited") | ~pl.col("taken_limited")
    held = pl.when(~pl.col("any_counts")).then(0).when("may_limited").then(
        pl.min_horizontal("may", "most")
    ).otherwise("most")  # fmt: skip
    of_rooms = (
        rooms.join(alone, on="subject")
        .select("subject", low=pl.when(open_).then(0).otherwise(left), high=held)
        .group_by("subject")
        .agg(pl.col("low").sum(), pl.col("high").sum())
    )
    return alone.join(of_rooms, on="subject", how="left").select(
        "subject",
        low=pl.col("low_alone") + pl.col("low").fill_null(0),
        high=pl.col("high_alone") + pl.col("high").fill_null(0),
        limited=pl.col("limited"),
    )


def answers(tables: Frames) -> dict[str, Any]:
    """The total and what it is made of, and the outcome."""
    credits = Credits(tables)
    lines = credits.lines().collect().lazy()
    found = tables.subjects.lazy().select("subject", more=pl.col("credit_entry") == 1)
    sides = {"professional": ("professional",), "supporting": ("quality", "ethics", "law")}
    for side, attributes in sides.items():
        sums = counted(lines, credits.of("attribute", *attributes)).select(
            "subject", pl.all().exclude("subject").name.prefix(f"{side}_")
        )
        limited = pl.col(f"{side}_limited").fill_null(True) & ~pl.col("more")
        found = found.join(sums, on="subject", how="left").with_columns(
            pl.col(f"{side}_low", f"{side}_high").fill_null(0), limited.alias(f"{side}_limited")
        )
    most = pl.min_horizontal("supporting_high", _int(MOST_SUPPORTING))
    known = pl.all_horizontal(
        "professional_limited", "supporting_limited",
        pl.col("professional_low") == pl.col("professional_high"),
        pl.col("supporting_low") == pl.col("supporting_high"),
    )  # fmt: skip
    done = (
        found.with_columns(
            total_low=pl.col("professional_low")
            + pl.min_horizontal("supporting_low", _int(MOST_SUPPORTING)),
            total_high=pl.col("professional_high")
            + pl.when("supporting_limited").then(most).otherwise(MOST_SUPPORTING),
            total_limited=pl.col("professional_limited"),
            outcome=1 - known.cast(pl.Int8),
        )
        .sort("subject")
        .collect()
    )
    return {name: done[name].to_numpy() for name in done.columns if name not in ("subject", "more")}
