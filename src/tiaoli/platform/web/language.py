"""The language of a page: what the visitor chose, else what the account says, else Chinese."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

COOKIE = "tiaoli_language"
LANGUAGES = ("zh-hant", "en")


class LanguageMiddleware:
    """Sets ``request.lang`` (``zh`` or ``en``) and the language of Django's own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get("lang") or request.COOKIES.get(COOKIE)
        language = "en" if chosen == "en" else "zh-hant"
        request.lang = "en" if language == "en" else "zh"
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if "lang" in request.GET and request.GET["lang"] in ("zh", *LANGUAGES):
            response.set_cookie(COOKIE, language, max_age=31_536_000, samesite="Lax")
        return response
