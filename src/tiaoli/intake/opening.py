"""Bytes of a file that ought to be there; where it is not, the names of files that are."""

from __future__ import annotations

from pathlib import Path

from tiaoli.facts.kinds import Label
from tiaoli.facts.names import nearest
from tiaoli.facts.problems import DossierError, Problem

__all__ = ["bytes_of"]


def bytes_of(path: Path, place: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        says = _missing(path)
    except IsADirectoryError:
        says = Label(
            f"「{path.name}」是資料夾，不是檔案。", f'"{path.name}" is a folder, not a file.'
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        says = Label(
            f"打不開「{path.name}」（{reason}）。請確認檔案可以讀取。",
            f'"{path.name}" cannot be opened ({reason}). Check that the file may be read.',
        )
    raise DossierError([Problem(place, says)])


def _missing(path: Path) -> Label:
    folder = path.parent
    names = [p.name for p in folder.iterdir() if p.is_file()] if folder.is_dir() else []
    hint = nearest(path.name, names) if names else _nothing_there(folder)
    return Label(
        f"找不到檔案「{path.name}」。{hint.zh}", f'There is no file "{path.name}". {hint.en}'
    )


def _nothing_there(folder: Path) -> Label:
    if folder.is_dir():
        return Label("那個資料夾裡沒有檔案。", "Its folder holds no files.")
    return Label(f"也沒有「{folder.name}」資料夾。", f'There is no folder "{folder.name}" either.')
