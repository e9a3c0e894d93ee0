"""Somebody of the same organisation who sits in for a post for a while."""

from __future__ import annotations

import datetime

from django.db.models import Q

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action
from tiaoli.platform.people.models import Account, Deputy, Membership, Post, holding
from tiaoli.platform.people.permissions import administers


def own_posts(account: Account, day: datetime.date) -> list[Membership]:
    """The posts that an account holds itself on a day, not those it sits in for."""
    person = getattr(account, "person", None)
    whose = Q(account=account) if person is None else Q(account=account) | Q(person=person)
    held = Membership.objects.filter(holding(day), whose).select_related("organisation")
    return list(held.order_by("organisation__name", "role"))


def colleagues(membership: Membership, day: datetime.date) -> list[Account]:
    """Accounts with a post in the same organisation on a day, but for the holder of this one."""
    held = Membership.objects.filter(holding(day), organisation=membership.organisation_id)
    mine = _holder(membership)
    found = Account.objects.filter(
        Q(pk__in=held.values("account")) | Q(person__in=held.exclude(person=None).values("person"))
    )
    return list(found.exclude(pk=mine).filter(is_active=True).order_by("name", "email")[:500])


def _holder(membership: Membership) -> int | None:
    if membership.account_id is not None:
        return int(membership.account_id)
    return membership.person.account_id if membership.person is not None else None


def _holds_it(by: Actor, thing: Membership | Deputy) -> Label | None:
    post = thing.membership if isinstance(thing, Deputy) else thing
    if by.account is not None and _holder(post) == by.account.pk:
        return None
    if administers(by, post) is None:
        return None
    return Label(
        "只有本人或機構的管理者可以指定或結束代理；代理人不能再找人代理。",
        "Only whoever holds the post, or an administrator, names or ends a deputy; a deputy does "
        "not name another.",
    )


@action("people.name_deputy", Label("指定代理人", "name a deputy"), allowed=_holds_it)
def name_deputy(
    _by: Actor, membership: Membership, *, account: Account, first: datetime.date,
    last: datetime.date,
) -> Told[Deputy]:  # fmt: skip
    """
    ``account`` sits in from ``first`` to ``last``, both included.

    Raises Refused for days out of order or in the past, somebody of another organisation, and
    somebody who sits in already in that time.
    """
    post = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if post.role == Post.PRACTITIONER:
        raise Refused(Label("醫事人員的身分不能代理。", "Nobody sits in for a practitioner."))
    if last < first or last < clock.today():
        raise Refused(
            Label(
                "代理的最後一日不能早於第一日，也不能早於今天。",
                "The last day of a deputy is not before the first, nor before today.",
            )
        )
    if post.last is not None and first > post.last:
        raise Refused(Label("那時這個職務已經結束。", "The post has ended by then."))
    if account not in colleagues(post, clock.today()):
        raise Refused(
            Label("代理人要是同一機構的人員。", "A deputy is somebody of the same organisation.")
        )
    overlapping = post.deputies.filter(account=account, first__lte=last, last__gte=first)
    if overlapping.exists():
        raise Refused(
            Label("這位代理人在那段時間已經代理。", "They sit in during that time already.")
        )
    made = Deputy.objects.create(membership=post, account=account, first=first, last=last)
    days = {"first": first.isoformat(), "last": last.isoformat()}
    return Told(made, post.person, {"role": post.role, **days}, {"deputy": str(account)})


@action("people.end_deputy", Label("提前結束代理", "end a deputy early"), allowed=_holds_it)
def end_deputy(_by: Actor, deputy: Deputy) -> Told[Deputy]:
    """
    From now on nobody sits in: the last day becomes yesterday, or the term is gone where it has
    not begun. Raises OutOfDate where it has ended already.
    """
    found = Deputy.objects.select_for_update(of=("self",)).get(pk=deputy.pk)
    yesterday = clock.today() - datetime.timedelta(days=1)
    if found.last <= yesterday:
        raise OutOfDate(Label("這段代理已經結束了。", "This term has ended already."))
    before = found.last
    found.last = yesterday
    found.first = min(found.first, yesterday)
    found.save(update_fields=["first", "last"])
    data = {"was_until": before.isoformat(), "last": yesterday.isoformat()}
    return Told(found, found.membership.person, data, {"deputy": str(found.account)})
