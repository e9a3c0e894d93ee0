"""Files and long tables under the ASGI server: part by part, and nothing to warn of."""

import asyncio
import warnings
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.test import Client

from tiaoli.platform import clock
from tiaoli.platform.asgi import application
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Account, Post
from tiaoli.platform.portfolio.models import EvidenceFile
from tiaoli.platform.web.sending import FileSent
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db(transaction=True)
LARGE = b"%PDF-1.7" + b"x" * (3 * FileSent.block_size)


def cookie_of(account: Account) -> bytes:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    key = client.session.session_key
    assert SessionStore(key).exists(key)
    return f"sessionid={key}".encode()


async def _asked(path: str, cookie: bytes) -> list[dict[str, Any]]:
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "path": path, "query_string": b"", "client": ("127.0.0.1", 1),
        "headers": [(b"host", b"localhost"), (b"cookie", cookie)],
    }  # fmt: skip
    server = ApplicationCommunicator(application, scope)
    await server.send_input({"type": "http.request", "body": b""})
    sent = [await server.receive_output(30)]
    while sent[-1]["type"] == "http.response.start" or sent[-1].get("more_body"):
        sent.append(await server.receive_output(30))
    await server.wait(30)
    return sent


def asked(path: str, account: Account | None = None) -> tuple[int, list[bytes]]:
    """The status, and the parts that were sent; what warns fails."""
    cookie = b"" if account is None else cookie_of(account)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        started, *parts = asyncio.run(_asked(path, cookie))
    return started["status"], [part["body"] for part in parts if part.get("body")]


def test_what_pages_load() -> None:
    status, parts = asked("/static/tiaoli/tiaoli.css")
    assert status == 200
    assert b"{" in b"".join(parts)
    assert asked("/static/tiaoli/none.css")[0] == 404


def test_a_large_file_is_never_held_as_a_whole() -> None:
    person = making.person("本人", email="me@example.org")
    file = EvidenceFile.objects.create(
        person=person, file=ContentFile(LARGE, "x.pdf"), name="x.pdf", sha256="0" * 64,
        content_type="application/pdf", size=len(LARGE), uploaded=clock.now(),
    )  # fmt: skip
    status, parts = asked(f"/portfolio/files/{file.pk}/", person.account)
    assert status == 200
    assert b"".join(parts) == LARGE
    assert max(map(len, parts)) <= FileSent.block_size
    file.file.delete()


def test_a_long_table_leaves_some_rows_at_a_time() -> None:
    society = making.society("學會", "rt-ladder")
    desk = making.officer(society, Post.SECRETARIAT, "desk@example.org")
    for number in range(3):
        person = making.person(f"人{number}")
        made = Certificate.objects.create(
            number=f"C-{number}", token=f"{number}", person=person, issuer=society,
            regulation="rt-ladder", procedure="in-house", kind="level_award",
            record=making.fact(person, "level_award", {"level": "RT1"}), name=person.name,
            issued=clock.today(), first=clock.today(), decision={},
        )  # fmt: skip
        made.changes.create(
            status="valid", first=made.first, reason="x", decided=clock.now(), applied=clock.now()
        )
    status, parts = asked("/register/export.csv", desk)
    assert status == 200
    head, rows = parts
    assert head.startswith(b"\xef\xbb\xbf")
    assert [row.split(b",")[0] for row in rows.splitlines()] == [b"C-2", b"C-1", b"C-0"]


def test_the_same_without_waiting() -> None:
    """A server that waits for each part (WSGI, a test's client) is served as before."""
    assert b"".join(Client().get("/static/tiaoli/tiaoli.css").streaming_content)
