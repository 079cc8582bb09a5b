"""What the tests of rules share. They run without any other conftest when `make mutants` tries them."""

import pytest

from domain.framework import Framework
from tests.domain import intake_samples


@pytest.fixture
def framework() -> Framework:
    """The framework that comes with the product."""
    return intake_samples.framework()
