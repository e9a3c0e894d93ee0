"""The nearest valid name to one that nobody knows, so that an error can say what was meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from tiaoli.facts.kinds import Label


def nearest(name: str, valid: Iterable[str], most: int = 3) -> Label:
    """A sentence that names the closest of ``valid``, or all of them where none is close."""
    names = sorted(valid)
    close = get_close_matches(name, names, n=most, cutoff=0.6)
    if close:
        listed = "、".join(close)
        return Label(f"您要的是不是：{listed}？", f"Did you mean {' or '.join(close)}?")
    if len(names) > 12:
        return Label(f"可用的名稱有 {len(names)} 個。", f"There are {len(names)} valid names.")
    return Label(f"可用的名稱：{'、'.join(names)}。", f"Valid names: {', '.join(names)}.")
