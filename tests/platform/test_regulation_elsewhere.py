"""
A regulation that lives elsewhere runs through the platform, and no line of ours knows of it.

It is installed only in the process that runs ``pilots_on_the_platform``: the vocabulary is read
once, when Python starts.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

TESTS = Path(__file__).parent.parent
OUTSIDE = TESTS / "outside"


def database_of_its_own() -> str:
    """On the server of this run, under another name: its tests make and drop it."""
    default = settings.DATABASES["default"]
    whose = f"{quote(default['USER'])}:{quote(default['PASSWORD'])}@"
    host, port = default["HOST"], default["PORT"]
    if host.startswith("/"):
        return f"postgresql://{whose}/outside?host={quote(host, safe='')}"
    return f"postgresql://{whose}{host}{':' if port else ''}{port}/outside"


def test_from_its_own_words_to_a_badge_that_anybody_verifies() -> None:
    ran = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-n", "0", "--create-db", "-p", "no:cacheprovider",
            str(TESTS / "platform" / "pilots_on_the_platform.py"),
        ],
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join([str(OUTSIDE), *sys.path]),
            "DATABASE_URL": database_of_its_own(),
        },
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
