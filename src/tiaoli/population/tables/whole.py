"""What is looked at across tables: whose records they are, their ids, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.facts.kinds import Kind, Label, Type
from tiaoli.facts.names import nearest
from tiaoli.facts.problems import Problem
from tiaoli.facts.vocabulary import KINDS
from tiaoli.population.tables.layout import ID, INCOMPLETE, SUBJECT
from tiaoli.population.tables.order import combined, sorted_texts, subject_numbers
from tiaoli.population.tables.problems import at_rows, found_at

__all__ = ["check_whole", "dangling", "is_subject", "parted", "subject_kind_of"]

Sources = Mapping[str, str]
"""What each kind's table is called in an error: the name of its file."""


# --- Which rows are the subjects ---------------------------------------------------------


def subject_kind_of(
    tables: Mapping[str, Any], sources: Sources, named: str | None = None
) -> tuple[str | None, Label]:
    """The kind of which the subjects are, or None and why that cannot be said."""
    kinds = [name for name in tables if KINDS[name].subject]
    if named is not None:
        return (named, _NO_SUBJECTS) if named in kinds else (None, _no_table_of(named, kinds))
    own = [name for name in kinds if len(found_at(is_subject(tables[name])))]
    candidates = own or kinds
    if len(candidates) == 1:
        return candidates[0], _NO_SUBJECTS
    if not kinds:
        return None, _NO_SUBJECTS
    return None, _several([sources[name] for name in candidates], bool(own))


def is_subject(table: Any) -> Any:
    """By row, whether it is a subject; null where it does not say."""
    return pc.equal(table[SUBJECT], table[ID])


_NO_SUBJECTS: Final = Label(
    "沒有當事人的表。請加上一個，例如 practitioner.parquet，每人一列，id 與 subject 相同。",
    "There is no table of subjects. Add one such as practitioner.parquet, "
    "a row for each, with the same id and subject.",
)


def _no_table_of(kind: str, kinds: list[str]) -> Label:
    there = "、".join(kinds) or "無", ", ".join(kinds) or "none"
    return Label(
        f"當事人要是「{kind}」，卻沒有它的表；可當當事人的表有：{there[0]}。請加上，或改寫種類。",
        f"The subjects are to be of the kind {kind}, but there is no table of it; tables of "
        f"subjects: {there[1]}. Add it, or name another kind.",
    )


def _several(files: list[str], with_subjects: bool) -> Label:
    names = "、".join(files), " and ".join(files)
    if with_subjects:
        return Label(
            f"一個母體只能有一種當事人；{names[0]} 都有 id 與 subject 相同的列。請分成幾個資料夾。",
            f"A population has subjects of one kind; {names[1]} all have rows whose id is their "
            "subject. Make a folder of each.",
        )
    return Label(
        f"{names[0]} 哪一個是當事人，看不出來：都沒有 id 與 subject 相同的列。請寫明當事人的種類。",
        f"Which of {names[1]} holds the subjects cannot be told: none has rows whose id is their "
        "subject. Name the kind of the subjects.",
    )


def parted(table: Any) -> tuple[Any, Any | None]:
    """The rows of the subjects themselves, and further records of the same kind."""
    subject = is_subject(table).fill_null(False)
    further = table.filter(pc.invert(subject))
    if INCOMPLETE in further.column_names:
        further = further.drop_columns([INCOMPLETE])
    return table.filter(subject), further if further.num_rows else None


# --- Whose, which, and what they name ----------------------------------------------------


def check_whole(
    kind: str, tables: Mapping[str, Any], sources: Sources, *, everybody: Any = None
) -> Iterator[Problem]:
    """
    Records of nobody, and ids that stand twice in the dossier of one subject. ``everybody``: the
    ids of all subjects in order, where ``tables`` are a part.
    """
    own = tables[kind].filter(is_subject(tables[kind]))
    subjects = sorted_texts(own[SUBJECT].unique())
    for name, table in tables.items():
        named = subjects if everybody is None else everybody
        yield from _of_nobody(sources[name], table, subjects, named)
        yield from _incomplete_elsewhere(sources[name], table)
    yield from _twice(tables, sources, subjects)


