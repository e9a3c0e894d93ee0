"""
Evidence files: which are taken, judged by what is in them, never by their name; kept, attached.

The list of what is taken is short (PDF, JPEG, PNG, HEIC, XLSX, DOCX, CSV). Whatever can be opened
is opened; whatever a browser would run, and archives that swell, are refused.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, Refused, Told, action
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.contents import Content, content_of
from tiaoli.platform.portfolio.models import EvidenceFile, Record, Tier
from tiaoli.platform.portfolio.permissions import is_own, may_change

MEGABYTE = 1024 * 1024


def size_limit() -> int:
    """Bytes that a file may have."""
    return int(settings.TIAOLI_FILE_LIMIT)


def read_upload(upload: Any) -> bytes:
    """The bytes of an uploaded file (``name``, ``size``, ``read``). Raises Refused if too large."""
    if upload.size > size_limit():
        most, size = size_limit() // MEGABYTE, upload.size / MEGABYTE
        raise Refused(
            Label(
                f"「{upload.name}」有 {size:.1f} MB，上限是 {most} MB。請縮小或分成幾個檔案。",
                f'"{upload.name}" has {size:.1f} MB, and {most} MB is the most. '
                "Make it smaller, or part it.",
            )
        )
    raw: bytes = upload.read()
    if not raw:
        says = Label(f"「{upload.name}」是空的檔案。", f'"{upload.name}" is an empty file.')
        raise Refused(says)
    return raw


def _may_attach(by: Actor, record: Record) -> Label | None:
    if is_own(by, record.person):
        if record.removed is None:
            return None
        return Label("這筆紀錄已經移除，不能再附檔。", "This record was taken out.")
    return Label("佐證檔案由本人附上。", "Files are attached by the person.")


@action("portfolio.attach", Label("附上佐證檔案", "attach a file"), allowed=_may_attach)
def attach(by: Actor, record: Record, *, name: str, raw: bytes) -> Told[EvidenceFile]:
    """
    The file, kept once per person and content, shows the record. Raises Refused, in words, for
    what is not taken.
    """
    content = content_of(raw, name)
    person = Person.objects.select_for_update().get(pk=record.person_id)
    file = keep(by, person, name=name, raw=raw, content=content)
    return Told(file, person, *_attached(record, file))


@action(
    "portfolio.attach_again", Label("附上已有的檔案", "attach a kept file"), allowed=_may_attach
)
def attach_kept(by: Actor, record: Record, *, file: EvidenceFile) -> Told[EvidenceFile]:
    """A file that the person has already."""
    if file.person_id != record.person_id or file.removed is not None:
        raise Refused(Label("找不到這個檔案。", "There is no such file of yours."))
    return Told(file, record.person, *_attached(record, file))


def _attached(record: Record, file: EvidenceFile) -> tuple[dict[str, Any], dict[str, Any]]:
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if not locked.files.filter(pk=file.pk).exists():
        locked.files.add(file)
        if locked.tier == Tier.CLAIMED:
            locked.tier = Tier.DOCUMENTED
        locked.keep_change()
    return _told(locked, file), {"file": file.name}


@action("portfolio.detach", Label("取下佐證檔案", "detach a file"), allowed=_may_attach)
def detach(by: Actor, record: Record, *, file: EvidenceFile) -> Told[EvidenceFile]:
    """The file stays among the person's files; what it alone documented is claimed again."""
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if locked.files.filter(pk=file.pk).exists():
        locked.files.remove(file)
        if locked.tier == Tier.DOCUMENTED and not locked.files.filter(removed=None).exists():
            locked.tier = Tier.CLAIMED
        locked.keep_change()
    return Told(file, record.person, _told(locked, file), {"file": file.name})


def keep(by: Actor, person: Person, *, name: str, raw: bytes, content: Content) -> EvidenceFile:
    """The person's file with this content: the one that there is, or a new one."""
    digest = hashlib.sha256(raw).hexdigest()
    there = EvidenceFile.objects.filter(person=person, sha256=digest, removed=None).first()
    if there is not None:
        return there
    file = EvidenceFile(
        person=person,
        name=content.named(name)[:200],
        content_type=content.type,
        size=len(raw),
        sha256=digest,
        uploaded_by=by.account,
        uploaded=clock.now(),
    )
    file.file.save(f"{digest[:32]}.{content.extension}", ContentFile(raw), save=False)
    try:
        file.save()
    except BaseException:
        file.file.delete(save=False)
        raise
    return file


def _may_discard(by: Actor, file: EvidenceFile) -> Label | None:
    return may_change(by, file.person)


@action("portfolio.discard_file", Label("刪除檔案", "discard a file"), allowed=_may_discard)
def discard(by: Actor, file: EvidenceFile) -> Told[EvidenceFile]:
    """A file that no record needs is no longer offered; its content stays for what refers to it."""
    locked = EvidenceFile.objects.select_for_update().get(pk=file.pk)
    if locked.records.filter(removed=None).exists():
        says = Label("還有紀錄用到這個檔案，請先取下。", "Records use this file; detach it first.")
        raise Refused(says)
    locked.removed = locked.removed or clock.now()
    locked.save(update_fields=["removed"])
    return Told(locked, file.person, {"sha256": locked.sha256}, {"file": locked.name})


def _told(record: Record, file: EvidenceFile) -> dict[str, Any]:
    return {
        "record": record.pk, "kind": record.kind, "version": record.version, "sha256": file.sha256,
    }  # fmt: skip
