"""A file before it is handed in, and wherever it was returned: opened, filled in, documented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Attribute, Label, Type
from tiaoli.facts.reading import DossierError
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.dossiers import (
    DOCUMENTS,
    facts_in_hand,
    file_fact,
    fingerprint_of,
    is_open,
)
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.models import (
    Application,
    Document,
    Party,
    Point,
    Snapshot,
)
from tiaoli.platform.applications.numbers import next_number
from tiaoli.platform.applications.seeing import is_named, is_party, person_of, why_not_this_seat
from tiaoli.platform.applications.steps import lacking_fields
from tiaoli.platform.applications.turns import take_turn
from tiaoli.platform.applications.wanted import to_fill_in
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Person
from tiaoli.platform.people.seats import readings_of, runs
from tiaoli.platform.portfolio.dossiers import checked_values
from tiaoli.platform.portfolio.models import EvidenceFile
from tiaoli.rules import Procedure, Regulation

Values = Mapping[str, Any]


def _own(by: Actor, person: Person) -> Label | None:
    mine = person_of(by)
    if mine is not None and mine.pk == person.pk:
        return None
    return Label("只能為自己提出申請。", "One may only apply for oneself.")


@action("applications.open", Label("開始一件申請", "open an application"), allowed=_own)
def open_application(
    by: Actor,
    person: Person,
    *,
    regulation: Regulation,
    procedure: Procedure,
    about: Certificate | None = None,
    role: str | None = None,
    others: Mapping[str, Person] | None = None,
    typed: Values | None = None,
) -> Told[Application]:
    """
    A new file. ``role`` and ``others`` say who is who where the file names persons; ``typed`` fills
    it in. Raises Refused where nobody runs the regulation, or where a file that is handed in by
    being opened lacks something.
    """
    if (why_not := declared.why_not_run(procedure)) is not None:
        raise Refused(why_not)
    day, now = clock.today(), clock.now()
    office = runs(regulation.id, day)
    if office is None:
        raise Refused(
            Label(
                f"目前沒有學會或機關受理「{regulation.title.zh}」。",
                f"No society or authority runs {regulation.title.en} at present.",
            )
        )
    _check_about(person, about, regulation)
    application = Application.objects.create(
        number=next_number(),
        regulation=regulation.id,
        procedure=procedure.id,
        person=person,
        employer=person.employer_on(day),
        office=office if declared.goes_outside(procedure) else None,
        about=about,
        state=procedure.initial.id,
        turn_since=day,
        opened=now,
        opened_by=by.account,
        saved=now,
    )
    _name_persons(application, procedure, person, role, others or {})
    _begin_on(application, procedure, day.isoformat())
    _fill_in(application, regulation, procedure, typed or {})
    if procedure.initial.id not in declared.open_states(procedure):
        _hand_in_at_once(application)
    take_turn(application, day)
    application.save()
    return Told(application, person, {"number": application.number, "procedure": procedure.id})


def _check_about(person: Person, about: Certificate | None, regulation: Regulation) -> None:
    if about is not None and (about.person_id, about.regulation) != (person.pk, regulation.id):
        raise Refused(Label("這不是您的證明。", "This certificate is not yours."))


def _name_persons(
    application: Application,
    procedure: Procedure,
    person: Person,
    role: str | None,
    others: Mapping[str, Person],
) -> None:
    """The opener takes one of the roles of persons, and names who takes the others."""
    assert procedure.file is not None, "only procedures with a file are run"
    attributes = vocabulary.find(procedure.file.kind).attributes
    for named in declared.named_roles(procedure):
        who = person if named.id == role else others.get(named.id)
        if who is None:
            raise Refused(
                Label(f"請指明{named.label.zh}是誰。", f"Say who the {named.label.en} is.")
            )
        Party.objects.create(application=application, role=named.id, person=who)
        if named.id in attributes and attributes[named.id].type is Type.TEXT:
            application.file[named.id] = who.name


def _begin_on(application: Application, procedure: Procedure, day: str) -> None:
    """The day on which the file begins, where no step writes it."""
    assert procedure.file is not None
    happens = vocabulary.find(procedure.file.kind).happens
    dated = {name for step in procedure.transitions for name in step.dates}
    if happens is not None and happens not in dated:
        application.file[happens] = day


def _hand_in_at_once(application: Application) -> None:
    """Where somebody else is waited for from the beginning, opening the file hands it in."""
    inquiry = Inquiry(application, clock.today())
    unread = list(application.typed)
    lacking = [a for a in lacking_fields(inquiry) if a.name not in unread]
    if lacking or unread:
        labels = [a.label for a in lacking]
        zh = "、".join([label.zh for label in labels] + unread)
        en = ", ".join([label.en for label in labels] + unread)
        raise Refused(Label(f"請先填好：{zh}", f"Fill in first: {en}"))
    application.submitted = clock.now()
    freeze(application)


def freeze(application: Application) -> Snapshot:
    """The facts as they are now, kept for good with the application."""
    day = clock.today()
    facts = facts_in_hand(application)
    plain = {**facts, "facts": [*facts["facts"], file_fact(application)]}
    return Snapshot.objects.create(
        application=application,
        taken=clock.now(),
        day=day,
        dossier=plain,
        readings=readings_of(application.regulation, day),
        fingerprint=fingerprint_of(plain),
    )


def _filing(by: Actor, thing: Application | Document | Point) -> Label | None:
    application = thing if isinstance(thing, Application) else thing.application
    if is_party(by, application) or is_named(by, application):
        return None
    return Label(
        "只有申請人可以修改這份申請。", "Only whoever filed it may change this application."
    )


def locked(application: Application, version: int | None = None) -> Application:
    """The row, held until the transaction ends. Raises OutOfDate where ``version`` is past."""
    row = (
        Application.objects.select_for_update(of=("self",))
        .select_related("person", "office", "employer", "about__record")
        .get(pk=application.pk)
    )
    if version is not None and row.version != version:
        raise OutOfDate(_was_changed(row))
    return row


def _was_changed(row: Application) -> Label:
    last = row.steps.order_by("-pk").first()
    if last is None:
        return Label(
            "這份申請在別處改過了。請重新載入，再看一次。",
            "This application was changed elsewhere. Load the page again and look once more.",
        )
    _, procedure = declared.of(row)
    step = declared.step_in(procedure, last.step).label
    return Label(
        f"有人先一步：{last.by_name}在 {last.day} 已進行「{step.zh}」。請重新載入，再看一次。",
        f"Somebody was quicker: {last.by_name} took the step “{step.en}” on {last.day}. "
        "Load the page again and look once more.",
    )


def _still_open(row: Application) -> None:
    if not is_open(row):
        raise Refused(
            Label(
                "這份申請已送出，內容不能再改。",
                "This application was handed in; it can no longer be changed.",
            )
        )


@action("applications.save", Label("儲存草稿", "save a draft"), allowed=_filing)
def save(by: Actor, application: Application, *, version: int, typed: Values) -> Told[Application]:
    """
    Keep what was typed: what can be read goes into the file, the rest stays as it was typed.

    ``version`` is that of the last step or save that the form has seen. Raises OutOfDate.
    """
    row = locked(application, version)
    _still_open(row)
    regulation, procedure = declared.of(row)
    before = dict(row.file)
    _fill_in(row, regulation, procedure, typed)
    row.saved = clock.now()
    row.version += 1
    row.save()
    changed = sorted(n for n in {*before, *row.file} if before.get(n) != row.file.get(n))
    return Told(row, row.person, {"changed": changed, "version": row.version})


def autosave(by: Actor, application: Application, *, version: int, typed: Values) -> Application:
    """``save`` where something was changed; a form that saves itself asks often."""
    regulation, procedure = declared.of(application)
    before = dict(application.file), dict(application.typed)
    _fill_in(application, regulation, procedure, typed)
    if (application.file, application.typed) == before and application.version == version:
        return application
    return save(by, application, version=version, typed=typed)


def _fill_in(
    application: Application, regulation: Regulation, procedure: Procedure, typed: Values
) -> None:
    assert procedure.file is not None
    for attribute in to_fill_in(regulation, procedure):
        if attribute.name in typed:
            _fill_in_one(application, procedure.file.kind, attribute, typed[attribute.name])


def _fill_in_one(application: Application, kind: str, attribute: Attribute, raw: Any) -> None:
    name = attribute.name
    application.typed.pop(name, None)
    if raw in (None, "", []):
        application.file.pop(name, None)
        return
    try:
        read = checked_values(kind, {name: raw})
    except DossierError:
        application.typed[name] = raw
        application.file.pop(name, None)
        return
    if name in read:
        application.file[name] = read[name]
    else:
        application.file.pop(name, None)


def problems(application: Application) -> dict[str, Label]:
    """What is wrong with what was typed, by attribute."""
    _, procedure = declared.of(application)
    assert procedure.file is not None
    found: dict[str, Label] = {}
    for name, raw in application.typed.items():
        try:
            checked_values(procedure.file.kind, {name: raw})
        except DossierError as error:
            found[name] = error.problems[0].says
    return found


@action("applications.add_document", Label("附上文件", "add a document"), allowed=_filing)
def add_document(
    by: Actor,
    application: Application,
    *,
    option: str,
    evidence: EvidenceFile | None = None,
    note: str = "",
) -> Told[Document]:
    """
    A document of the file: the evidence itself, or a note of how it is sent. Raises Refused for a
    document that the file does not have, for somebody else's evidence, and for neither.
    """
    row = locked(application)
    _still_open(row)
    _, procedure = declared.of(row)
    assert procedure.file is not None
    attribute = vocabulary.find(procedure.file.kind).attributes.get(DOCUMENTS)
    if attribute is None or option not in attribute.option_names:
        raise Refused(Label("這件申請沒有這種文件。", "This file has no such document."))
    if evidence is not None and evidence.person_id != row.person_id:
        raise Refused(Label("這個檔案不是申請人的。", "This file belongs to somebody else."))
    if evidence is None and not note.strip():
        raise Refused(
            Label("請上傳檔案，或寫明如何送達。", "Upload a file, or say how the document is sent.")
        )
    there = Document.objects.filter(
        application=row, option=option, evidence=evidence, note=note, removed=None, refused=None
    ).first()
    document = there or Document.objects.create(
        application=row, option=option, evidence=evidence, note=note.strip(), added=clock.now()
    )
    return Told(document, row.person, {"option": option, "number": row.number})


@action("applications.remove_document", Label("取回文件", "take back a document"), allowed=_filing)
def remove_document(by: Actor, document: Document) -> Told[Document]:
    """Taken back before the file is handed in; it stays on record that it was there."""
    row = locked(document.application)
    _still_open(row)
    document.removed = document.removed or clock.now()
    document.save(update_fields=["removed"])
    return Told(document, row.person, {"option": document.option, "number": row.number})


def _receiving(by: Actor, document: Document) -> Label | None:
    _, procedure = declared.of(document.application)
    waited_for = declared.turn_of(procedure, document.application.state)
    if waited_for is None or waited_for.seat not in declared.HOUSE:
        return Label("這份文件現在不能退。", "This document cannot be refused now.")
    return why_not_this_seat(by, document.application, waited_for)


@action("applications.refuse_document", Label("退文件", "refuse a document"), allowed=_receiving)
def refuse_document(by: Actor, document: Document, *, because: str) -> Told[Document]:
    """Not what it should be: the file counts as lacking it until it is handed in anew."""
    if not because.strip():
        raise Refused(Label("請說明這份文件哪裡不對。", "Say what is wrong with the document."))
    row = locked(document.application)
    document.refused, document.refused_because = clock.now(), because.strip()[:300]
    document.save(update_fields=["refused", "refused_because"])
    return Told(document, row.person, {"option": document.option, "number": row.number})


@action("applications.answer_point", Label("回答補正事項", "answer a point"), allowed=_filing)
def answer_point(by: Actor, point: Point, *, answer: str) -> Told[Point]:
    """What was put right, or why not. May be changed until the file is handed in again."""
    row = locked(point.application)
    _still_open(row)
    point = Point.objects.select_for_update().get(pk=point.pk)
    if point.settled is not None:
        raise Refused(Label("這一點已經處理完畢。", "This point is settled."))
    point.answer = answer.strip()
    point.answered = clock.now() if point.answer else None
    point.save(update_fields=["answer", "answered"])
    return Told(point, row.person, {"number": row.number}, {"answer": point.answer})
