"""A server that dies in the middle of an import: nothing lost, nothing twice."""

import signal

import pytest
from dying import ended
from keeping import lin

from tiaoli.platform.portfolio import importing
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.portfolio.rows_in import counts_of

_DIES = """
    import os, signal
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
    person, by = lin()
    text = "檢查單號,治療日期,術式\n" + "".join(f"S{n},115/06/01,切片\n" for n in range(300))
    batch = importing.start(by, person, name="個案.csv", raw=text.encode())
    assert ended(_DIES) == -signal.SIGKILL
    assert Record.objects.count() == 0
    assert counts_of(batch)["good"] == 300
    assert importing.confirm(by, batch, version=batch.version).imported == 300
