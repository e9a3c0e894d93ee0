"""
``make bench-platform``: every page of everybody, with 60, 400, 3,000 and 100,000 people on file.

An embedded PostgreSQL of its own is filled with invented people; then each page is asked for by
each who may open it, as the tests do (``tests/platform``: the walk, the crowd and what pages cost
are shared). Told are the queries, the most rows that one of them fetched, and the median of five
times. ``ARGS="--people 10000"`` for less; the page ``docs/explanation/platform-performance.md`` is
written of 100,000, or with ``--page``.
"""

from __future__ import annotations

import argparse
import atexit
import os
import shutil
import sys
from pathlib import Path
from time import perf_counter

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
sys.path[1:1] = [str(_HERE.parent), str(_ROOT / "tests" / "platform")]
WHOLE = 100_000


def main() -> int:
    given = _arguments()
    folder = given.folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    if not given.keep:  # what is registered first is done last: once the database has ended
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "TIAOLI_VAR": str(folder),
        "TIAOLI_DEBUG": "1",  # secrets are made
        "DJANGO_SETTINGS_MODULE": "tiaoli.platform.settings",
    }
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False  # queries are not kept, as where it is served
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    began = perf_counter()
    from told import printed, write
    from walked import walk

    measured = walk(given.people, given.rounds)
    printed(measured)
    if given.page or given.people == WHOLE:
        write(measured)
    print(f"{perf_counter() - began:.0f} s")
    return 1 if measured.faults() else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=WHOLE)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--page", action="store_true", help="write the page of fewer people too")
    parser.add_argument("--keep", action="store_true", help="leave the database where it is")
    parser.add_argument(
        "--folder", type=Path, default=_ROOT / "build" / "bench-platform", help="for its database"
    )
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
