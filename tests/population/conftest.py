"""What the kernel compiles for these tests is kept apart from what it compiles for anybody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tiaoli.population import kernel


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder of the tests of one file alone."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(kernel.CACHE, str(folder))
        yield folder
