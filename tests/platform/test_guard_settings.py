"""Settings of a house that is served: nothing to warn of, cookies by https only, no secret told."""

import base64
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.views.debug import get_exception_reporter_filter

from tiaoli.platform.secrets import Secrets

KEY = base64.b64encode(b"k" * 32).decode()
HOUSE = {
    "PATH": os.environ["PATH"],
    "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    "DJANGO_SETTINGS_MODULE": "tiaoli.platform.settings",
    "DATABASE_URL": "postgresql://tiaoli:a-secret-password@localhost/tiaoli",
    "TIAOLI_PUBLIC_URL": "https://tiaoli.example",
    "TIAOLI_HOSTS": "tiaoli.example",
    "TIAOLI_SECRET_KEY": "s3cr3t-" * 10,
    "TIAOLI_ID_KEYS": f"1:{KEY}",
    "TIAOLI_INDEX_KEY": KEY,
}


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-W", "ignore", *arguments], env=HOUSE | more, capture_output=True,
        text=True, check=False, timeout=120,
    )  # fmt: skip


def test_check_deploy_finds_nothing(tmp_path) -> None:
    found = run("-m", "django", "check", "--deploy", "--fail-level", "WARNING",
                TIAOLI_VAR=str(tmp_path))  # fmt: skip
    assert found.returncode == 0, found.stderr
    assert "no issues" in found.stdout


def test_a_house_that_is_served_is_strict(tmp_path) -> None:
    names = ["DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
             "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "TIAOLI_SECOND_FACTOR",
             "CONTENT_SECURITY_POLICY", "DATA_UPLOAD_MAX_MEMORY_SIZE"]  # fmt: skip
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{n: getattr(settings, n) for n in {names}}}))"
    )
    found = run("-c", code, TIAOLI_VAR=str(tmp_path))
    told = json.loads(found.stdout)
    assert told["DEBUG"] is False
    assert all(told[name] is True for name in names[1:5])
    assert told["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert told["TIAOLI_SECOND_FACTOR"] is True
    assert "unsafe" not in json.dumps(told["CONTENT_SECURITY_POLICY"])
    assert told["DATA_UPLOAD_MAX_MEMORY_SIZE"] <= 10 * 1024 * 1024


@pytest.mark.parametrize("lacking", ["TIAOLI_SECRET_KEY", "TIAOLI_ID_KEYS", "TIAOLI_INDEX_KEY"])
def test_without_a_secret_it_does_not_start_and_says_which(lacking: str, tmp_path) -> None:
    found = run("-c", "from django.conf import settings; settings.DEBUG",
                TIAOLI_VAR=str(tmp_path), **{lacking: ""})  # fmt: skip
    assert found.returncode != 0
    assert lacking in found.stderr
    assert KEY not in found.stderr
    assert "s3cr3t" not in found.stderr


def test_no_secret_is_printed_with_settings() -> None:
    kept = Secrets("s3cr3t", {"1": b"k" * 32}, b"i" * 32)
    assert not any(word in repr(kept) for word in ("s3cr3t", "kkkk", "iiii"))
    told = repr(get_exception_reporter_filter(None).get_safe_settings())
    for key in (settings.SECRET_KEY, repr(settings.TIAOLI_INDEX_KEY),
                *map(repr, settings.TIAOLI_ID_KEYS.values())):  # fmt: skip
        assert key not in told
    assert settings.SECRET_KEY not in repr(settings)


@pytest.mark.django_db
def test_a_body_that_is_too_large_is_refused() -> None:
    client = Client(raise_request_exception=False)
    large = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    assert client.post("/accounts/login/", {"login": large}).status_code in (400, 413)
    many = {f"f{n}": "" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert client.post("/accounts/login/", many).status_code in (400, 413)
