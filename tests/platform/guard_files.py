"""
Files on their way, for the walk of ``test_guard``: one in a draft, one that the hospital looks at,
one that came back from it, and one in the turn of the society's panel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from filing import example, opened, own, pay, step
from reminding import DAY

from tiaoli.platform import clock
from tiaoli.platform.applications.drafting import add_document
from tiaoli.platform.applications.left import PointTold
from tiaoli.platform.applications.models import Application, Document, Point
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Post
from tiaoli.platform.portfolio.models import EvidenceFile
from tiaoli.platform.reviews.actions import assign
from tiaoli.platform.reviews.models import Assignment
from tiaoli.regulations import catalogue

if TYPE_CHECKING:
    from guard_world import World

REGULATION = "rt-ladder"
IN_HOUSE, TO_THE_PANEL = "in-house", "institution-then-society"
DOCUMENT, FACT, CLAUSE = "proof_copies", "教案", "RTL-6.1"
"""Of the regulation and the example that the files are walked with."""


def evidence(world: World) -> EvidenceFile:
    """A file of the person's, of the portfolio and of the drafts below."""

    def make() -> EvidenceFile:
        return EvidenceFile.objects.create(
            person=world.person, file=ContentFile(b"%PDF-1.7", "x.pdf"), name="x.pdf",
            content_type="application/pdf", size=8, sha256="0" * 64, uploaded=clock.now(),
        )  # fmt: skip

    return world.once("file", make)


def draft(world: World) -> Application:
    """Opened, with a document, and not handed in."""

    def make() -> Application:
        with clock.standing_at(DAY):
            example(world.person, "wang-rt3")
            found = catalogue.find(REGULATION)
            made = opened(world.person, found, TO_THE_PANEL, {"level": "RT3"})
            add_document(own(world.person), made, option=DOCUMENT, evidence=evidence(world))
        return made

    return world.once("draft", make)


def document(world: World) -> Document:
    """The document of the file, wherever the file is."""
    return draft(world).documents.get()


def at_the_hospital(world: World) -> Application:
    """Handed in: it waits for the hospital."""

    def make() -> Application:
        with clock.standing_at(DAY):
            return step(own(world.person), draft(world), "submit")

    return world.once("at the hospital", make)


def returned_point(world: World) -> Point:
    """What the hospital asks for, in a file that came back to the person."""

    def make() -> Point:
        file = at_the_hospital(world)
        with clock.standing_at(DAY):
            hospital = world.acting(world.hospital, Post.EDUCATION_OFFICE)
            step(hospital, file, "ask_for_more", points=(PointTold("請補"),))
        return file.points.get()

    return world.once("point", make)


def under_review(world: World) -> Application:
    """Paid for, and in the turn of the society's panel."""

    def make() -> Application:
        file = at_the_hospital(world)
        with clock.standing_at(DAY):
            hospital = world.acting(world.hospital, Post.EDUCATION_OFFICE)
            office = world.acting(world.society, Post.SECRETARIAT)
            step(hospital, file, "endorse")
            step(hospital, file, "send")
            step(office, file, "ask_fee")
            pay(Notice.objects.get(case=file.number))
            return step(office, file, "start_review")

    return world.once("under review", make)


def assignment(world: World) -> Assignment:
    """The panel's reviewer, asked to look at the file."""

    def make() -> Assignment:
        office = world.acting(world.society, Post.SECRETARIAT)
        reviewer = world.posts[world.society.pk, Post.REVIEWER]
        return assign(office, under_review(world), reviewer=reviewer)

    return world.once("assignment", make)


def reviewer_posted(world: World) -> dict[str, Any]:
    """The form that assigns the panel's reviewer."""
    return {"reviewer": world.posts[world.society.pk, Post.REVIEWER].pk}
