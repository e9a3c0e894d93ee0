"""Grades that a hospital is accredited for."""

from __future__ import annotations

from tiaoli.platform.choices import Choice


class HospitalGrade(Choice):
    """The words are those in which the vocabulary tells the grade of an institution."""

    MEDICAL_CENTRE = "medical_centre", "醫學中心", "medical centre"
    REGIONAL = "regional", "區域醫院", "regional hospital"
    DISTRICT = "district", "地區醫院", "district hospital"
    CLINIC = "clinic", "診所", "clinic"
    OTHER = "other", "其他", "other"
