"""What reviewers do: look, find, rule, propose; and who is asked to."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.dossiers import is_open, latest_snapshot
from tiaoli.platform.applications.drafting import locked
from tiaoli.platform.applications.models import Application
from tiaoli.platform.applications.seeing import is_named, is_party, may_look, organisation_of
from tiaoli.platform.audit.actions import Actor, Refused, Told, action
from tiaoli.platform.people.models import Account, Organisation, Person, Post
from tiaoli.platform.people.seats import POSTS_OF
from tiaoli.platform.reviews.conflicts import candidates, conflicts_of, open_assignments
from tiaoli.platform.reviews.models import Assignment, Conflict, Custom, Finding, Judgement
from tiaoli.regulations import catalogue
from tiaoli.rules import Seat

MANAGE = (Post.SECRETARIAT, Post.CHAIR)


def manages(by: Actor, application: Application) -> Label | None:
    """The secretariat and the chair of the office assign reviewers."""
    office = application.office_id
    if by.organisation is not None and by.organisation.pk == office and by.role in MANAGE:
        return None
    return Label(
        "由主辦單位的秘書處或主任委員指派審查人。",
        "Reviewers are assigned by the secretariat or the chair of the society concerned.",
    )


def reviews(by: Actor, application: Application) -> Label | None:
    """Whoever sits where the file is waited for may find and rule, unless in conflict."""
    if (why_not := may_look(by, application)) is not None:
        return why_not
    _, procedure = declared.of(application)
    waited_for = declared.turn_of(procedure, application.state)
    seats = {Seat.OFFICE, Seat.PANEL}
    house = None
    if waited_for is not None and waited_for.seat in declared.HOUSE:
        house = organisation_of(application, waited_for.seat)
        seats = {waited_for.seat} if waited_for.seat is Seat.EMPLOYER else seats
    posts = frozenset[str]().union(*(POSTS_OF[seat] for seat in seats))
    if house is None or by.organisation is None or by.organisation.pk != house.pk:
        return Label("這件現在不在您這裡審查。", "This file is not under review with you now.")
    if by.role not in posts or is_party(by, application) or is_named(by, application):
        return Label("您不能審查這一件。", "You cannot review this file.")
    sits = {by.account, by.deputy_for or by.account}
    found = conflicts_of(sits, application, colleagues=house.pk == application.office_id)
    for conflict in found.values():
        return Label(f"須迴避：{conflict.zh}", f"Conflict of interest: {conflict.en}")
    return None


def _oneself(by: Actor, account: Account) -> Label | None:
    if by.account is not None and by.account.pk == account.pk:
        return None
    return Label("只能為自己聲明迴避。", "One declares one's own conflicts.")


@action("reviews.declare_conflict", Label("聲明迴避", "declare a conflict"), allowed=_oneself)
def declare_conflict(
    by: Actor,
    account: Account,
    *,
    because: str,
    person: Person | None = None,
    organisation: Organisation | None = None,
) -> Told[Conflict]:
    """Before looking, or while: open assignments that it touches are given back."""
    if not because.strip() or (person is None and organisation is None):
        raise Refused(Label("請說明迴避誰、為什麼。", "Say whom the conflict concerns, and why."))
    conflict, _ = Conflict.objects.get_or_create(
        account=account,
        person=person,
        organisation=organisation,
        defaults={"because": because.strip()[:200], "declared": clock.now()},
    )
    mine = Assignment.objects.select_for_update(of=("self",)).filter(
        reviewer=account, withdrawn=None, application__final=False
    )
    for assignment in mine.select_related("application__employer", "application__person"):
        if account.pk in conflicts_of([account], assignment.application):
            _withdraw(assignment, "聲明迴避 conflict declared")
    return Told(conflict, person, {}, {"because": conflict.because})


def _withdraw(assignment: Assignment, because: str) -> None:
    assignment.withdrawn, assignment.withdrawn_because = clock.now(), because[:200]
    assignment.save(update_fields=["withdrawn", "withdrawn_because"])


@action("reviews.assign", Label("指派審查人", "assign a reviewer"), allowed=manages)
def assign(
    by: Actor, application: Application, *, reviewer: Account, second: bool = False
) -> Told[Assignment]:
    """
    ``reviewer`` looks at the file in the state that it is in. Assigned already, it stays so.

    Raises Refused for somebody who is not on the panel, or in conflict, with the reason.
    """
    row = locked(application)
    found = next((c for c in candidates(row) if c.account.pk == reviewer.pk), None)
    if found is None:
        raise Refused(Label("這個帳號不是本會的審查委員。", "This account is not on the panel."))
    if found.conflict is not None:
        raise Refused(
            Label(
                f"{reviewer} 須迴避：{found.conflict.zh}",
                f"{reviewer} has a conflict of interest: {found.conflict.en}",
            )
        )
    there = open_assignments(row).filter(reviewer=reviewer).first()
    assignment = there or Assignment.objects.create(
        application=row,
        state=row.state,
        reviewer=reviewer,
        assigned_by=by.account,
        assigned=clock.now(),
        second=second,
    )
    data = {"number": row.number, "reviewer": reviewer.pk, "again": there is not None}
    return Told(assignment, row.person, data)


def _manages_assignment(by: Actor, assignment: Assignment) -> Label | None:
    if by.account is not None and by.account.pk == assignment.reviewer_id:
        return None
    return manages(by, assignment.application)


@action(
    "reviews.unassign", Label("取消指派", "take back an assignment"), allowed=_manages_assignment
)
def unassign(by: Actor, assignment: Assignment, *, because: str) -> Told[Assignment]:
    """Another takes over, or the reviewer gives the file back."""
    if not because.strip():
        raise Refused(Label("請說明原因。", "Say why."))
    if assignment.withdrawn is None:
        _withdraw(assignment, because.strip())
    return Told(assignment, assignment.application.person, {}, {"because": because.strip()})


@action("reviews.find", Label("對一筆事實表示意見", "say what a fact is worth"), allowed=reviews)
def find(
    by: Actor,
    application: Application,
    *,
    fact: str,
    verdict: str,
    reason: str = "",
    clause: str = "",
) -> Told[Finding]:
    """
    Accept, question or reject one fact of the frozen dossier; a later word of the same person
    takes the place of the earlier. Raises Refused without a reason, and for a fact not in it.
    """
    row = locked(application)
    _frozen(row)
    said = Finding.Verdict.of(verdict)
    if said != Finding.Verdict.ACCEPTED and not reason.strip():
        raise Refused(
            Label("不採認或待釐清，都要說明理由。", "Say why it is questioned or rejected.")
        )
    snapshot = latest_snapshot(row)
    if snapshot is None or fact not in {one["id"] for one in snapshot.dossier["facts"]}:
        raise Refused(Label("送審的資料裡沒有這一筆。", "The dossier handed in has no such fact."))
    finding, _ = Finding.objects.update_or_create(
        application=row,
        fact=fact,
        by=by.account,
        defaults={
            "clause": clause,
            "verdict": said.value,
            "reason": reason.strip(),
            "made": clock.now(),
        },
    )
    data = {"number": row.number, "fact": fact, "verdict": said.value}
    return Told(finding, row.person, data, {"reason": finding.reason})


def _frozen(row: Application) -> None:
    if is_open(row):
        raise Refused(
            Label(
                "案件已退回申請人，補件後再審。",
                "The file is with the applicant; review goes on once it is handed in again.",
            )
        )


@action("reviews.rule", Label("對條文作判斷", "rule on a clause"), allowed=reviews)
def rule(
    by: Actor, application: Application, *, clause: str, met: bool | None, reason: str
) -> Told[Judgement]:
    """
    A ruling on a clause that is left to human judgement, in the name of whoever makes it; None
    takes it back. Raises Refused without a reason, and for a clause that the text itself decides.
    """
    row = locked(application)
    _frozen(row)
    regulation = catalogue.find(row.regulation)
    if clause not in regulation.clauses:
        raise Refused(Label("沒有這一條。", "There is no such clause."))
    if not reason.strip():
        raise Refused(Label("請寫下判斷的理由。", "Give the reason for the ruling."))
    judgement, _ = Judgement.objects.update_or_create(
        application=row,
        clause=clause,
        defaults={"met": met, "reason": reason.strip(), "by": by.account, "made": clock.now()},
    )
    data = {"number": row.number, "clause": clause, "met": met}
    return Told(judgement, row.person, data, {"reason": judgement.reason})


@action("reviews.propose", Label("提出審查意見", "propose a decision"), allowed=reviews)
def propose(by: Actor, application: Application, *, step: str, reason: str) -> Told[Assignment]:
    """
    What an assigned reviewer would decide, and why; it is not the decision. Raises Refused for
    whoever is not assigned, for a step that is not the panel's, and without a reason.
    """
    row = locked(application)
    _, procedure = declared.of(row)
    own = {s.id for s in procedure.from_state(row.state) if s.by.seat is Seat.PANEL}
    if step not in own:
        raise Refused(Label("這不是現在可以提的意見。", "This cannot be proposed now."))
    if not reason.strip():
        raise Refused(Label("請寫下理由。", "Give the reason."))
    sits = by.deputy_for or by.account
    assignment = open_assignments(row).filter(reviewer=sits).select_for_update(of=("self",)).first()
    if assignment is None:
        raise Refused(Label("這一件沒有指派給您。", "This file is not assigned to you."))
    assignment.proposal, assignment.proposal_reason = step, reason.strip()
    assignment.proposed = clock.now()
    assignment.save(update_fields=["proposal", "proposal_reason", "proposed"])
    data = {"number": row.number, "step": step}
    return Told(assignment, row.person, data, {"reason": reason.strip()})


def _own_house(by: Actor, organisation: Organisation) -> Label | None:
    if by.organisation is not None and by.organisation.pk == organisation.pk and by.role in MANAGE:
        return None
    return Label("由本單位的秘書處或主任委員設定。", "Set by the house's secretariat or chair.")


@action(
    "reviews.set_custom", Label("設定審查方式", "set how files are reviewed"), allowed=_own_house
)
def set_custom(
    by: Actor,
    organisation: Organisation,
    *,
    regulation: str,
    procedure: str,
    reviewers: int,
    second: bool = False,
    chair: bool = False,
) -> Told[Custom]:
    """How many review a file of a procedure, and whether the chair decides."""
    if not 0 <= reviewers <= 9:
        raise Refused(Label("審查人數請填 0 到 9。", "Between 0 and 9 reviewers."))
    declared.procedure_in(catalogue.find(regulation), procedure)
    custom, _ = Custom.objects.update_or_create(
        organisation=organisation,
        regulation=regulation,
        procedure=procedure,
        defaults={"reviewers": reviewers, "second": second, "chair": chair},
    )
    data = {"procedure": f"{regulation}.{procedure}", "reviewers": reviewers, "chair": chair}
    return Told(custom, None, data)
