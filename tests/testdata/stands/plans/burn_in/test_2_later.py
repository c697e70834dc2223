"""Is never reached."""


def test_later():
    pass
