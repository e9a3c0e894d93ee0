"""Imports: upload, columns, preview with repair in place, confirmation, templates."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Label
from tiaoli.facts.options import folded
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import OutOfDate, Refused
from tiaoli.platform.portfolio import importing, tables_out
from tiaoli.platform.portfolio.evidence import MEGABYTE, read_upload, size_limit
from tiaoli.platform.portfolio.models import ImportBatch, ImportRow
from tiaoli.platform.portfolio.offer import chapters, offer
from tiaoli.platform.portfolio.rows_in import counts_of, rows_shown, unknown_words
from tiaoli.platform.portfolio.wording import kind_label
from tiaoli.platform.web.guard import a_person, page
from tiaoli.platform.web.portfolio.fields import Offered
from tiaoli.platform.web.portfolio.guards import my_import
from tiaoli.platform.web.portfolio.records import kind_or_404
from tiaoli.platform.web.portfolio.rows_shown import header_shown, row_shown
from tiaoli.platform.web.portfolio.sending import table
from tiaoli.platform.web.portfolio.told import number_in, page_of, tell, warn

_CARDS, _LINES = 20, 50
_WHICH = ("faulty", "duplicates", "skipped", "good", "all")


@page(a_person)
def imports(request: HttpRequest) -> HttpResponse:
    """What was uploaded, and a form to upload."""
    person, refusal = request.user.person, None
    if request.method == "POST":
        try:
            batch = _uploaded(request)
            return redirect("portfolio_columns" if not batch.asks else "portfolio_import", batch.pk)
        except Refused as error:
            refusal = error.says
    shown = page_of(request, person.imports.order_by("-pk"), 10)
    context = {
        "page": shown,
        "listed": [_listed(batch) for batch in shown],
        "first": offer(person, clock.today()).first,
        "chapters": chapters(),
        "kind": request.POST.get("kind", request.GET.get("kind", "")),
        "refusal": refusal,
        "most": size_limit() // MEGABYTE,
    }
    return render(request, "portfolio/imports.html", context, status=422 if refusal else 200)


def _uploaded(request: HttpRequest) -> ImportBatch:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused(Label("請先選擇檔案。", "Choose a file first."))
    kind = request.POST.get("kind", "")
    if kind:
        kind_or_404(kind)
    made: ImportBatch = importing.start(
        request.actor, request.user.person, name=upload.name, raw=read_upload(upload), kind=kind
    )
    return made


def _listed(batch: ImportBatch) -> dict[str, Any]:
    return {
        "batch": batch,
        "kind": kind_label(batch.kind),
        "state": ImportBatch.State.of(batch.state).label,
        "open": batch.state == ImportBatch.State.READY,
    }


@page(a_person, my_import)
def columns(request: HttpRequest, batch: int) -> HttpResponse:
    """Which column is what; what all rows say; which sheet; whether the file is evidence."""
    found, refusal = _found(batch), None
    kind = vocabulary.find(found.kind)
    if request.method == "POST":
        try:
            _arrange(request, found)
            if "look" in request.POST:
                return redirect("portfolio_columns", batch=batch)
            return redirect("portfolio_import", batch=batch)
        except Refused as error:
            refusal = error.says
    typed = request.POST if refusal else {}
    examples = _examples(found)
    lines = [
        {
            "attribute": attribute,
            "column": typed.get(f"column-{name}", found.columns.get(name, "")),
            "example": examples.get(found.columns.get(name, ""), ""),
            "constant": typed.get(f"constant-{name}", found.constants.get(name, "")),
        }
        for name, attribute in kind.attributes.items()
    ]
    unused = [title for title in found.header if title not in found.columns.values()]
    context = {
        "batch": found,
        "kind": kind,
        "chapters": chapters(),
        "lines": lines,
        "unused": unused,
        "refusal": refusal,
    }
    return render(request, "portfolio/columns.html", context, status=422 if refusal else 200)


def _examples(batch: ImportBatch) -> dict[str, str]:
    """By column, the first text among its first rows."""
    found: dict[str, str] = {}
    for cells in batch.rows.values_list("cells", flat=True)[:20]:
        for title, cell in cells.items():
            if isinstance(cell, str):
                found.setdefault(title, cell)
    return found


def _arrange(request: HttpRequest, batch: ImportBatch) -> None:
    kind, sheet = request.POST.get("kind") or batch.kind, request.POST.get("sheet") or batch.sheet
    kind_or_404(kind)
    same = kind == batch.kind and sheet == batch.sheet
    names = vocabulary.find(kind).attributes
    importing.arrange(
        request.actor,
        batch,
        kind=kind,
        sheet=sheet,
        columns={n: request.POST.get(f"column-{n}", "") for n in names} if same else None,
        constants={n: request.POST.get(f"constant-{n}", "") for n in names} if same else None,
        keep_file="keep_file" in request.POST,
    )


@require_GET
@page(a_person, my_import)
def preview(request: HttpRequest, batch: int) -> HttpResponse:
    """What would be imported, what is wrong, what is there already. Nothing is imported yet."""
    found = _found(batch)
    counts = counts_of(found)
    which = request.GET.get("which", "")
    if which not in _WHICH:
        which = "all" if found.asks or not counts["faulty"] else "faulty"
    rows, one = rows_shown(found, which), request.GET.get("row", "")
    if one.isdecimal() and len(one) < 9:
        rows = rows_shown(found, "all").filter(number=int(one))
    cards = which == "faulty" or bool(found.asks) or bool(one)
    shown = page_of(request, rows, _CARDS if cards else _LINES)
    context = {
        **_frame(found, counts),
        "which": which,
        "cards": cards,
        "page": shown,
        "rows": [row_shown(found, row) for row in shown],
        "header": header_shown(found),
        "words": _words(found) if counts["faulty"] else [],
    }
    return render(request, "portfolio/preview.html", context)


def _frame(batch: ImportBatch, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "batch": batch,
        "counts": counts,
        "kind": kind_label(batch.kind),
        "state": ImportBatch.State.of(batch.state).label,
        "open": batch.state == ImportBatch.State.READY,
    }


def _words(batch: ImportBatch) -> list[dict[str, Any]]:
    faulty: Iterable[ImportRow] = rows_shown(batch, "faulty")
    found = []
    for attribute, texts in unknown_words(batch, faulty):
        options = [Offered(option.name, option.label) for option in attribute.options]
        if not options:
            options = [Offered("yes", Label("是", "yes")), Offered("no", Label("否", "no"))]
        told = [
            {"text": text, "rows": rows, "near": _near(text, options)}
            for text, rows in texts.items()
        ]
        found.append({"attribute": attribute, "options": options, "texts": told})
    return found


def _near(text: str, options: list[Offered]) -> list[Offered]:
    """The options that a word of the file may mean; the person says which."""
    word = folded(text)

    def likeness(option: Offered) -> float:
        names = [folded(n) for n in (option.value, option.label.zh, option.label.en)]
        inside = any(len(n) > 1 and (n in word or (len(word) > 1 and word in n)) for n in names)
        return 1.0 if inside else max(SequenceMatcher(None, word, n).ratio() for n in names)

    likely = sorted((o for o in options if likeness(o) >= 0.6), key=likeness, reverse=True)
    return likely[:3]


@require_POST
@page(a_person, my_import)
def words(request: HttpRequest, batch: int) -> HttpResponse:
    """What the file's own words stand for."""
    found = _found(batch)
    said = {}
    for name in vocabulary.find(found.kind).attributes:
        texts = request.POST.getlist(f"word-{name}")
        means = request.POST.getlist(f"means-{name}")
        said[name] = {t: m for t, m in zip(texts, means, strict=False) if m}
    try:
        importing.arrange(request.actor, found, words={n: m for n, m in said.items() if m})
        tell(request, Label("已套用到所有列。", "Applied to all rows."))
    except Refused as refusal:
        warn(request, refusal.says)
    return redirect("portfolio_import", batch=batch)


