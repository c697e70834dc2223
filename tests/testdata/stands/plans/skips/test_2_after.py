"""Is skipped as a whole when a critical case before it failed."""


def test_after_one():
    pass


def test_after_two():
    pass
