"""
RT3 under the default readings, written by hand in Polars: one aggregate over each kind of record,
joined by subject, collected once. Truths are null where something is not known, and 0, 1 (open) or
2 once ``tri`` has been taken of them.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from encoded import Numbers
from frames import NO_DAY, Frames, tri
from windows import MINISTRY_FOUNDED, years_before

FAR = 4_000_000
EIGHT_HOURS = 480


def frames(numbers: Numbers) -> Frames:
    return Frames(numbers)


def happened(day: str, on: int) -> pl.Expr:
    """A record without a day counts, as it would if it had happened."""
    return pl.col(day) <= on


def at_most(day: str, last: int) -> pl.Expr:
    return (pl.col(day) <= last) & (pl.col(day) != NO_DAY)


def lasting(end: str, day: int) -> pl.Expr:
    return (pl.col(end) == NO_DAY) | (pl.col(end) >= day)


class Rt3:
    """One method for each kind of record."""

    def __init__(self, tables: Frames) -> None:
        self.tables, self.on = tables, tables.on
        self.one, self.three, self.five = (years_before(tables.on, n) for n in (1, 3, 5))

    def of(self, kind: str, attribute: str, *options: str) -> pl.Expr:
        codes = [self.tables.code(f"{kind}__{attribute}", option) for option in options]
        return pl.any_horizontal(*(pl.col(attribute) == code for code in codes))

    def by_subject(self, kind: str, **aggregates: pl.Expr) -> pl.LazyFrame:
        return self.tables[kind].group_by("subject").agg(**aggregates)

    def licences(self) -> pl.LazyFrame:
        """RTL-2.1, and the first licence of a radiographer."""
        issued = pl.col("issue_date")
        radiographer = self.of("licence", "profession", "radiographer")
        department = self.of("licence", "issuer", "doh") & at_most(
            "issue_date", MINISTRY_FOUNDED - 1
        )
        licensed = (
            happened("issue_date", self.on)
            & radiographer
            & (self.of("licence", "issuer", "mohw") | department)
            & lasting("revoked_date", self.on + 1)
        )
        mine = tri(happened("issue_date", self.on) & radiographer)
        dated = issued.is_not_null() & (issued != NO_DAY)
        return self.by_subject(
            "licence",
            licensed=tri(licensed).max(),
            first_day=issued.filter((mine == 2) & dated).min(),
            certain=(mine == 2).any(),
            rival=pl.when(dated).then(issued).otherwise(0).filter(mine == 1).min(),
        )

    def posts(self) -> pl.LazyFrame:
        """RTL-2.2"""
        start = pl.col("start_date")
        return self.by_subject(
            "practice_registration",
            registered=tri(happened("start_date", self.on) & lasting("end_date", self.on)).max(),
            entered=start.filter((start != NO_DAY) & (start <= self.on)).min(),
            undated=start.is_null().any(),
        )

    def reviews(self) -> pl.LazyFrame:
        """RTL-3.2a"""
        reviewed = (
            self.of("institution_review", "level", "RT3")
            & self.of("institution_review", "result", "passed")
            & at_most("date", self.on)
        )
        return self.by_subject("institution_review", reviewed=tri(reviewed).max())

    def awards(self) -> pl.LazyFrame:
        """RTL-3.3, RTL-3.3b"""
        there, day = happened("approval_date", self.on), pl.col("approval_date")
        return self.by_subject(
            "level_award",
            awarded=tri(there).max(),
            last_level=day.filter(day <= self.on).max(),
            award_undated=day.is_null().any(),
            level_below=tri(there & self.of("level_award", "level", "RT2")).max(),
        )

    def certifications(self) -> pl.LazyFrame:
        """RTL-4A.RT3.JCT, RTL-5.RT3.TEACH.a"""
        jct = self.of("teacher_certification", "issuer_type", "jct")
        in_date = at_most("issue_date", self.on) & (pl.col("expiry_date") >= self.on)
        return self.by_subject(
            "teacher_certification",
            certified=tri(happened("issue_date", self.on) & jct).max(),
            certified_now=tri(jct & in_date).max(),
        )

    def papers(self) -> pl.LazyFrame:
        """RTL-4A.RT3.PUB, RTL-5.RT3.ACAD"""
        conference = self.of("publication", "type", "conference_oral", "conference_poster")
        counts = (
            (conference | self.of("publication", "type", "journal_article"))
            & (pl.col("publication_date") >= self.five)
            & (pl.col("publication_date") <= self.on)
        )
        author = self.of("publication", "author_role", "first", "co_first", "corresponding")
        reviewed = conference | (pl.col("peer_reviewed") == 1)
        return self.by_subject(
            "publication",
            academic=tri(counts).max(),
            published=tri(counts & author & reviewed).max(),
        )

    def teaching(self) -> pl.LazyFrame:
        """RTL-5.RT3.TEACH.b, RTL-5.RT3.TEACH.c"""
        recent = (pl.col("date") >= self.three) & (pl.col("date") <= self.on)
        report = self.of("teaching_activity", "type", "oral_report_supervision")
        others = self.of("teaching_activity", "learner_type", "other")
        return self.by_subject(
            "teaching_activity",
            supervises=tri(recent & report & ~others).max(),
            lesson_plan=tri(recent & self.of("teaching_activity", "type", "lesson_plan")).max(),
        )

    def training(self) -> pl.LazyFrame:
        """RTL-5.RT3.PROF with RTL-5.N2, and the minutes of RTL-5.RT3.ADMIN.a"""
        wanted = sum(
            1 << self.tables.code("training__topics", topic)
            for topic in ("care_quality", "patient_safety")
        )
        topics = pl.col("topics")
        about = self.of("training", "type", "care_quality", "patient_safety") | (
            (topics >= 0) & ((topics & wanted) != 0)
        )
        counts = tri(about & (pl.col("end_date") >= self.three) & (pl.col("end_date") <= self.on))
        field = (
            self.of("training", "type", "advanced_field")
            & self.of(
                "training", "issuer_type", "professional_society", "teaching_hospital", "school"
            )
            & self.of("training", "document_type", "training_certificate", "pass_certificate")
            & at_most("end_date", self.on)
        )
        length = pl.col("hours").fill_null(0).clip(0)
        return (
            self.tables["training"]
            .with_columns(counts=counts)
            .group_by("subject")
            .agg(
                field=tri(field).max(),
                minutes_low=length.filter(pl.col("counts") == 2).sum(),
                minutes_high=length.filter(pl.col("counts") >= 1).sum(),
                unlimited=((pl.col("counts") >= 1) & pl.col("hours").is_null()).any(),
            )
        )

    def qualifications(self) -> pl.LazyFrame:
        """RTL-5.RT3.PROF"""
        return self.by_subject(
            "qa_qualification", qualified=tri(happened("issue_date", self.on)).max()
        )

    def activities(self) -> pl.LazyFrame:
        """RTL-5.RT3.ADMIN.b"""
        recent = happened("start_date", self.on) & lasting("end_date", self.three)
        return self.by_subject("quality_activity", activity=tri(recent).max())

    def offices(self) -> pl.LazyFrame:
        """RTL-5.RT3.ADMIN.c"""
        recent = happened("start_date", self.on) & lasting("end_date", self.three)
        leads = self.of("administrative_role", "type", "accreditation_lead")
        return self.by_subject("administrative_role", lead=tri(recent & leads).max())

    def attestations(self) -> pl.LazyFrame:
        scope = self.of("competency_attestation", "scope", "supervise_interns")
        return self.by_subject(
            "competency_attestation", attested=tri(happened("date", self.on) & scope).max()
        )

    def duties(self) -> pl.LazyFrame:
        """RTL-5.RT3.CLIN, RTL-5.N1: the list of the same institution has the item."""
        in_hand = (
            happened("start_date", self.on)
            & lasting("end_date", self.on)
            & self.of("clinical_duty", "role", "performs")
        )
        in_force = (
            happened("from_date", self.on)
            & lasting("to_date", self.on)
            & self.of("institution_duty_list", "owner", "institution")
        )
        duties = (
            self.tables["clinical_duty"]
            .with_row_index("duty")
            .select("subject", "duty", "institution", "item", in_hand=tri(in_hand))
        )
        lists = self.tables["institution_duty_list"].select(
            "subject", "items", place="institution", in_force=tri(in_force)
        )
        alike = (pl.col("institution") == pl.col("place")) & (pl.col("institution") >= 0)
        has_item = (pl.col("item") >= 0) & pl.col("items").list.contains(pl.col("item"))
        known = pl.col("item").is_not_null() & pl.col("items").is_not_null()
        listed = (
            duties.filter(pl.col("in_hand") > 0)
            .join(lists.filter(pl.col("in_force") > 0), on="subject")
            .select(
                "subject",
                listed=pl.min_horizontal(
                    "in_hand", "in_force", _agree(alike, "institution", "place"),
                    pl.when(known).then(tri(has_item)).otherwise(1),
                ),
            )
            .group_by("subject")
            .agg(pl.col("listed").max())
        )  # fmt: skip
        hands = duties.group_by("subject").agg(pl.col("in_hand").max())
        return hands.join(listed, on="subject", how="left")

    def rulings(self) -> pl.LazyFrame:
        """What was decided last on a clause; of two rulings of one day the later in order."""
        texts, met = self.tables.numbers.texts, self.tables.code("judgement__decision", "met")
        counts = pl.col("decision").is_not_null() & at_most("date", self.on)

        def last(clause: str) -> pl.Expr:
            return tri(pl.col("decision").filter(pl.col("clause") == texts[clause]).last() == met)

        clauses = [texts["RTL-2.2"], texts["RTL-5.RT3.CLIN"]]
        return (
            self.tables["judgement"]
            .filter(counts & pl.col("clause").is_in(clauses))
            .sort("subject", "date", maintain_order=True)
            .group_by("subject", maintain_order=True)
            .agg(practising=last("RTL-2.2"), advanced_work=last("RTL-5.RT3.CLIN"))
        )

    def years(self, since: pl.LazyFrame) -> pl.LazyFrame:
        """RTL-4A.RT3.YEARS: by the calendar without a break, by the days with one."""
        start, end = pl.col("start_date"), pl.col("end_date")
        services = (
            self.tables["clinical_service"]
            .filter((start <= self.on).fill_null(True))
            .join(since, on="subject")
            .with_columns(
                dated=start.is_not_null() & (start != NO_DAY) & end.is_not_null(),
                last=pl.when(end == NO_DAY).then(FAR).otherwise(end),
                first=pl.max_horizontal("start_date", "since"),
            )
        )
        counts = (
            pl.col("dated") & pl.col("since_known") & (pl.col("last") >= pl.col("since"))
            & (pl.col("first") < self.on)
        )  # fmt: skip
        reached = pl.col("last").cum_max().shift(1).over("subject")
        new = pl.col("reached").is_null() | (pl.col("first") > pl.col("reached") + 1)
        added = pl.col("last") - pl.max_horizontal("first", pl.col("reached") + 1) + 1
        served = (
            services.filter(counts)
            .select("subject", "first", last=pl.col("last").clip(None, self.on - 1))
            .sort("subject", "first")
            .with_columns(reached=reached)
            .group_by("subject")
            .agg(
                begins=pl.col("first").min(),
                ends=pl.col("last").max(),
                blocks=new.sum(),
                days=added.clip(0).sum(),
            )
        )
        return (
            services.group_by("subject")
            .agg(
                unsure=(~pl.col("dated") | ~pl.col("since_known")).any(),
                never=(pl.col("since_known") & pl.col("since").is_null()).any(),
            )
            .join(served, on="subject", how="left")
            .select("subject", years=self._complete())
        )

    def _complete(self) -> pl.Expr:
        epoch = 719_163  # 1970-01-01
        after = (pl.col("ends") + 1 - epoch).cast(pl.Int32).cast(pl.Date)
        reaches = after.dt.offset_by("-3y").cast(pl.Int32) + epoch
        by_days = (pl.col("blocks") > 1) & (pl.col("days") >= 3 * 365)
        in_one = (pl.col("blocks") == 1) & (pl.col("begins") <= reaches)
        unsure = pl.col("unsure") & ~pl.col("never")
        return (
            pl.when(in_one | by_days).then(2).when(unsure).then(1).otherwise(0).cast(pl.Int8)
        )  # fmt: skip


def _agree(alike: pl.Expr, one: str, other: str) -> pl.Expr:
    known = pl.col(one).is_not_null() & pl.col(other).is_not_null()
    return pl.when(known).then(tri(alike)).otherwise(1)


_OPEN = {
    "licensed": ("licence",),
    "registered": ("practice_registration",),
    "reviewed": ("institution_review",),
    "awarded": ("level_award",),
    "level_below": ("level_award",),
    "years": ("clinical_service",),
    "certified": ("teacher_certification",),
    "certified_now": ("teacher_certification",),
    "published": ("publication",),
    "academic": ("publication",),
    "supervises": ("teaching_activity",),
    "lesson_plan": ("teaching_activity",),
    "field": ("training",),
    "qualified": ("qa_qualification",),
    "activity": ("quality_activity",),
    "lead": ("administrative_role",),
    "attested": ("competency_attestation",),
}
"""What stays open where records of a kind may not be listed."""


def _joined(tables: Frames) -> pl.LazyFrame:
    rt3, subjects = Rt3(tables), tables.subjects.lazy()
    licences, posts = rt3.licences(), rt3.posts()
    known = (
        (pl.col("licence") == 0)
        & (pl.col("practice_registration") == 0)
        & ~pl.col("undated").fill_null(False)
        & (pl.col("rival").is_null()
           | (pl.col("certain") & (pl.col("rival") > pl.col("first_day").fill_null(FAR))))
    )  # fmt: skip
    with_day = subjects.join(licences, on="subject", how="left").join(
        posts, on="subject", how="left"
    )
    since = with_day.select(
        "subject",
        since=pl.max_horizontal("first_day", "entered"),
        since_known=known.fill_null(False),
    )
    others = [
        rt3.reviews(), rt3.awards(), rt3.years(since), rt3.certifications(), rt3.papers(),
        rt3.teaching(), rt3.training(), rt3.qualifications(), rt3.activities(), rt3.offices(),
        rt3.attestations(), rt3.duties(), rt3.rulings(),
    ]  # fmt: skip
    for other in others:
        with_day = with_day.join(other, on="subject", how="left")
    return with_day


def answers(tables: Frames) -> dict[str, Any]:
    """Every clause by its name, and the outcome."""
    one = years_before(tables.on, 1)
    filled = {
        name: pl.max_horizontal(pl.col(name).fill_null(0), *kinds) for name, kinds in _OPEN.items()
    }
    a_year = (
        pl.when(pl.col("award_undated").fill_null(False) | (pl.col("level_award") == 1))
        .then(1)
        .when((pl.col("last_level") > 0) & (pl.col("last_level") <= one))
        .then(2)
        .otherwise(0)
    )
    listed = pl.max_horizontal(
        pl.col("listed").fill_null(0), "clinical_duty",
        pl.min_horizontal(pl.col("in_hand").fill_null(0), "institution_duty_list"),
    )  # fmt: skip
    limited = ~pl.col("unlimited").fill_null(False) & (pl.col("training") == 0)
    first = (
        _joined(tables)
        .with_columns(
            **filled,
            a_year=a_year,
            duty=listed,
            minutes_low=pl.col("minutes_low").fill_null(0),
            minutes_high=pl.col("minutes_high").fill_null(0),
            minutes_limited=limited,
        )
        .with_columns(
            practises=pl.max_horizontal("registered", pl.col("practising").fill_null(1)),
            interval=pl.max_horizontal(2 - pl.col("awarded"), "a_year"),
            professional=pl.max_horizontal("field", "qualified"),
            clinical=pl.max_horizontal(
                pl.min_horizontal("duty", "attested"), pl.col("advanced_work").fill_null(1)
            ),
            hours=pl.when(pl.col("minutes_low") >= EIGHT_HOURS)
            .then(2)
            .when(~pl.col("minutes_limited") | (pl.col("minutes_high") >= EIGHT_HOURS))
            .then(1)
            .otherwise(0),
            has_taught=pl.max_horizontal("supervises", "lesson_plan"),
        )
    )
    done = _concluded(first).sort("subject").collect()
    return {name: done[name].to_numpy() for name in done.columns if name != "subject"}


def _concluded(clauses: pl.LazyFrame) -> pl.LazyFrame:
    """RTL-4B.RT3.ABIL, RTL-4B.RT3.QI, RTL-5.0, and the outcome."""
    everything = pl.min_horizontal(
        "licensed", "practises", "reviewed", "interval", "level_below", "years", "certified",
        "published", "cells",
    )  # fmt: skip
    outcome = (
        pl.when(everything == 2).then(0).when(everything == 1).then(3)
        .when(pl.col("licensed") == 0).then(1).otherwise(2)
    )  # fmt: skip
    return (
        clauses.with_columns(
            ability=pl.min_horizontal("academic", "certified_now", "has_taught"),
            quality=pl.max_horizontal("hours", "activity", "lead"),
        )
        .with_columns(cells=pl.min_horizontal("professional", "clinical", "ability", "quality"))
        .select(
            "subject", "licensed", "practises", "reviewed", "interval", "level_below", "years",
            "certified", "published", "ability", "quality", "professional", "clinical", "academic",
            "certified_now", "supervises", "lesson_plan", "has_taught", "hours", "activity", "lead",
            "cells", "minutes_low", "minutes_high", "minutes_limited", outcome=outcome,
        )
    )  # fmt: skip
