"""Where whoever logs in, signs up or confirms an address goes on to."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

INVITED: Final = "invitation"
"""The token of the invitation that somebody came with, in their session until they are in."""


class Adapter(DefaultAccountAdapter):
    """Brings whoever came with an invitation back to it, also by way of confirming an address."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return _invitation(request) or super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return _invitation(request) or super().get_signup_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        kept = _invitation(self.request)
        return kept or super().get_email_verification_redirect_url(email_address)


def _invitation(request: HttpRequest) -> str | None:
    token = request.session.get(INVITED)
    return reverse("invitation", kwargs={"token": token}) if token else None
