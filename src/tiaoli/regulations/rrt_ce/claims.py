"""The appendix, rows 3 and 5 to 11: what an individual has to hand in with each claim."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Band,
    Question,
    Rule,
    all_of,
    any_of,
    clause,
    reading,
    records,
    the,
    told_if_met,
)

credit_entry = records("credit_entry")
claim = the(credit_entry)

_symposium = claim.mode.is_("3")
_abroad = claim.meeting.is_in("aarc", "amme", "amee", "cross_strait", "other_abroad")
_author = claim.role.is_in("first_author", "corresponding_author", "second_author", "other_author")
_speaker = claim.role.is_in("special_speaker", "speaker", "lecturer")
_attended = claim.role.is_("attendee")
_not_beforehand = claim.prior_recognition.is_in("late", "rejected", "never")


def _has(*documents: str) -> Rule:
    return claim.documents.includes(*documents)


_paper = clause(
    "RRT-D.3.IND.PAPER",
    _has(
        "application_form",
        "timetable",
        "presentation_schedule",
        "acceptance_letter",
        "presentation_material",
    ),
)
_talk = clause("RRT-D.3.IND.SPEAKER", _has("application_form", "timetable", "invitation"))
_journey = clause(
    "RRT-D.3.IND.FOREIGN-DOCS",
    all_of(
        _has("application_form", "timetable", "air_ticket", "attendance_certificate"),
        any_of(~_author, _has("acceptance_letter", "presentation_material")),
    ),
)
_afterwards = clause("RRT-D.11", _has("application_form", "timetable", "attendance_certificate"))


def _two(mode: str, form: Rule, proof: Rule) -> Rule:
    """What claims of this mode need, and others do not."""
    return any_of(~claim.mode.is_(mode), all_of(form, proof))


_form = _has("application_form")
_certificate = _has("institution_certificate")
_period = all_of(claim.start_date.is_given(), claim.end_date.is_given())
_lasting = any_of(claim.days.is_given(), _period)
_individual = all_of(
    _two(
        "7", clause("RRT-D.5.1", _form), clause("RRT-D.5.2", _has("table_of_contents", "full_text"))
    ),
    _two(
        "8",
        clause("RRT-D.6.1", all_of(_form, _has("course_list"))),
        clause("RRT-D.6.2", _has("enrolment_proof", "transcript")),
    ),
    _two("9", clause("RRT-D.7.1", _form), clause("RRT-D.7.2", _certificate)),
    _two(
        "10",
        clause("RRT-D.8.1", all_of(_form, _period)),
        clause("RRT-D.8.2", _has("institution_certificate", "mission_certificate")),
    ),
    _two("11", clause("RRT-D.9.1", _form), clause("RRT-D.9.2", all_of(_certificate, _lasting))),
    _two("12", clause("RRT-D.10.1", _form), clause("RRT-D.10.2", all_of(_certificate, _period))),
)
_at_home = all_of(_symposium, ~_abroad)
_symposium_papers = all_of(
    any_of(~all_of(_symposium, _abroad), _journey),
    any_of(~all_of(_at_home, _author), _paper),
    any_of(~all_of(_at_home, _speaker), _talk),
    any_of(~all_of(_at_home, _attended), _afterwards),
)

_left_out = claim.mode.is_in("5", "6", "13", "14", "15")
documents = Question(
    id="claim-documents",
    label=Label("個人申請文件", "Documents of a claim"),
    asks=Label("這一項個人申請的文件是否齊備", "whether the documents of this claim are complete"),
    bands=(
        Band(
            "not_stated",
            told_if_met(clause("RRT-D.GAP", claim.mode.is_in("5", "6", "13", "14", "15"))),
        ),
        Band(
            "refused",
            told_if_met(clause("RRT-D.11", all_of(_not_beforehand, claim.mode.is_in("1", "4")))),
        ),
        Band("complete", all_of(_symposium_papers, _individual)),
    ),
    otherwise="incomplete",
    about="credit_entry",
)

# Which meetings abroad

_printed = claim.meeting.is_in("aarc", "amme", "cross_strait")
_slip_for_amee = claim.meeting.is_("amee")
_listed = clause(
    "RRT-D.3.IND.FOREIGN",
    any_of(
        _printed,
        reading("rrt.foreign.whitelist", printed_code=NEVER, amme_means_amee=_slip_for_amee),
    ),
)
_asks_the_society = reading(
    "rrt.foreign.whitelist", printed_code=_slip_for_amee, amme_means_amee=NEVER
)
_through_row_11 = clause(
    "RRT-D.11",
    all_of(
        _attended,
        _not_beforehand,
        reading("rrt.foreign.post_hoc", closed_too=NEVER, individual_table_only=SATISFIED),
    ),
)

meeting = Question(
    id="foreign-meeting",
    label=Label("國外研討會", "Meeting abroad"),
    asks=Label("這場國外研討會是否受理", "whether this meeting abroad is accepted"),
    bands=(
        Band("not_applicable", told_if_met(claim.meeting.is_("domestic"))),
        Band("accepted", any_of(_listed, _through_row_11)),
        Band("needs_review", _asks_the_society),
    ),
    otherwise="refused",
    about="credit_entry",
)

QUESTIONS = (documents, meeting)
