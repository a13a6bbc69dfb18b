"""What every register of identities keeps to; a real one is added to ``CHECKERS`` with a recorded server behind it."""

import pytest

from accounts.enums import RealNameState
from accounts.ports import FakeRegister, NotNow, Unconnected, checker
from tests.conftest import id_number

KNOWN = {id_number(1): "王小电"}
CHECKERS = {"fake": lambda: FakeRegister(dict(KNOWN)), "unconnected": Unconnected}


@pytest.mark.parametrize("make", CHECKERS.values(), ids=CHECKERS)
@pytest.mark.parametrize(("name", "number"), [("王小电", id_number(1)), ("王小典", id_number(1)), ("甲", id_number(2))])
def test_every_register_answers_with_a_state_and_the_same_one_twice(make, name, number):
    register = make()
    answer = register.check(name=name, number=number)
    assert answer in RealNameState
    assert register.check(name=name, number=number) == answer


def test_name_and_number_match_only_together():
    register = FakeRegister(dict(KNOWN))
    assert register.check(name="王小电", number=id_number(1)) == RealNameState.MATCHED
    assert register.check(name="王小典", number=id_number(1)) == RealNameState.MISMATCHED
    assert register.check(name="王小电", number=id_number(2)) == RealNameState.MISMATCHED


def test_a_failure_costs_no_quota_and_is_not_an_answer():
    register = FakeRegister(dict(KNOWN), quota=1, failures=1)
    with pytest.raises(NotNow):
        register.check(name="王小电", number=id_number(1))
    assert register.check(name="王小电", number=id_number(1)) == RealNameState.MATCHED
    with pytest.raises(NotNow):
        register.check(name="王小电", number=id_number(1))


def test_the_setting_names_the_register(settings):
    settings.REAL_NAME_CHECKER = "accounts.ports.FakeRegister"
    assert isinstance(checker(), FakeRegister)
