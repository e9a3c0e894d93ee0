"""Evidence files: what is taken, judged by content; tiers; who may open them."""

import io
import struct
import zipfile
import zlib
from typing import Any

import openpyxl
import pytest
from acting import logged_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tiaoli.platform.audit.actions import Actor, NotAllowed, Refused
from tiaoli.platform.people.models import Post
from tiaoli.platform.portfolio import actions, evidence
from tiaoli.platform.portfolio.contents import content_of
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.portfolio.models import EvidenceFile, Record, Tier
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png() -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


def xlsx() -> bytes:
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["日期", "術式"])
    book.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()


TYPES = {"[Content_Types].xml": b"<Types/>"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"
HEIC = struct.pack(">I", 24) + b"ftypheic" + b"\0" * 12 + b"\0\0\0\x08meta" + b"\0" * 40


def docx() -> bytes:
    return archive(**TYPES, **{"word/document.xml": b"<w:document xmlns:w='w'/>"})


@pytest.mark.parametrize(
    ("raw", "extension"),
    [
        (PDF, "pdf"),
        (JPEG, "jpg"),
        (png(), "png"),
        (HEIC, "heic"),
        (xlsx(), "xlsx"),
        (docx(), "docx"),
        ("日期,術式\n115/06/01,切片\n".encode(), "csv"),
        ("日期,術式\n115/06/01,切片\n".encode("cp950"), "csv"),
    ],
)
def test_what_is_on_the_list_is_known_by_its_content(raw: bytes, extension: str) -> None:
    assert content_of(raw, "noname").extension == extension


BOMB = archive(**TYPES, **{"xl/workbook.xml": b"<w/>", "xl/big.xml": b"0" * 60_000_000})
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("raw", "name", "says"),
    [
        (b"<!doctype html><script>alert(1)</script>", "a.pdf", "page"),
        (b"\xef\xbb\xbf  <svg onload=alert(1)>", "a.png", "SVG"),
        (b"a,b\n<script>alert(1)</script>,2\n", "a.csv", "page"),
        (b"#!/bin/sh\nrm -rf /\n", "a.csv", "program"),
        (b"MZ\x90\0\3", "a.pdf", "a program"),
        (b"\x7fELF\2\1", "a.jpg", "a program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.xls", "old Office"),
        (b"Rar!\x1a\7", "a.rar", "archive"),
        (archive(**{"a.txt": b"x"}), "a.docx", "archive"),
        (BOMB, "a.xlsx", "swells"),
        (archive(**TYPES, **{"word/document.xml": ENTITIES}), "a.docx", "XML declaration"),
        (
            archive(**TYPES, **{"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"}),
            "a.docx",
            "macros",
        ),
        (archive(**TYPES, **{"xl/workbook.xml": b"<x/>"}), "a.xlsx", "damaged"),
        (PDF[:-8], "a.pdf", "damaged"),
        (png()[:-6], "a.png", "damaged"),
        (JPEG[:-2], "a.jpg", "damaged"),
        (xlsx()[:-30], "a.xlsx", "damaged"),
        (b"just words", "a.csv", "no table"),
        (b"a,b\n\x00\x01", "a.csv", "not a file that we know"),
    ],
)
def test_what_is_not_is_refused_in_words(raw: bytes, name: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        content_of(raw, name)


def test_a_file_is_named_after_its_content() -> None:
    assert content_of(PDF, "x").named("../../etc/證書.html") == "證書.pdf"
    assert content_of(JPEG, "x").named("a.JPEG") == "a.JPEG"
    assert content_of(PDF, "x").named("") == "file.pdf"


def lin() -> tuple[Actor, Record]:
    hospital = making.hospital("醫院", "medical_center")
    person = making.person("林介入", email="lin@example.org", employer=hospital)
    by = Actor(person.account, "林介入")
    return by, actions.add(by, person, kind="case_log", values={"procedure": "biopsy"})


def test_a_file_documents_a_record_until_the_last_is_detached() -> None:
    by, record = lin()
    first = evidence.attach(by, record, name="a.pdf", raw=PDF)
    second = evidence.attach(by, record, name="b.jpg", raw=JPEG)
    assert dossier_of(record.person).facts[0].tier.name == "DOCUMENTED"
    evidence.detach(by, record, file=first)
    assert Record.objects.get().tier == Tier.DOCUMENTED
    evidence.detach(by, record, file=second)
    evidence.detach(by, record, file=second)
    assert Record.objects.get().tier == Tier.CLAIMED


def test_the_same_content_is_kept_once() -> None:
    by, record = lin()
    other = actions.add(by, record.person, kind="case_log", values={"procedure": "drainage"})
    first = evidence.attach(by, record, name="a.pdf", raw=PDF)
    again = evidence.attach(by, other, name="另一個名字.pdf", raw=PDF)
    assert first == again
    assert EvidenceFile.objects.count() == 1
    assert set(first.records.all()) == {record, other}


def test_what_is_verified_stays_so_whatever_files_come_and_go() -> None:
    by, record = lin()
    Record.objects.update(tier=Tier.VERIFIED)
    file = evidence.attach(by, record, name="a.pdf", raw=PDF)
    evidence.detach(by, record, file=file)
    assert Record.objects.get().tier == Tier.VERIFIED


def test_a_file_is_discarded_only_when_no_record_needs_it() -> None:
    by, record = lin()
    file = evidence.attach(by, record, name="a.pdf", raw=PDF)
    with pytest.raises(Refused):
        evidence.discard(by, file)
    evidence.detach(by, record, file=file)
    assert evidence.discard(by, file).removed is not None
    with pytest.raises(Refused):
        evidence.attach_kept(by, record, file=EvidenceFile.objects.get())


def test_only_the_person_attaches_and_only_their_own_files() -> None:
    by, record = lin()
    file = evidence.attach(by, record, name="a.pdf", raw=PDF)
    other = making.person("王", email="w@example.org")
    theirs = actions.add(Actor(other.account), other, kind="case_log", values={"patient": "1"})
    with pytest.raises(NotAllowed):
        evidence.attach(Actor(other.account), record, name="a.pdf", raw=PDF)
    with pytest.raises(Refused):
        evidence.attach_kept(Actor(other.account), theirs, file=file)


def test_a_file_too_large_is_refused_before_it_is_read(settings: Any) -> None:
    settings.TIAOLI_FILE_LIMIT = 10
    with pytest.raises(Refused, match="MB"):
        evidence.read_upload(SimpleUploadedFile("a.pdf", PDF))


def test_a_file_is_served_as_an_attachment_to_those_who_may_see_it(settings: Any) -> None:
    by, record = lin()
    edu = making.officer(
        record.person.employer_on(making.LONG_AGO), Post.EDUCATION_OFFICE, "e@x.org"
    )
    outsider = making.officer(making.hospital("別院", "clinic"), Post.EDUCATION_OFFICE, "o@x.org")
    stranger = making.person("王", email="w@example.org")
    file = evidence.attach(by, record, name="證書.pdf", raw=PDF)
    address = f"/portfolio/files/{file.pk}/"
    for account in (record.person.account, edu):
        response = logged_in(account).get(address)
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Type"] == "application/pdf"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"].startswith("attachment")
        assert "sandbox" in response["Content-Security-Policy"]
    for account in (outsider, stranger.account):
        assert logged_in(account).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    settings.TIAOLI_ACCEL = "/inside/"
    sent = logged_in(edu).get(address)
    assert sent["X-Accel-Redirect"] == f"/inside/{file.file.name}"


def test_a_page_that_is_uploaded_is_told_and_nothing_is_kept() -> None:
    by, record = lin()
    upload = SimpleUploadedFile("x.pdf", b"<html>", "application/pdf")
    response = logged_in(by.account).post(
        f"/portfolio/records/{record.pk}/files/", {"file": upload}, follow=True
    )
    assert "網頁" in response.content.decode()
    assert EvidenceFile.objects.count() == 0
