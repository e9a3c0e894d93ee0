"""Tables in a folder, ``<kind>.parquet`` or ``<kind>.csv``: loaded and checked, and saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from tiaoli.facts.kinds import Kind, Label
from tiaoli.facts.problems import Problem
from tiaoli.facts.records import misnamed
from tiaoli.facts.vocabulary import KINDS
from tiaoli.population.tables import delimited
from tiaoli.population.tables.casting import typed
from tiaoli.population.tables.checks import check_table
from tiaoli.population.tables.facts import Facts
from tiaoli.population.tables.layout import ID, SUBJECT, attribute_of, mark_of, schema
from tiaoli.population.tables.order import sorted_texts
from tiaoli.population.tables.problems import FactsError
from tiaoli.population.tables.whole import check_whole, dangling, parted, subject_kind_of

__all__ = [
    "UNREADABLE", "checked", "load", "save", "tables_in", "typed_table", "unreadable",
]  # fmt: skip

Form = Literal["parquet", "csv"]
_FORMS: Final = (".parquet", ".csv")


def load(
    folder: Path | str,
    *,
    subjects: str | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Facts:
    """
    The facts in the tables of ``folder``. ``subjects`` names the kind of the subjects where the
    tables do not show it; ``tell`` is told how many tables are read, and of how many. Raises
    FactsError with everything that is wrong with all of them.
    """
    problems: list[Problem] = []
    tables: dict[str, Any] = {}
    sources: dict[str, str] = {}
    paths = tables_in(Path(folder), problems)
    for number, path in enumerate(paths, 1):
        if (table := _read(path, problems)) is not None:
            tables[path.stem], sources[path.stem] = table, path.name
        if tell is not None:
            tell(number, len(paths))
    return checked(tables, sources, subjects=subjects, problems=problems)


def tables_in(folder: Path, problems: list[Problem]) -> list[Path]:
    """The files of a folder that hold tables, one for each kind; ``problems`` gains the others."""
    there: dict[str, Path] = {}
    for path in _files(folder, problems):
        if path.stem in there:
            problems.append(Problem(path.name, _in_two_files(there[path.stem].name)))
        else:
            there[path.stem] = path
    return list(there.values())


def _files(folder: Path, problems: list[Problem]) -> Iterable[Path]:
    if not folder.is_dir():
        problems.append(Problem(str(folder), _NO_FOLDER))
        return []
    named = sorted(path for path in folder.iterdir() if path.suffix in _FORMS)
    for path in named:
        if path.stem not in KINDS:
            says = misnamed("紀錄種類", "kind of record", path.stem, KINDS)
            problems.append(Problem(path.name, says))
    return [path for path in named if path.stem in KINDS]


_NO_FOLDER: Final = Label(
    "找不到這個資料夾。請查明路徑。", "There is no such folder. Check its path."
)


def _in_two_files(other: str) -> Label:
    return Label(
        f"{other} 已有這種紀錄。請只留一個檔案。",
        f"{other} holds this kind already. Keep one of the two files.",
    )


def _read(path: Path, problems: list[Problem]) -> Any | None:
    try:
        return _cells(path) if path.suffix == ".csv" else _parquet(path)
    except UNREADABLE as error:
        problems.append(Problem(path.name, unreadable(error)))
        return None


UNREADABLE: Final = (pa.ArrowException, OSError, UnicodeDecodeError)
"""What is raised for a file that holds no table."""


def unreadable(error: Exception) -> Label:
    return Label(
        f"檔案讀不了（{error}）。請確認格式與編碼（CSV 要 UTF-8）。",
        f"The file cannot be read ({error}). Check its format; CSV is in UTF-8.",
    )


def _parquet(path: Path) -> Any:
    with pyarrow.parquet.ParquetFile(path) as opened:
        return opened.read()


def _cells(path: Path) -> Any:
    return pyarrow.csv.read_csv(
        path, parse_options=delimited.PARSING, convert_options=delimited.as_texts(path)
    )


def checked(
    tables: Mapping[str, Any],
    sources: Mapping[str, str],
    *,
    subjects: str | None = None,
    problems: Iterable[Problem] = (),
) -> Facts:
    """The same tables with the types of the layout. Raises FactsError, see ``load``."""
    found = list(problems)
    unread = bool(found)
    known: dict[str, Any] = {}
    for name, table in tables.items():
        one = typed_table(sources[name], KINDS[name], table, found)
        if one is not None:
            found += check_table(sources[name], KINDS[name], one)
            known[name] = one
    if len(known) < len(tables):
        raise FactsError(found)
    kind, why_not = subject_kind_of(known, sources, subjects)
    if kind is None:
        raise FactsError(found if unread else [*found, Problem("subject", why_not)])
    found += check_whole(kind, known, sources)
    if found:
        raise FactsError(found)
    return _facts(kind, known, sources)


def _facts(kind: str, tables: Mapping[str, Any], sources: Mapping[str, str]) -> Facts:
    own, further = parted(tables[kind])
    records = {name: table for name, table in tables.items() if name != kind}
    if further is not None:
        records[kind] = further
    warnings = dangling(tables, sources, sorted_texts(own[SUBJECT]))
    return Facts(kind, own, records, tuple(warnings))


def typed_table(source: str, kind: Kind, table: Any, problems: list[Problem]) -> Any | None:
    """The table in the types of the layout, without the columns that cannot be."""
    wanted = schema(kind)
    columns: dict[str, Any] = {}
    for name in dict.fromkeys(table.column_names):
        if name not in wanted.names:
            says = misnamed("欄位", "column", name, _near(kind, name))
            problems.append(Problem(f"{source} · {name}", says))
        elif table.column_names.count(name) > 1:
            problems.append(Problem(f"{source} · {name}", _NAMED_TWICE))
        else:
            column, wrong = _column(source, name, table[name], wanted.field(name).type)
            problems += wrong
            if column is not None:
                columns[name] = column
    absent = [name for name in (SUBJECT, ID) if name not in table.column_names]
    problems += [Problem(f"{source} · {name}", _NO_COLUMN) for name in absent]
    return pa.table(columns) if {SUBJECT, ID} <= columns.keys() else None


def _near(kind: Kind, column: str) -> list[str]:
    """The columns that may have been meant; of a mark, the one that its attribute has."""
    attribute = attribute_of(kind, column)
    return list(schema(kind).names) if attribute is None else [mark_of(attribute)]


_NAMED_TWICE: Final = Label(
    "有兩欄同名。請只留一欄。", "Two columns have this name. Keep one of them."
)
_NO_COLUMN: Final = Label("每個表都要有這一欄。請補上。", "Every table has this column. Add it.")


def _column(source: str, name: str, column: Any, wanted: Any) -> tuple[Any, list[Problem]]:
    if source.endswith(".csv"):
        return delimited.written(source, name, column, wanted)
    return typed(source, name, column, wanted)


def save(facts: Facts, folder: Path | str, *, form: Form = "parquet") -> None:
    """
    Write ``facts`` as one table for each kind. Raises FactsError, and writes nothing, where the
    folder holds tables already or CSV cannot hold the facts.
    """
    into = Path(folder)
    problems = [Problem(path.name, _THERE_ALREADY) for path in _there_already(into)]
    ready: dict[str, Any] = {}
    for kind in facts.kinds():
        ready[f"{kind}.{form}"] = _writable(f"{kind}.{form}", facts.table(kind), form, problems)
    if problems:
        raise FactsError(problems)
    into.mkdir(parents=True, exist_ok=True)
    for name, table in ready.items():
        if form == "csv":
            pyarrow.csv.write_csv(table, into / name)
        else:
            pyarrow.parquet.write_table(table, into / name, compression="zstd")


def _there_already(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in _FORMS)


_THERE_ALREADY: Final = Label(
    "資料夾裡已有這個表，不會蓋過去。請換一個資料夾，或先移走舊的。",
    "The folder holds this table already; it is not overwritten. Choose another folder, "
    "or take the old one away.",
)


def _writable(source: str, table: Any, form: Form, problems: list[Problem]) -> Any:
    if form == "parquet":
        return table
    columns = {}
    for name in table.column_names:
        columns[name], wrong = delimited.wrote(source, name, table[name])
        problems += wrong
    return pa.table(columns)
