"""Another process on the database of a test: one that dies in the middle of what it does."""

import subprocess
import sys
import textwrap

from concurrently import another_process


def ended(script: str, *arguments: str) -> int:
    """The exit code of a process that runs ``script``, once Django is set up there."""
    whole = f"import django\ndjango.setup()\n{textwrap.dedent(script)}"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", whole, *arguments],
        env=another_process(),
        check=False,
    ).returncode
