"""What thousands of tests leave lying in memory is not looked through again and again."""

import gc


def pytest_collection_finish() -> None:
    """Leave the collected tests out of what Python's collector walks: they stay to the end."""
    gc.collect()
    gc.freeze()
