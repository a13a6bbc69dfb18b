"""Byte ranges of films."""

from io import BytesIO

import pytest

from training.film_stream import byte_range, respond


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("", None),
        ("bytes=0-1", (0, 1)),
        ("bytes=4-", (4, 9)),
        ("bytes=0-99", (0, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=-30", (0, 9)),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("items=0-1", None),
    ],
)
def test_one_range_is_understood_and_anything_else_means_the_whole_file(header, wanted):
    assert byte_range(header, 10) == wanted


def test_a_part_is_sent_with_its_place():
    response = respond(file=BytesIO(b"0123456789"), size=10, header="bytes=2-5")
    assert (response.status_code, b"".join(response.streaming_content)) == (206, b"2345")
    assert (response["Content-Range"], response["Content-Length"]) == ("bytes 2-5/10", "4")


def test_the_whole_file_says_that_ranges_are_welcome():
    response = respond(file=BytesIO(b"0123456789"), size=10, header="")
    assert (response.status_code, b"".join(response.streaming_content)) == (200, b"0123456789")
    assert (response["Accept-Ranges"], response["Content-Length"]) == ("bytes", "10")


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=5-2", "bytes=-0"])
def test_a_range_outside_the_file_is_refused(header):
    response = respond(file=BytesIO(b"0123456789"), size=10, header=header)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */10")
