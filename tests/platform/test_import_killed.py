"""A server that dies in the middle of an import: nothing lost, nothing twice."""

import signal
import subprocess
import sys
import textwrap

import pytest
from concurrently import another_process

from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.portfolio import importing
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.portfolio.rows_in import counts_of
from tiaoli.platform.world import making

_DIES = """
    import os, signal, sys
    import django
    django.setup()
    from tiaoli.platform.audit.actions import Actor
    from tiaoli.platform.portfolio import importing
    from tiaoli.platform.portfolio.models import ImportBatch, Record

    bulk_create = type(Record.objects).bulk_create
    def dies(manager, records, **more):
        bulk_create(manager, records, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    type(Record.objects).bulk_create = dies
    batch = ImportBatch.objects.get()
    importing.confirm(Actor(batch.person.account), batch, version=batch.version)
"""


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_in_the_middle_leaves_the_batch_as_it_was() -> None:
    person = making.person("林介入", email="lin@example.org")
    by = Actor(person.account, "林介入")
    text = "檢查單號,治療日期,術式\n" + "".join(f"S{n},115/06/01,切片\n" for n in range(300))
    batch = importing.start(by, person, name="個案.csv", raw=text.encode())
    died = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(_DIES)],
        env=another_process(),
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    assert Record.objects.count() == 0
    assert counts_of(batch)["good"] == 300
    assert importing.confirm(by, batch, version=batch.version).imported == 300
