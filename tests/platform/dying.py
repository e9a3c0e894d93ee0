"""Another process on the database of a test: one that dies in the middle of what it does."""

import os
import subprocess
import sys
import textwrap

from django.db import connection


def ended(script: str, *arguments: str) -> int:
    """The exit code of a process that runs ``script``, once Django is set up there."""
    known = connection.settings_dict
    address = (
        f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"
        if known["HOST"].startswith("/")
        else f"postgresql://{known['USER']}:{known['PASSWORD']}@{known['HOST']}"
        f":{known['PORT']}/{known['NAME']}"
    )
    whole = f"import django\ndjango.setup()\n{textwrap.dedent(script)}"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", whole, *arguments],
        env={**os.environ, "DATABASE_URL": address},
        check=False,
    ).returncode
