"""Names and numbers of people who do not exist."""

from __future__ import annotations

import random
from typing import Final

from tiaoli.platform.people.identity import WrongNumber, read_identity_number

_FAMILY: Final = "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈"
_GIVEN_FIRST: Final = "怡雅淑家冠俊志建宜佳詩承柏品宗欣心子思宇彥育明文美惠玉秀婉佩靜雨"
_GIVEN_SECOND: Final = "君婷芬豪宇宏傑銘穎蓉儒翰翔安恩萱涵瑜慧珊琪芳玲如華賢德仁廷榮真晴"
_INDIGENOUS: Final = ("瓦歷斯‧諾巴", "伊萬‧那威", "撒古流‧巴瓦瓦", "莎伊‧維吉")
_RARE: Final = ("王𠮷祥", "林䶮")


def names(number: int, seed: int) -> list[str]:
    """
    So many different names, the same for the same seed; some are long, and some have characters
    that few fonts know.
    """
    draw = random.Random(seed)
    found: dict[str, None] = dict.fromkeys((*_INDIGENOUS, *_RARE))
    while len(found) < number:
        name = draw.choice(_FAMILY) + draw.choice(_GIVEN_FIRST) + draw.choice(_GIVEN_SECOND)
        found.setdefault(name)
    listed = list(found)[:number]
    draw.shuffle(listed)
    return listed


def identity_numbers(number: int, seed: int) -> list[str]:
    """So many different numbers with a check digit that fits; a few are residence numbers."""
    draw = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < number:
        second = draw.choice("12" * 20 + "89")
        stem = draw.choice("ABCDEFGHJKLMNPQRSTUVXYWZIO") + second + f"{draw.randrange(10**7):07}"
        found.setdefault(_with_check_digit(stem))
    return list(found)


def _with_check_digit(stem: str) -> str:
    for digit in "0123456789":
        try:
            return read_identity_number(stem + digit)
        except WrongNumber:
            continue
    raise AssertionError(f"one digit always fits {stem}")
