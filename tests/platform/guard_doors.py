"""
Who of the two houses is let in, and nobody else of them: for doors that not every colleague opens.

``test_guard`` shuts out everybody of other houses at every address; here stand the addresses where
a wrong post of the right house would do harm, with the way they are knocked at.
"""

from __future__ import annotations

_DESK = ("education_office of 本院", "department_head of 本院")
_OFFICE, _CHAIR = "secretariat of 本會", "chair of 本會"
_PANEL = (_OFFICE, "reviewer of 本會", _CHAIR)
_PERSON = ("the person",)
_TREASURER = ("treasurer of 本會",)
_RULE_MAKER = ("rule_maker of 本會",)
_AUDITOR = "auditor of 本會"

DOORS: dict[str, tuple[str, tuple[str, ...]]] = {
    "application_file": ("GET", (*_PERSON, *_DESK, "auditor of 本院")),
    "application_point": ("POST", _PERSON),
    "application_refuse": ("POST", _DESK),
    "application_remove": ("POST", _PERSON),
    "application_step": ("POST", _DESK),
    "change_certificate": ("GET", (_OFFICE, _CHAIR)),
    "discard_statement": ("POST", _TREASURER),
    "mail": ("GET", _PERSON),
    "managed_certificate": ("GET", (_OFFICE, _CHAIR, _AUDITOR, "administrator of 本會")),
    "portfolio_record": ("GET", _PERSON),
    "post_statement": ("POST", _TREASURER),
    "read_reminder": ("POST", _PERSON),
    "receipt": ("GET", (*_PERSON, _OFFICE, _CHAIR, _AUDITOR, *_TREASURER)),
    "refund_notice": ("POST", _TREASURER),
    "resend_mail": ("POST", _PERSON),
    "review": ("GET", (*_DESK, *_PANEL)),
    "review_assign": ("POST", (_OFFICE, _CHAIR)),
    "review_clause": ("POST", _PANEL),
    "review_conflict": ("POST", (*_DESK, *_PANEL)),
    "review_fact": ("POST", _PANEL),
    "review_proposal": ("POST", _PANEL),
    "review_skip": ("POST", (*_DESK, *_PANEL)),
    "review_unassign": ("POST", _PANEL),
    "rule_choose": ("POST", _RULE_MAKER),
    "rule_compare": ("POST", _RULE_MAKER),
    "rule_comparison": ("GET", _RULE_MAKER),
    "settle_payment": ("POST", _TREASURER),
    "statement": ("GET", _TREASURER),
    "statement_draft": ("GET", _TREASURER),
    "unsent_mail_again": ("POST", ("administrator of 本院",)),
    "unsent_mails": (
        "GET",
        ("administrator of 本院", "secretariat of 本會", "administrator of 本會"),
    ),
}
"""Address: the way, and who gets in."""
