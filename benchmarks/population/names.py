"""By what name a hand-written answer is compared with the answer of an engine."""

from __future__ import annotations

RT3 = {
    "outcome": "outcome",
    "licensed": "RTL-2.1",
    "practises": "RTL-2.2",
    "reviewed": "RTL-3.2a",
    "interval": "RTL-3.3",
    "level_below": "RTL-3.3b",
    "years": "RTL-4A.RT3.YEARS",
    "certified": "RTL-4A.RT3.JCT",
    "published": "RTL-4A.RT3.PUB",
    "ability": "RTL-4B.RT3.ABIL",
    "quality": "RTL-4B.RT3.QI",
    "professional": "RTL-5.RT3.PROF",
    "clinical": "RTL-5.RT3.CLIN",
    "academic": "RTL-5.RT3.ACAD",
    "certified_now": "RTL-5.RT3.TEACH.a",
    "supervises": "RTL-5.RT3.TEACH.b",
    "lesson_plan": "RTL-5.RT3.TEACH.c",
    "has_taught": "step.RTL-5.0",
    "hours": "RTL-5.RT3.ADMIN.a",
    "activity": "RTL-5.RT3.ADMIN.b",
    "lead": "RTL-5.RT3.ADMIN.c",
    "cells": "RTL-5.0",
    "minutes_low": "RTL-5.RT3.ADMIN.a.have low",
    "minutes_high": "RTL-5.RT3.ADMIN.a.have high",
    "minutes_limited": "RTL-5.RT3.ADMIN.a.have limited",
}

CREDITS = {
    "outcome": "outcome",
    "total_low": "total low",
    "total_high": "total high",
    "total_limited": "total limited",
    "professional_low": "professional low",
    "professional_high": "professional high",
    "professional_limited": "professional limited",
    "supporting_low": "quality_ethics_law low",
    "supporting_high": "quality_ethics_law high",
    "supporting_limited": "quality_ethics_law limited",
}

NAMES = {"RT3": RT3, "credits": CREDITS}
OUTCOMES = {
    "RT3": ("eligible", "ineligible", "not_yet", "needs_review"),
    "credits": ("computed", "needs_review"),
}
"""The words of the outcomes, in the order of their numbers."""
