"""What is written reads back exactly, whatever a draft holds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exams.exchange import gift, moodle, qti, tables

from .drafts import drafts

SLOW = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def back(module, written: bytes) -> list:
    return [read.draft for read in module.read(written) if read.draft]


@SLOW
@given(st.lists(drafts(), max_size=3))
def test_gift_reads_back_exactly(several):
    assert back(gift, gift.write(several)) == several


@SLOW
@given(st.lists(drafts(), max_size=3))
def test_moodle_xml_reads_back_exactly(several):
    assert back(moodle, moodle.write(several)) == several


@pytest.mark.parametrize("version", ["2.1", "2.2", "3.0"])
@SLOW
@given(several=st.lists(drafts(), max_size=3))
def test_qti_reads_back_exactly(several, version):
    assert back(qti, qti.write(several, version)) == several


@pytest.mark.parametrize("write", [tables.write_xlsx, tables.write_csv])
@SLOW
@given(several=st.lists(drafts(media=st.just(())), max_size=3))
def test_tables_read_back_exactly_but_for_pictures(several, write):
    if several:
        assert back(tables, write(several)) == several
