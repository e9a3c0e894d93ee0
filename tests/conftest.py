"""How hard the properties are tried: the same examples on every run, many more on request."""

import os

from hypothesis import HealthCheck, settings

_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "ci",
    max_examples=120,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=_SLOW_IS_FINE,
)
settings.register_profile(
    "heavy",
    max_examples=1000,
    deadline=None,
    database=None,
    suppress_health_check=_SLOW_IS_FINE,
)
settings.load_profile("heavy" if os.environ.get("TIAOLI_HEAVY") else "ci")
