"""What is asked of directors and teachers alike, on the training start date or on another day."""

from __future__ import annotations

from tiaoli.regulations.nm_program.terms import the_programme
from tiaoli.rules import (
    Records,
    Rule,
    Value,
    all_of,
    any_of,
    completed,
    later_of,
    named,
    reading,
    records,
    years,
)
from tiaoli.rules.records import Followed

Who = Records | Followed
"""Each teacher in turn, or the one that a record names."""

teacher = records("faculty_member")
director = records("programme_director")
passport: Rule = the_programme.passport.is_(True)


def here_on(people: Records, day: Value) -> Records:
    """Those who serve on ``day``, which may lie after the day of asking."""
    arrived, left = people.from_date, people.to_date
    return people.whenever().where(
        any_of(arrived.is_absent(), arrived <= day), any_of(left.is_absent(), left >= day)
    )


def director_on(day: Value) -> Records:
    """The director in office on ``day``; of two, the later is meant."""
    left = director.to_date
    return director.whenever().where(
        director.appointed_date <= day, any_of(left.is_absent(), left >= day)
    )


def is_specialist(who: Who, day: Value) -> Rule:
    return named(
        "具核子醫學科專科醫師資格",
        "a specialist in nuclear medicine",
        all_of(who.specialty.is_("nuclear_medicine"), who.specialist_date <= day),
    )


def specialist_for_five_years(who: Who, day: Value) -> Rule:
    """By the certificate, or by the service that follows it."""
    serving = later_of(who.specialist_date, who.attending_since)
    return reading(
        "SPECIALIST_YEARS_MEASURE",
        certificate_date=completed(who.specialist_date, years(5)) <= day,
        service_years=completed(serving, years(5)) <= day,
    )


def attended_for(who: Who, number: int, day: Value) -> Rule:
    """A full-time attending for so many years; the anniversary itself counts."""
    return all_of(who.full_time.is_(True), completed(who.attending_since, years(number)) <= day)


def is_teacher(who: Who, day: Value) -> Rule:
    """Holds a teacher's qualification that is valid on ``day``."""
    source, last = who.teacher_qualification, who.teacher_valid_to
    recognised = reading(
        "TEACHER_QUAL_SOURCE",
        either=source.is_in("hospital", "jct"),
        hospital=source.is_("hospital"),
        jct=source.is_("jct"),
    )
    return named(
        "具效期內的教師資格",
        "holds a teacher's qualification in force",
        all_of(recognised, any_of(last.is_absent(), last >= day)),
    )


def hours_required(who: Who) -> Rule:
    return who.development_required.is_(True)


def hours_done(who: Who) -> Rule:
    return who.development_hours_done >= who.development_hours_required
