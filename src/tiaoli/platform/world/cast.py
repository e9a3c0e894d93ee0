"""
Who lives in the invented world: three societies and an authority, five hospitals, their officers,
and some four hundred people. Every name and number is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tiaoli.platform.people.models import Post

PASSWORD: Final = "tiaoli-demo"
"""The password of everybody in this world, and of nobody anywhere else."""


@dataclass(frozen=True, slots=True)
class House:
    """An organisation: what it runs, or the grade that it holds."""

    key: str
    name: str
    english: str
    short: str
    runs: tuple[str, ...] = ()
    grade: str = ""
    authority: bool = False


SOCIETIES: Final = (
    House("radiographers", "條理放射師學會", "Tiaoli Society of Radiographers", "放射師學會",
          ("rt-ladder",)),
    House("interventional", "條理介入放射學會", "Tiaoli Society of Interventional Radiology",
          "介入學會", ("ir-instructor", "nm-program")),
    House("therapists", "條理呼吸治療學會", "Tiaoli Society of Respiratory Therapy",
          "呼吸治療學會", ("rrt-ce", "cec-licence")),
    House("authority", "條理輻射安全署", "Tiaoli Radiation Safety Office", "輻射安全署",
          ("radiation-operator",), authority=True),
)  # fmt: skip

HOSPITALS: Final = (
    House("shanhai", "山海醫學中心", "Shanhai Medical Centre", "山海", grade="medical_centre"),
    House("yunhu", "雲湖醫學中心", "Yunhu Medical Centre", "雲湖", grade="medical_centre"),
    House("qingxi", "清溪區域醫院", "Qingxi Regional Hospital", "清溪", grade="regional"),
    House("haifeng", "海風區域醫院", "Haifeng Regional Hospital", "海風", grade="regional"),
    House("linye", "林野地區醫院", "Linye District Hospital", "林野", grade="district"),
)

OFFICERS: Final = (
    (Post.SECRETARIAT, "secretary"),
    (Post.REVIEWER, "reviewer"),
    (Post.REVIEWER, "reviewer2"),
    (Post.CHAIR, "chair"),
    (Post.TREASURER, "treasurer"),
    (Post.AUDITOR, "auditor"),
    (Post.RULE_MAKER, "rules"),
    (Post.ADMINISTRATOR, "admin"),
)
"""In every society and in the authority; who logs in is ``secretary@radiographers.example``."""

HOSPITAL_OFFICERS: Final = (
    (Post.EDUCATION_OFFICE, "education"),
    (Post.DEPARTMENT_HEAD, "head"),
    (Post.ADMINISTRATOR, "admin"),
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people of one recipe, which is called as the regulation; the unit they work in."""

    recipe: str
    number: int
    seed: int
    unit: str


CROWDS: Final = (
    Crowd("rt-ladder", 130, 11, "放射診斷科"),
    Crowd("ir-instructor", 30, 12, "介入放射科"),
    Crowd("radiation-operator", 40, 13, "核子醫學科"),
    Crowd("rrt-ce", 65, 14, "呼吸治療科"),
)
"""Those without a case; some 140 more have one (``situations.toml``)."""