def _of_nobody(source: str, table: Any, subjects: Any, everybody: Any) -> list[Problem]:
    unknown = pc.invert(pc.is_in(table[SUBJECT], value_set=subjects))
    rows = found_at(pc.and_(unknown, table[SUBJECT].is_valid()))
    if len(rows) == 0:
        return []
    name = table[SUBJECT][int(rows[0])].as_py()
    some = everybody.slice(0, 1000).to_pylist()
    hint = nearest(name, some) if some else Label("這裡沒有任何人。", "There is nobody here.")
    says = Label(
        f"沒有編號「{name}」的當事人。{hint.zh}請加上當事人的列，或改正 subject。",
        f'There is no subject "{name}". {hint.en} Add the row of the subject, or correct it.',
    )
    return at_rows(source, SUBJECT, rows, says, what="nobody")


def _incomplete_elsewhere(source: str, table: Any) -> list[Problem]:
    if INCOMPLETE not in table.column_names:
        return []
    says = Label(
        "incomplete 只寫在當事人自己那一列（id 與 subject 相同）。請移過去。",
        "Only the row of a subject (whose id is its subject) has incomplete. Move it there.",
    )
    misplaced = pc.and_(table[INCOMPLETE].is_valid(), pc.not_equal(table[SUBJECT], table[ID]))
    return at_rows(source, INCOMPLETE, found_at(misplaced), says)


def _twice(tables: Mapping[str, Any], sources: Sources, subjects: Any) -> Iterator[Problem]:
    """Two records of one subject, of whatever kinds, have the same id."""
    keys = _keys(list(tables.values()), subjects)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    again = np.zeros(len(keys), dtype=bool)
    again[order[1:]] = (ordered[1:] == ordered[:-1]) & (ordered[1:] >= 0)
    start = 0
    for name, table in tables.items():
        rows = np.flatnonzero(again[start : start + table.num_rows])
        start += table.num_rows
        if len(rows):
            says = _duplicate(table, int(rows[0]))
            yield from at_rows(sources[name], ID, rows, says, what="twice")


def _keys(tables: list[Any], subjects: Any) -> Any:
    """A number for each record, the same for the same id of the same subject; -1 of nobody."""
    ids = combined(pa.chunked_array([c for t in tables for c in t[ID].chunks], pa.string()))
    codes = ids.dictionary_encode()
    whose = np.concatenate([subject_numbers(table, subjects) for table in tables])
    named = codes.indices.fill_null(-1).to_numpy().astype(np.int64)
    return np.where((whose < 0) | (named < 0), -1, whose * max(len(codes.dictionary), 1) + named)


def _duplicate(table: Any, row: int) -> Label:
    subject, named = table[SUBJECT][row].as_py(), table[ID][row].as_py()
    return Label(
        f"「{subject}」已經有編號「{named}」的紀錄。請換一個編號。",
        f'"{subject}" already has a record with the id "{named}". Choose another.',
    )


def dangling(tables: Mapping[str, Any], sources: Sources, subjects: Any) -> Iterator[Problem]:
    """
    References to records that are not there. In a dossier that a person writes they are mistakes;
    here the record may be one that was not handed over, and a rule that follows it finds none.
    """
    for name, table in tables.items():
        for attribute in KINDS[name].attributes.values():
            if attribute.type is Type.REFERENCE and attribute.name in table.column_names:
                to = _referred(tables, KINDS[name], attribute.name)
                where = _missing(table, attribute.name, to, subjects)
                wanted = attribute.refers_to or "*"
                yield from at_rows(sources[name], attribute.name, where, _not_there(wanted))


def _referred(tables: Mapping[str, Any], kind: Kind, attribute: str) -> list[Any]:
    wanted = kind.attributes[attribute].refers_to or "*"
    return [table for name, table in tables.items() if wanted in ("*", name)]


def _missing(table: Any, attribute: str, to: list[Any], subjects: Any) -> Any:
    given = table.filter(table[attribute].is_valid())
    naming = pa.table({SUBJECT: given[SUBJECT], ID: given[attribute]})
    keys = _keys([naming, *to], subjects)
    mine, known = keys[: given.num_rows], keys[given.num_rows :]
    rows = np.flatnonzero(table[attribute].is_valid().to_numpy())
    return rows[~np.isin(mine, known)]


def _not_there(wanted: str) -> Label:
    what = "" if wanted == "*" else f" {wanted}"
    return Label(
        f"所指的{what or '紀錄'}不在同一人的紀錄裡；規則會當作沒有。請查明編號。",
        f"The{what or ' record'} that is named is not among the records of the same subject; rules "
        "take it that there is none. Check the id.",
    )
