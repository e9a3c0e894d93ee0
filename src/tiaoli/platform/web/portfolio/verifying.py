"""For an institution: the records of its staff, verified one after another."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, Refused
from tiaoli.platform.people.models import Membership, Person, Post, holding
from tiaoli.platform.portfolio import actions
from tiaoli.platform.portfolio.history import history_of
from tiaoli.platform.portfolio.models import Record, Tier
from tiaoli.platform.portfolio.permissions import members_of, seen_by
from tiaoli.platform.portfolio.wording import said
from tiaoli.platform.web.guard import page
from tiaoli.platform.web.portfolio.guards import an_office, for_us_to_verify, of_our_staff
from tiaoli.platform.web.portfolio.lists import filtered, kind_counts, tiers
from tiaoli.platform.web.portfolio.told import number_in, page_of, row, rows, tell, warn


@require_GET
@page(an_office)
def staff(request: HttpRequest) -> HttpResponse:
    """
    Who serves in our organisation and has records that wait; ``all=1``: everybody, those who have
    left too. Records are counted for the page alone.
    """
    ours, search = request.actor.organisation, request.GET.get("q", "").strip()[:80]
    everybody = request.GET.get("all") == "1"
    serves = Membership.objects.filter(
        holding(clock.today()),
        organisation=ours,
        person=OuterRef("pk"),
        role=Post.PRACTITIONER,
    )
    people = Person.objects.filter(members_of(ours)).annotate(serves=Exists(serves))
    if not everybody:
        waits = Exists(_waiting(Record.objects.filter(person=OuterRef("pk"))))
        people = people.filter(waits, serves=True)
    if search:
        people = people.filter(Q(name__icontains=search) | Q(english_name__icontains=search))
    shown = page_of(request, people.order_by("name", "pk"))
    counted = _waiting(Record.objects.filter(person__in=[person.pk for person in shown]))
    counts = dict(counted.order_by().values_list("person").annotate(Count("pk")))
    listed = [{"person": person, "waiting": counts.get(person.pk, 0)} for person in shown]
    context = {"page": shown, "listed": listed, "q": search, "everybody": everybody}
    return render(request, "portfolio/staff.html", context)


@require_GET
@page(an_office, of_our_staff)
def person_records(request: HttpRequest, person: int) -> HttpResponse:
    """What one of our staff has entered; what waits comes with a button to begin."""
    found = get_object_or_404(Person, pk=person)
    seen = _seen(request.actor, found)
    shown = page_of(request, filtered(seen.filter(removed=None), request))
    context = {
        "person": found,
        "page": shown,
        "rows": rows(shown),
        "kinds": kind_counts(found, seen),
        "tiers": tiers(),
        "chosen": request.GET,
        "first": _waiting(seen).first(),
        "waiting": _waiting(seen).count(),
    }
    return render(request, "portfolio/person_records.html", context)


@page(an_office, for_us_to_verify)
def verify(request: HttpRequest, record: int) -> HttpResponse:
    """One record with its files; verify and on to the next, or skip it."""
    found = get_object_or_404(Record.objects.select_related("person", "verified_by"), pk=record)
    waiting = _waiting(_seen(request.actor, found.person))
    following = _next(waiting, found)
    if request.method == "POST":
        try:
            actions.verify(request.actor, found, version=number_in(request, "version"))
        except Refused as refusal:
            warn(request, refusal.says)
            return redirect("portfolio_verify", record=record)
        tell(request, Label("已查證。", "Verified."))
        if following is None:
            return redirect("portfolio_person", person=found.person_id)
        return redirect("portfolio_verify", record=following.pk)
    context = {
        "record": found,
        "row": row(found),
        "said": said(found),
        "files": list(found.files.filter(removed=None).order_by("pk")),
        "history": history_of(found),
        "next": following,
        "waiting": waiting.count(),
        "ours": found.verified_by_id == request.actor.organisation.pk,
        "is_verified": found.tier == Tier.VERIFIED,
    }
    return render(request, "portfolio/verify.html", context)


@require_POST
@page(an_office, for_us_to_verify)
def unverify(request: HttpRequest, record: int) -> HttpResponse:
    """Our verification withdrawn, with the reason."""
    found = get_object_or_404(Record.objects.select_related("person"), pk=record)
    try:
        actions.withdraw_verification(
            request.actor,
            found,
            version=number_in(request, "version"),
            because=request.POST.get("because", ""),
        )
        tell(request, Label("查證已撤回。", "The verification is withdrawn."))
    except Refused as refusal:
        warn(request, refusal.says)
    return redirect("portfolio_verify", record=record)


def _seen(by: Actor, person: Person) -> QuerySet[Record]:
    """The records of a person that the organisation of the actor sees."""
    which = seen_by(by.organisation, person, clock.today())
    return person.records.none() if which is None else person.records.filter(which)


def _waiting(seen: QuerySet[Record]) -> QuerySet[Record]:
    return seen.filter(removed=None).exclude(tier=Tier.VERIFIED).order_by("pk")


def _next(waiting: QuerySet[Record], after: Record) -> Record | None:
    """The next that waits; from the last, the first again."""
    others = waiting.exclude(pk=after.pk)
    return others.filter(pk__gt=after.pk).first() or others.first()
