"""Tests; what a shared assertion compares is shown as it is in a test itself."""

import pytest

pytest.register_assert_rewrite("tests.casting.kit.small_tables")
