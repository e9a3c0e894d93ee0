"""A first start that is killed half way leaves nothing: the next one begins from the beginning."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from django.db import connection

from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.models import Account, Organisation, Person
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.world import settling

_DIES = """
    import os, signal
    import django
    django.setup()
    from tiaoli.platform.applications.models import StepTaken
    from tiaoli.platform.world import settling

    create, made = type(StepTaken.objects).create, []
    def dies(manager, **more):
        if manager.model is StepTaken:
            made.append(more)
        if len(made) == 20:
            os.kill(os.getpid(), signal.SIGKILL)
        return create(manager, **more)

    type(StepTaken.objects).create = dies
    settling.settle(print, ())
"""


@pytest.mark.django_db(transaction=True)
def test_a_world_killed_while_it_is_made_is_not_there() -> None:
    database = connection.settings_dict
    address = (
        f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
        if database["HOST"].startswith("/")
        else f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}"
        f":{database['PORT']}/{database['NAME']}"
    )
    died = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(_DIES)],
        env={**os.environ, "DATABASE_URL": address},
        check=False,
        capture_output=True,
        text=True,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    for model in (Organisation, Account, Person, Record, Application, Event):
        assert not model.objects.exists()
    assert not settling.is_settled()
