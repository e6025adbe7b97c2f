from sums import checksum


def test_checksum():
    assert checksum(b"") == 1
