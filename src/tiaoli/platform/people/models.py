"""
Organisations, persons, accounts; who holds which role where and when.

A person is whom facts are about; an account is who logs in. A person may have none yet (a hospital
entered them), and an account none (somebody who only works in an office).
"""

from __future__ import annotations

import datetime
from typing import Any

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q

from tiaoli.facts.kinds import Label
from tiaoli.platform.choices import Choice
from tiaoli.platform.people import sealed

_NUMBER = "people.person.identity_number"


class AccountManager(BaseUserManager):
    """Accounts are found and made by their address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save()
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        return self.create_user(email, password, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """Who logs in, by an address of theirs."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10, default="zh-hant")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    objects = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email


class OrganisationKind(Choice):
    HOSPITAL = "hospital", "醫療機構", "hospital"
    SOCIETY = "society", "學會", "society"
    AUTHORITY = "authority", "主管機關", "authority"


@pghistory.track()
class Organisation(models.Model):
    kind = models.CharField(max_length=20, choices=OrganisationKind.pairs())
    name = models.CharField(max_length=100, unique=True)
    english_name = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=20, blank=True)
    contact_email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> Label:
        return Label(self.name, self.english_name or self.name)

    def grade_on(self, day: datetime.date) -> str:
        """The grade of a hospital on a day (an option of ``employment.hospital_grade``), or ""."""
        held = self.grades.filter(_holds(day)).first()
        return "" if held is None else held.grade


@pghistory.track()
class Grade(models.Model):
    """A grade that a hospital holds from ``first`` to ``last``, both included."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="grades")
    grade = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-first",)


@pghistory.track()
class Mandate(models.Model):
    """An organisation that runs the procedures of a regulation, from ``first`` to ``last``."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="mandates")
    regulation = models.CharField(max_length=80)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("regulation",), condition=Q(last=None), name="one_runs_a_regulation"
            ),
        )


@pghistory.track()
class Person(models.Model):
    """
    Whom facts are about. The identity number is kept encrypted, and found by its index.

    ``subject`` is the id of the person in dossiers and answers: it says nothing of who it is.
    """

    account = models.OneToOneField(
        Account, models.SET_NULL, null=True, blank=True, related_name="person"
    )
    subject = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    english_name = models.CharField(max_length=200, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    nationality = models.CharField(max_length=60, blank=True)
    sealed_number = models.TextField(blank=True)
    number_index = models.CharField(max_length=64, null=True, blank=True, unique=True)
    number_shown = models.CharField(max_length=12, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    forgotten = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def keep_number(self, number: str) -> None:
        """Keep a number that was read by ``identity.read_identity_number``; does not save."""
        self.sealed_number = sealed.sealed(number, use=_NUMBER)
        self.number_index = index_of(number)
        self.number_shown = sealed.masked(number)

    def employer_on(self, day: datetime.date) -> Organisation | None:
        """Where the person serves on a day: the hospital of the membership that began last."""
        held = (
            self.memberships.filter(_holds(day), role=Post.PRACTITIONER)
            .select_related("organisation")
            .order_by("-first")
            .first()
        )
        return None if held is None else held.organisation


def index_of(number: str) -> str:
    """By which a person is found who has this identity number."""
    return sealed.index(number, use=_NUMBER)


def full_number(person: Person) -> str:
    """The number itself. Whoever shows it writes that down: see ``actions.read_number``."""
    return sealed.opened(person.sealed_number, use=_NUMBER) if person.sealed_number else ""


class Post(Choice):
    """What somebody is in an organisation."""

    PRACTITIONER = "practitioner", "醫事人員", "practitioner"
    DEPARTMENT_HEAD = "department_head", "部門主管", "department head"
    EDUCATION_OFFICE = "education_office", "教學單位", "education office"
    SECRETARIAT = "secretariat", "秘書處", "secretariat"
    REVIEWER = "reviewer", "審查委員", "reviewer"
    CHAIR = "chair", "主任委員", "committee chair"
    TREASURER = "treasurer", "會計", "treasurer"
    AUDITOR = "auditor", "稽核", "auditor"
    RULE_MAKER = "rule_maker", "法規幹事", "rule maker"
    ADMINISTRATOR = "administrator", "管理者", "administrator"


@pghistory.track()
class Membership(models.Model):
    """
    ``role`` in an organisation from ``first`` to ``last``, both included.

    Held by a person (who serves there) or an account (who works there), or both.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=30, choices=Post.pairs())
    unit = models.CharField(max_length=60, blank=True)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("organisation", "role")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(account__isnull=False),
                name="somebody_holds_it",
            ),
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")), name="membership_in_order"
            ),
        )

    @property
    def label(self) -> Label:
        """What the post is called."""
        return Post.of(self.role).label


@pghistory.track()
class Deputy(models.Model):
    """Somebody who sits in for a membership from ``first`` to ``last``, both included."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="deputies")
    account = models.ForeignKey(Account, models.CASCADE, related_name="deputising")
    first = models.DateField()
    last = models.DateField()


class Invitation(models.Model):
    """
    A letter that makes whoever has it a member; kept as the digest of its token.

    With a ``person``, whoever accepts becomes the account of that person, whom the house entered.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=30, choices=Post.pairs())
    unit = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Account, models.PROTECT, related_name="invitations_made")
    sent = models.DateTimeField()
    expires = models.DateTimeField()
    accepted_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    accepted = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    @property
    def label(self) -> Label:
        """What the post is called."""
        return Post.of(self.role).label


class UnsentMail(models.Model):
    """
    A mail that the server did not take, until it leaves after all.

    ``organisation``  in whose name it goes, and who sees it here
    ``about``         the thing that it is about: ``people.invitation:7``
    ``what``, ``problem``  ``{"zh", "en"}``: what it is called, and why it was not taken last
    ``shown``         the address, its name hidden
    ``letter``        the whole of it, sealed, and gone once it has left; empty for one that is made
                      anew each time (``mails.REMADE``)
    ``again``         when it is tried again by itself; empty once nobody does
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="unsent_mails"
    )
    about = models.CharField(max_length=120)
    what = models.JSONField()
    shown = models.CharField(max_length=120)
    letter = models.TextField(blank=True)
    problem = models.JSONField()
    attempts = models.PositiveIntegerField(default=0)
    made = models.DateTimeField()
    tried = models.DateTimeField()
    again = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("organisation", "sent", "-made")),)
        constraints = (
            models.UniqueConstraint(
                fields=("about",), condition=Q(sent=None), name="one_unsent_mail_a_thing"
            ),
        )


