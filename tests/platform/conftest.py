"""
The platform's tests run against a real PostgreSQL: the embedded one, in a folder of this run, or
the one that ``DATABASE_URL`` names. Each worker has a database of its own.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("TIAOLI_VAR", str(Path(tempfile.gettempdir()) / "tiaoli-tests"))
os.environ["TIAOLI_DEBUG"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "tiaoli.platform.settings"

import django

django.setup()

import pytest
from acting import DAY
from django.conf import settings as django_settings
from fee_making import treasurer
from filing import House, example

from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import Account, Organisation, Person, Post
from tiaoli.platform.world import making

django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without it
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
django_settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def on_the_day(settings: Any) -> None:
    """Today is ``acting.DAY``."""
    settings.TIAOLI_TODAY = DAY


@pytest.fixture
def society(db: None) -> Organisation:
    """One that runs a regulation with certificates."""
    return making.society("影像學會", "ir-instructor", english="Imaging Society")


@pytest.fixture
def house(db: None) -> Organisation:
    """A hospital."""
    return making.hospital("山海醫院", "regional")


@pytest.fixture
def admin(house: Organisation) -> Account:
    """The administrator of the hospital."""
    return making.officer(house, Post.ADMINISTRATOR, "admin@example.org", "管理者")


@pytest.fixture
def wang(db: None) -> Person:
    """Somebody with an account and no facts yet."""
    return making.person("王小明", email="wang@example.org")


@pytest.fixture
def payee(db: None) -> Organisation:
    """A society that fees are paid to."""
    return making.society("放射師學會", "rt-ladder", english="Society of Radiographers")


@pytest.fixture
def by(payee: Organisation) -> Actor:
    """Its treasurer."""
    return treasurer(payee)


@pytest.fixture
def payer(db: None) -> Person:
    """Somebody without an account."""
    return making.person("王小明")


@pytest.fixture
def ladder(db: None) -> House:
    """A society that runs the ladder, a hospital, and everyone who works there."""
    return House("rt-ladder")


@pytest.fixture
def person(ladder: House) -> Person:
    """Somebody of that hospital with all that the third level asks for."""
    made = ladder.person()
    example(made, "wang-rt3")
    return made
