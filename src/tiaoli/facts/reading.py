"""From what a person wrote to a checked dossier; whatever is wrong with it is told all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label, Type
from tiaoli.facts.names import nearest
from tiaoli.facts.plans import read_plan
from tiaoli.facts.problems import DossierError, Problem, shown
from tiaoli.facts.records import Draft, name_of_kind, read_record, unknown_keys
from tiaoli.facts.rows import TableRows, read_rows
from tiaoli.facts.writing import canonical, write_dossier

__all__ = [
    "DossierError",
    "Problem",
    "Progress",
    "TableRows",
    "canonical",
    "read_dossier",
    "write_dossier",
]

Progress = Callable[[int, int], None]
"""Told how many rows of all tables have been read, and how many there are."""

_KEYS: Final = ("subject", "facts", "tables", "incomplete")


def read_dossier(
    data: object, *, rows: Sequence[TableRows] = (), progress: Progress | None = None
) -> Dossier:
    """
    The dossier in ``data``, plain values as a YAML, TOML or JSON file holds them.

    ``rows`` holds the contents of ``data["tables"]``, in the same order. Raises DossierError with
    every problem of the whole dossier.
    """
    if not isinstance(data, Mapping):
        raise DossierError([Problem("dossier", _not_a_dossier(data))])
    problems: list[Problem] = []
    unknown_keys(data, _KEYS, "dossier", problems)
    subject = _subject(data.get("subject"), problems)
    drafts = _facts(data, problems) + _table_facts(data, rows, progress, problems)
    incomplete = _incomplete(data, problems)
    named = _with_ids(([subject] if subject else []) + drafts, problems)
    _check_references(named, problems)
    if problems or subject is None:
        raise DossierError(problems)
    first, *others = (draft.fact(fact_id) for fact_id, draft in named)
    return Dossier(first, tuple(others), incomplete)


def _not_a_dossier(data: object) -> Label:
    found = shown("" if data is None else data)
    return Label(
        f"卷宗要有 subject 與 facts 兩部分；這裡是「{found}」。",
        f'A dossier has the parts subject and facts; found "{found}".',
    )


def _subject(data: object, problems: list[Problem]) -> Draft | None:
    if data is None:
        says = Label(
            "卷宗要寫明是誰的，例如 subject: {id: wang, name: 王小明}。",
            "A dossier says whose it is, such as subject: {id: wang, name: 王小明}.",
        )
        problems.append(Problem("subject", says))
        return None
    draft = read_record(data, "subject", problems, kind="practitioner")
    if draft is not None and not draft.kind.subject:
        says = _no_subject(draft.kind.name)
        problems.append(Problem(f"{draft.place} · kind", says))
    return draft


def _no_subject(name: str) -> Label:
    hint = nearest(name, [kind.name for kind in vocabulary.KINDS.values() if kind.subject])
    return Label(
        f"「{name}」不能當卷宗的主體。{hint.zh}",
        f'"{name}" cannot be the subject of a dossier. {hint.en}',
    )


def _facts(data: Mapping[Any, object], problems: list[Problem]) -> list[Draft]:
    drafts = [
        read_record(item, f"facts[{n}]", problems)
        for n, item in enumerate(_listed(data, "facts", problems), 1)
    ]
    return [draft for draft in drafts if draft is not None]


def _listed(data: Mapping[Any, object], key: str, problems: list[Problem]) -> Sequence[object]:
    items = data.get(key)
    if items is None:
        return ()
    if isinstance(items, list | tuple):
        return items
    says = Label(
        f"{key} 要寫成清單，每項以「-」開頭；這裡是「{shown(items)}」。",
        f'{key} is a list, each item on a line with "-"; found "{shown(items)}".',
    )
    problems.append(Problem(key, says))
    return ()


def _table_facts(
    data: Mapping[Any, object],
    rows: Sequence[TableRows],
    progress: Progress | None,
    problems: list[Problem],
) -> list[Draft]:
    drafts: list[Draft] = []
    total, stems = sum(len(table.rows) for table in rows), Counter[str]()
    for n, item in enumerate(_listed(data, "tables", problems)):
        plan = read_plan(item, f"tables[{n + 1}]", problems)
        if n >= len(rows):
            problems.append(Problem(f"tables[{n + 1}]", _not_opened()))
        elif plan is None:
            problems.extend(rows[n].problems)
        else:
            stems[plan.stem] += 1
            stem = plan.stem if stems[plan.stem] == 1 else f"{plan.stem}-{stems[plan.stem]}"
            tell = _teller(progress, sum(len(table.rows) for table in rows[:n]), total)
            drafts += read_rows(plan, rows[n], stem, problems, tell=tell)
    return drafts


def _teller(progress: Progress | None, before: int, total: int) -> Callable[[int], None]:
    def tell(done: int) -> None:
        if progress is not None:
            progress(before + done, total)

    return tell


def _not_opened() -> Label:
    return Label(
        "這個表格還沒有打開；請從檔案載入卷宗。",
        "This table has not been opened; load the dossier from its file.",
    )


def _incomplete(data: Mapping[Any, object], problems: list[Problem]) -> frozenset[str]:
    names = (
        name_of_kind(item, f"incomplete[{n}]", problems)
        for n, item in enumerate(_listed(data, "incomplete", problems), 1)
    )
    return frozenset(name for name in names if name is not None)


def _with_ids(drafts: Sequence[Draft], problems: list[Problem]) -> list[tuple[str, Draft]]:
    """Every draft with an id of its own: the one it was given, or ``<kind>-<n>``."""
    places: dict[str, str] = {}
    for draft in drafts:
        if draft.id is None:
            continue
        if draft.id in places:
            problems.append(Problem(draft.place, _duplicate(draft.id, places[draft.id])))
        places.setdefault(draft.id, draft.place)
    counts: dict[str, Iterator[str]] = {}
    return [(draft.id or _next_id(draft.kind.name, counts, places), draft) for draft in drafts]


def _next_id(kind: str, counts: dict[str, Iterator[str]], taken: Mapping[str, str]) -> str:
    ids = counts.setdefault(kind, _numbered(kind))
    return next(fact_id for fact_id in ids if fact_id not in taken)


def _numbered(kind: str) -> Iterator[str]:
    n = 0
    while True:
        n += 1
        yield f"{kind}-{n}"


def _duplicate(fact_id: str, first: str) -> Label:
    return Label(
        f"編號「{fact_id}」已經用在 {first}。請換一個編號。",
        f'The id "{fact_id}" is already used at {first}. Choose another.',
    )


def _check_references(named: Sequence[tuple[str, Draft]], problems: list[Problem]) -> None:
    kinds = {fact_id: draft.kind.name for fact_id, draft in named}
    for _, draft in named:
        for name, attribute in draft.kind.attributes.items():
            to = draft.values[name]
            if attribute.type is Type.REFERENCE and isinstance(to, str):
                says = _wrong_reference(to, attribute.refers_to or "*", kinds)
                problems.extend([Problem(draft.place_of(name), says)] if says else [])


def _wrong_reference(to: str, wanted: str, kinds: Mapping[str, str]) -> Label | None:
    kind = kinds.get(to)
    if kind is not None and wanted in ("*", kind):
        return None
    valid = [fact_id for fact_id, of in kinds.items() if wanted in ("*", of)]
    hint = nearest(to, valid) if valid else Label("卷宗裡還沒有這種紀錄。", "There is none yet.")
    what = "" if wanted == "*" else f" {wanted}"
    return Label(
        f"卷宗裡沒有編號「{to}」的{what or '紀錄'}。{hint.zh}",
        f'The dossier has no{what or " record"} with the id "{to}". {hint.en}',
    )