class Outlook(models.Model):
    """
    What was found of all the people of an organisation at once, on ``day``: how many reach what
    each question asks for (``counts``), and who will within the days ahead (``Coming``).

    ``asked`` is when it was last asked for; ``problem`` why it could not be made then; ``left_out``
    whom it was made without (ids of persons), since a value of theirs is beyond the limits.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="outlook")
    asked = models.DateTimeField()
    problem = models.TextField(blank=True)
    day = models.DateField(null=True)
    made = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=list)
    left_out = models.JSONField(default=list)

    @property
    def under_way(self) -> bool:
        """Asked for, and neither made nor failed since."""
        return not self.problem and (self.made is None or self.made < self.asked)


class Coming(models.Model):
    """Somebody who will reach what a question asks for, or will no longer, by ``within`` days."""

    class Sort(Choice):
        BECOMES = "becomes", "將符合", "will qualify"
        ENDS = "ends", "將不再符合", "will no longer qualify"

    outlook = models.ForeignKey(Outlook, models.CASCADE, related_name="coming")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    regulation = models.CharField(max_length=80)
    question = models.CharField(max_length=80)
    sort = models.CharField(max_length=10, choices=Sort.pairs())
    within = models.PositiveSmallIntegerField()
    day = models.DateField(null=True, blank=True)  # where the rule tells the day itself

    class Meta:
        ordering = ("within", "day", "pk")

    @property
    def label(self) -> Label:
        """What comes."""
        return Coming.Sort.of(self.sort).label


@pghistory.track()
class Interpretation(models.Model):
    """The reading of a key that an organisation has chosen, from a day on, and why."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="readings")
    regulation = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    reading = models.CharField(max_length=80)
    first = models.DateField()
    reason = models.TextField()
    chosen_by = models.ForeignKey(Account, models.PROTECT, null=True)
    chosen = models.DateTimeField()

    class Meta:
        ordering = ("first", "pk")


@pghistory.track()
class Following(models.Model):
    """Whether a person wants to see a regulation among their own, whatever facts they have."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="following")
    regulation = models.CharField(max_length=80)
    wanted = models.BooleanField()
    chosen = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "regulation"), name="chosen_once"),
        )


class Remembered(models.Model):
    """
    What every process has to know for a while (``remembered``): attempts, look-ups, codes used.
    """

    key = models.CharField(max_length=255, primary_key=True)
    value = models.JSONField()
    expires = models.DateTimeField(null=True, db_index=True)


def _holds(day: datetime.date) -> Q:
    return Q(first__lte=day) & (Q(last=None) | Q(last__gte=day))


def holding(day: datetime.date) -> Q:
    """What is held on a day: a membership, a grade, a mandate, a deputyship."""
    return _holds(day)