@require_POST
@page(a_person, my_import)
def row(request: HttpRequest, batch: int, number: int) -> HttpResponse:
    """One row: repaired in place, skipped, or taken although it says the same as another."""
    found = _found(batch)
    target = get_object_or_404(
        ImportRow.objects.select_related("batch__person"), batch=found, number=number
    )
    match request.POST.get("do", ""):
        case "skip" | "take" as do:
            importing.skip(request.actor, found, numbers=[number], skipped=do == "skip")
        case "anyway" | "not_anyway" as do:
            importing.skip(request.actor, found, numbers=[number], anyway=do == "anyway")
        case _:
            cells = {
                key.removeprefix("cell-"): value
                for key, value in request.POST.items()
                if key.startswith("cell-")
            }
            importing.repair(request.actor, target, cells=cells)
    if not request.htmx:
        onward = {k: request.POST[k] for k in ("which", "page") if request.POST.get(k)}
        return redirect(f"{reverse('portfolio_import', args=[batch])}?{urlencode(onward)}")
    target = found.rows.select_related("duplicate_of").get(number=number)
    context = {**_frame(found, counts_of(found)), "row": row_shown(found, target), "swapped": True}
    return render(request, "portfolio/_card_swapped.html", context)


@require_POST
@page(a_person, my_import)
def rows(request: HttpRequest, batch: int) -> HttpResponse:
    """All rows with problems skipped, or all that say the same as another taken."""
    found = _found(batch)
    match request.POST.get("do", ""):
        case "skip":
            importing.skip(request.actor, found, skipped=True)
        case "anyway" | "not_anyway" as do:
            importing.skip(request.actor, found, anyway=do == "anyway")
    return redirect("portfolio_import", batch=batch)


@require_POST
@page(a_person, my_import)
def confirm(request: HttpRequest, batch: int) -> HttpResponse:
    """All good rows become records."""
    version = number_in(request, "version")
    try:
        done = importing.confirm(request.actor, _found(batch), version=version)
    except OutOfDate as refusal:
        warn(request, refusal.says)
        return redirect("portfolio_import", batch=batch)
    tell(request, Label(f"已匯入 {done.imported} 筆。", f"{done.imported} records imported."))
    return redirect("portfolio_import", batch=batch)


@require_POST
@page(a_person, my_import)
def discard(request: HttpRequest, batch: int) -> HttpResponse:
    """Nothing is imported."""
    importing.discard(request.actor, _found(batch))
    tell(request, Label("已捨棄，沒有匯入任何資料。", "Discarded; nothing was imported."))
    return redirect("portfolio_imports")


@require_GET
@page(a_person)
def template(request: HttpRequest) -> HttpResponse:
    """An empty table of a kind."""
    kind = kind_or_404(request.GET.get("kind", ""))
    return table(tables_out.template(kind), f"{kind.label.zh}.xlsx")


@require_GET
@page(a_person, my_import)
def faults(request: HttpRequest, batch: int) -> HttpResponse:
    """The rows with problems, and what is wrong with each."""
    found = _found(batch)
    raw = tables_out.with_faults(found, rows_shown(found, "faulty"))
    return table(raw, f"待修正 {found.name.rpartition('.')[0] or found.name}.xlsx")


def _found(batch: int) -> ImportBatch:
    return get_object_or_404(ImportBatch.objects.select_related("person"), pk=batch)
