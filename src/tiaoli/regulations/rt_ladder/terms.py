"""
The terms of the ladder that several chapters use: service, windows, papers, certificates.

Where the text can be read in more than one way, the readings stand here, once.
"""

from __future__ import annotations

from functools import cache

from tiaoli.rules import (
    AS_OF,
    ASKED_ON,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    clause,
    earlier_of,
    earliest,
    later_of,
    latest,
    lookback,
    or_else,
    reading,
    records,
    related,
    served,
    years,
)

LEVELS = ("RT1", "RT2", "RT3", "RT4")

application = records("application")
attestation = records("competency_attestation")
award = records("level_award")
conference = records("conference_attendance")
discussion = records("case_discussion")
duty = records("clinical_duty")
duty_list = records("institution_duty_list")
licence = records("licence")
presentation = records("presentation")
qa_qualification = records("qa_qualification")
quality_activity = records("quality_activity")
registration = records("practice_registration")
service = records("clinical_service")
teacher_certification = records("teacher_certification")
training = records("training")


def reference_date(level: str) -> Value:
    """The day to which every "within the last N years" of a file for ``level`` looks back."""
    file = latest(
        application.where(application.level.is_(level)), application.institution_received_date
    )
    return reading(
        "rtl.window.reference",
        submission=ASKED_ON,
        institution_submission=or_else(file.institution_received_date, ASKED_ON),
        decision=or_else(file.decision_date, ASKED_ON),
    )


def recent(day: Value, number: int) -> Rule:
    """Within the last ``number`` years."""
    return reading(
        "rtl.window.edge",
        inclusive=lookback(day, years(number)),
        exclusive=lookback(day, years(number), edge_inside=False),
    )


def running(end: Value) -> Value:
    """The last day, so far, of something that may still be going on."""
    return earlier_of(or_else(end, AS_OF), AS_OF)


def distributed(day: Value, number: int) -> Rule:
    """
    The window at the head of a list of alternatives, for an alternative after the first.

    Nothing is asked of the day where the window governs the first alternative only.
    """
    return reading(
        "rtl.alt.window_scope",
        distribute=recent(day, number),
        first_only=day <= AS_OF,
    )


# Who is a radiographer

radiographer_licence = licence.where(
    reading(
        "rtl.applicant.associate",
        excluded=licence.profession.is_("radiographer"),
        included=licence.profession.is_in("radiographer", "associate_radiographer"),
    )
)


@cache
def worked(number: int) -> Rule:
    """``number`` full years of clinical work after the licence and the first registration."""
    since = later_of(earliest(radiographer_licence).issue_date, earliest(registration).start_date)

    def counted(first_day_counts: bool) -> Rule:
        return reading(
            "rtl.years.completion",
            next_day=served(service, number, since=since, first_day_counts=first_day_counts),
            last_day=served(
                service,
                number,
                since=since,
                first_day_counts=first_day_counts,
                complete_on_last_day=True,
            ),
        )

    return reading("rtl.period.first_day", counted=counted(True), excluded=counted(False))


# Reports

oral_report = presentation.where(
    presentation.type.is_("oral_report"),
    presentation.presenter.is_("presenter"),
    clause("RTL-4.N1", presentation.professional.is_(True)),
)
case_report = presentation.where(
    presentation.type.is_("case_report"),
    presentation.presenter.is_("presenter"),
    clause("RTL-4.N2", presentation.patient_case.is_(True)),
)

# Conferences

international_conference = conference.where(
    reading(
        "rtl.intlconf.definition",
        organiser_declared_international=conference.international.is_(True),
        held_abroad=conference.country.is_("abroad"),
    )
)
conference_day = reading(
    "rtl.conference.day", last_day=conference.last_day, first_day=conference.first_day
)

# Training certificates and qualifications

field_certificate = training.where(
    training.type.is_("advanced_field"),
    clause(
        "RTL-5.N2",
        training.issuer_type.is_in("professional_society", "teaching_hospital", "school")
        & training.document_type.is_in("training_certificate", "pass_certificate"),
    ),
    reading(
        "rtl.training_cert.validity",
        not_required=training.end_date <= AS_OF,
        in_date=training.expiry_date.is_absent() | (training.expiry_date >= AS_OF),
    ),
)
quality_or_safety_training = training.where(
    any_of(
        training.type.is_in("care_quality", "patient_safety"),
        training.topics.includes("care_quality"),
        training.topics.includes("patient_safety"),
    )
)
jct_certification = teacher_certification.where(teacher_certification.issuer_type.is_("jct"))

# Advanced work


def listed_duty(level: str, role: str) -> Rule:
    """Work in hand on the reference date that stands on the list of advanced items in force."""
    in_hand = duty.where(duty.role.is_(role), duty.end_date.is_absent() | (duty.end_date >= AS_OF))
    in_force = duty_list.where(duty_list.to_date.is_absent() | (duty_list.to_date >= AS_OF))
    employers = related(
        in_force.where(duty_list.owner.is_("institution")),
        (duty.institution, duty_list.institution),
        (duty.item, duty_list.items),
    )
    societys = related(in_force.where(duty_list.owner.is_("society")), (duty.item, duty_list.items))
    alone = any_record(
        application.where(application.level.is_(level), application.route.is_("society_individual"))
    )
    return reading(
        "rtl.dutylist.owner",
        employer=any_record(in_hand.where(clause("RTL-5.N1", employers))),
        society=any_of(
            all_of(alone, any_record(in_hand.where(clause("RTL-5.N1", societys)))),
            all_of(~alone, any_record(in_hand.where(clause("RTL-5.N1", employers)))),
        ),
    )


def attested(*scopes: str) -> Rule:
    """A supervisor's attestation of one of ``scopes`` is on file."""
    return any_record(attestation.where(attestation.scope.is_in(*scopes)))
