"""
The platform's tests run against a real PostgreSQL: the embedded one, in a folder of this run, or
the one that ``DATABASE_URL`` names. Each worker has a database of its own.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("TIAOLI_VAR", str(Path(tempfile.gettempdir()) / "tiaoli-tests"))
os.environ["TIAOLI_DEBUG"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "tiaoli.platform.settings"

import django

django.setup()

from django.conf import settings

(settings.VAR / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is not
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is not there
