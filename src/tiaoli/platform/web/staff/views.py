"""Pages for education offices, department heads and secretariats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.people.actions import number_of
from tiaoli.platform.people.models import Coming, Outlook, Person, Post
from tiaoli.platform.people.permissions import reads_number
from tiaoli.platform.portfolio import outlook as looking
from tiaoli.platform.portfolio.tasks import ask_for_outlook
from tiaoli.platform.web.guard import page, seated
from tiaoli.platform.web.people import forms
from tiaoli.platform.web.people.asking import tell
from tiaoli.platform.web.people.paging import kept, page_of
from tiaoli.platform.web.staff import flow, roster
from tiaoli.platform.web.staff.tables import FORMS, Column, Table, exported
from tiaoli.regulations import catalogue

NUMBERS_AT_ONCE: Final = 500
"""Whole numbers that one file may hold; each is an event of the trail."""
_MOST_LEFT_OUT: Final = 200
_AT_A_TIME: Final = 250
"""People of a file at a time, each with their credentials."""

reads_numbers = seated(Post.EDUCATION_OFFICE, Post.SECRETARIAT)


@page(roster.staff_seat)
def staff(request: HttpRequest) -> HttpResponse:
    """The roster."""
    return _roster(request, forms.BecauseForm(lang=request.lang))


def _roster(request: HttpRequest, because: forms.BecauseForm, status: int = 200) -> HttpResponse:
    found = page_of(request, roster.searched(request))
    context = {
        "found": found,
        "rows": roster.rows(request, found.object_list),
        "rest": kept(request),
        "units": roster.units(request),
        "credentials": roster.credentials(),
        "is_hospital": roster.is_hospital(request),
        "asked": request.GET,
        "query": request.GET.urlencode(),
        "forms": FORMS,
        "because": because,
        "why_not_numbers": reads_numbers(request.actor),
    }
    return render(request, "staff/roster.html", context, status=status)


@page(roster.staff_seat)
def units(request: HttpRequest) -> HttpResponse:
    """Of each unit how many hold what."""
    held = roster.by_unit(request)
    context = {"held": held, "chart": _held_chart(held, request.lang), "forms": FORMS}
    return render(request, "staff/units.html", context)


def _held_chart(held: list[roster.Held], lang: str) -> dict[str, Any]:
    units = list(dict.fromkeys(one.unit or "—" for one in held))
    kinds = list(dict.fromkeys(one.kind.in_(lang) for one in held))
    number = {(one.unit or "—", one.kind.in_(lang)): one.number for one in held}
    series = [
        {"name": kind, "data": [number.get((unit, kind), 0) for unit in units]} for kind in kinds
    ]
    return {"categories": units, "series": series}


@page(roster.staff_seat)
def outlook(request: HttpRequest) -> HttpResponse:
    """Who will qualify, who will no longer, whose certificate ends."""
    house = request.actor.organisation
    made = Outlook.objects.filter(organisation=house).first()
    found = page_of(request, _coming(request, made))
    ending = page_of(request, roster.expiring(request, _within(request)), "ending")
    counts = [] if made is None else [_counted(count) for count in made.counts]
    some = [count for count in counts if count["reach"] or count["open"]]
    context = {
        "made": made,
        "stale": made is not None and made.day not in (None, clock.today()),
        "coming": found,
        "rows": [(_words(one), one) for one in found],
        "ending": ending,
        "counts": some,
        "nobody": [count for count in counts if count not in some],
        "chart": _counts_chart(some, request.lang),
        "within": _within(request),
        "span": f"within={_within(request)}",
        "left_out": _left_out(request, made),
        "ahead": looking.AHEAD,
        "rest": kept(request),
        "forms": FORMS,
    }
    return render(request, "staff/outlook.html", context)


def _within(request: HttpRequest) -> int:
    asked = request.GET.get("within", "")
    return next((n for n in looking.AHEAD if str(n) == asked), looking.AHEAD[-1])


def _coming(request: HttpRequest, made: Outlook | None) -> QuerySet[Coming]:
    """Of those the seat may see: a department head sees the people of the own unit only."""
    if made is None:
        return Coming.objects.none()
    visible = roster.staff_of(request).values("pk")
    found = made.coming.filter(within__lte=_within(request), person__in=visible)
    return found.select_related("person")


def _left_out(request: HttpRequest, made: Outlook | None) -> list[Person]:
    """Whom it was made without, of those the seat may see."""
    numbers = [] if made is None else made.left_out
    return list(roster.staff_of(request).filter(pk__in=numbers)[:_MOST_LEFT_OUT]) if numbers else []


def _words(one: Coming) -> tuple[Label, Label]:
    return _question(one.regulation, one.question)


def _question(regulation: str, question: str) -> tuple[Label, Label]:
    """What a regulation and a question are called."""
    if regulation in catalogue.ids():
        found = catalogue.find(regulation)
        if question in found.questions:
            return found.title, found.questions[question].label
    return Label(regulation, regulation), Label(question, question)


def _counted(count: dict[str, Any]) -> dict[str, Any]:
    title, label = _question(count["regulation"], count["question"])
    return {**count, "title": title, "label": label}


def _counts_chart(counts: list[dict[str, Any]], lang: str) -> dict[str, Any]:
    names = Label("已符合", "qualify"), Label("資料不足", "not known")
    return {
        "categories": [count["label"].in_(lang) for count in counts],
        "series": [
            {"name": names[0].in_(lang), "data": [count["reach"] for count in counts]},
            {"name": names[1].in_(lang), "data": [count["open"] for count in counts]},
        ],
    }


@require_POST
@page(roster.staff_seat)
def make_outlook(request: HttpRequest) -> HttpResponse:
    """Have everybody asked anew, in the background: the whole house, whoever presses."""
    ask_for_outlook(request.actor.organisation)
    says = Label(
        "已排入計算，完成後會顯示在這一頁；可以先做別的事。",
        "It is being made; this page shows it once it is done. You may do other things meanwhile.",
    )
    tell(request, says, level=messages.INFO)
    return redirect("staff_outlook")


@page(roster.staff_seat)
def queues(request: HttpRequest) -> HttpResponse:
    """Where files stand, and how long they stayed."""
    house, lang = request.actor.organisation, request.lang
    waiting, stays = flow.queues(house), flow.stays(house)
    by_state: Counter[str] = Counter()
    for one in waiting:  # of whatever procedure: the table says of which
        by_state[one.state.in_(lang)] += one.number
    context = {
        "queues": waiting,
        "stays": stays,
        "queue_chart": {
            "categories": list(by_state),
            "series": [{"name": Label("件數", "files").in_(lang),
                        "data": list(by_state.values())}],
        },
        "stay_chart": {
            "categories": [f"{one.procedure.in_(lang)} · {one.state.in_(lang)}" for one in stays],
            "series": [{"name": Label("中位天數", "median days").in_(lang),
                        "data": [one.middle for one in stays]}],
        },
        "forms": FORMS,
    }  # fmt: skip
    return render(request, "staff/queues.html", context)


# Export


def _person_columns(request: HttpRequest) -> list[Column]:
    unit = Label("單位", "Unit") if roster.is_hospital(request) else Label("任職機構", "Serves at")
    return [
        Column(Label("姓名", "Name"), lambda row: row.person.name),
        Column(Label("英文姓名", "Name in Latin script"), lambda row: row.person.english_name),
        Column(Label("身分證號", "Identity number"), lambda row: row.person.number_shown),
        Column(unit, lambda row: row.unit),
        Column(Label("自", "Since"), lambda row: row.since),
        Column(Label("資格", "Credentials"), _credentials_cell),
    ]


def _credentials_cell(row: roster.Row) -> Label:
    return Label(
        "；".join(one.zh for one in row.credentials), "; ".join(one.en for one in row.credentials)
    )


def _all_rows(request: HttpRequest) -> Iterator[roster.Row]:
    found = roster.searched(request).iterator(chunk_size=_AT_A_TIME)
    while some := list(islice(found, _AT_A_TIME)):
        yield from roster.rows(request, some)


def _roster_table(request: HttpRequest) -> Table:
    return Table("roster", _person_columns(request), _all_rows(request))


def _units_table(request: HttpRequest) -> Table:
    columns = [
        Column(Label("單位", "Unit"), lambda one: one.unit),
        Column(Label("資格", "Credential"), lambda one: one.kind),
        Column(Label("人數", "People"), lambda one: one.number),
    ]
    return Table("units", columns, roster.by_unit(request))


def _coming_table(request: HttpRequest) -> Table:
    made = Outlook.objects.filter(organisation=request.actor.organisation).first()
    columns = [
        Column(Label("姓名", "Name"), lambda one: one.person.name),
        Column(Label("法規", "Regulation"), lambda one: _words(one)[0]),
        Column(Label("問題", "Question"), lambda one: _words(one)[1]),
        Column(Label("將如何", "What comes"), lambda one: Coming.Sort.of(one.sort).label),
        Column(Label("幾日內", "Within days"), lambda one: one.within),
        Column(Label("日期", "Day"), lambda one: one.day),
    ]
    return Table("coming", columns, _coming(request, made).iterator(chunk_size=500))


def _expiring_table(request: HttpRequest) -> Table:
    columns = [
        Column(Label("姓名", "Name"), lambda one: one.person.name),
        Column(Label("證號", "Number"), lambda one: one.number),
        Column(Label("核發機構", "Issued by"), lambda one: one.issuer.label),
        Column(Label("最後一日", "Last day"), lambda one: one.last),
    ]
    found = roster.expiring(request, _within(request))
    return Table("expiring", columns, found.iterator(chunk_size=500))


def _queues_table(request: HttpRequest) -> Table:
    columns = [
        Column(Label("程序", "Procedure"), lambda one: one.procedure),
        Column(Label("狀態", "State"), lambda one: one.state),
        Column(Label("件數", "Files"), lambda one: one.number),
        Column(Label("逾期", "Overdue"), lambda one: one.late),
        Column(Label("最早自", "Oldest since"), lambda one: one.oldest),
    ]
    return Table("queues", columns, flow.queues(request.actor.organisation))


def _stays_table(request: HttpRequest) -> Table:
    columns = [
        Column(Label("程序", "Procedure"), lambda one: one.procedure),
        Column(Label("狀態", "State"), lambda one: one.state),
        Column(Label("次數", "Times"), lambda one: one.number),
        Column(Label("中位天數", "Median days"), lambda one: one.middle),
        Column(Label("平均天數", "Mean days"), lambda one: one.mean),
        Column(Label("最長天數", "Most days"), lambda one: one.most),
    ]
    return Table("stays", columns, flow.stays(request.actor.organisation))


_TABLES: Final[dict[str, Callable[[HttpRequest], Table]]] = {
    "roster": _roster_table,
    "units": _units_table,
    "coming": _coming_table,
    "expiring": _expiring_table,
    "queues": _queues_table,
    "stays": _stays_table,
}


@page(roster.staff_seat)
def export(request: HttpRequest, table: str, form: str) -> Any:
    """A table of these pages as a file, with identity numbers masked."""
    if table not in _TABLES or form not in FORMS:
        raise Http404
    return exported(_TABLES[table](request), form, request.lang)


@require_POST
@page(reads_numbers)
def export_numbers(request: HttpRequest, form: str) -> Any:
    """The roster with whole numbers: why is told, and each reading is in the trail."""
    if form not in FORMS:
        raise Http404
    because = forms.BecauseForm(request.POST, lang=request.lang)
    persons = list(roster.searched(request)[: NUMBERS_AT_ONCE + 1])
    if because.is_valid() and len(persons) > NUMBERS_AT_ONCE:
        because.refuse(
            Label(
                f"一次最多匯出 {NUMBERS_AT_ONCE} 人的完整號碼，請先縮小範圍。",
                f"At most {NUMBERS_AT_ONCE} whole numbers at once: narrow the list first.",
            )
        )
    if not because.is_valid():
        return _roster(request, because, status=422)
    why = because.cleaned_data["because"]
    numbers = {
        person.pk: number_of(request.actor, person, because=why)
        for person in persons
        if person.number_index and reads_number(request.actor, person) is None
    }
    columns = _person_columns(request)
    columns[2] = Column(columns[2].label, lambda row: numbers.get(row.person.pk, ""))
    table = Table("roster-numbers", columns, roster.rows(request, persons))
    return exported(table, form, request.lang)
