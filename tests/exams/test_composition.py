"""Papers are drawn as the blueprint says, by chance and evenly, and whatever can be filled is filled."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from exams.enums import QuestionKind, Scoring
from exams.rules.blueprints import Plan, content, digest, read
from exams.rules.composition import KIND_ORDER, Composer, compose
from exams.rules.shortages import BankTooSmall, Lack, shortages
from tests.exams.blueprint_fixtures import MC, SC, TF, bank, question, row

TWENTY = bank(*(question(number, TF) for number in range(10)), *(question(number, SC) for number in range(10, 20)))
PLAN = Plan((row(SC, 3), row(TF, 2)))

# --- whatever can be filled is filled: small banks, against a search through every choice -----------------------------

questions_of = st.lists(
    st.tuples(
        st.sampled_from([TF, SC]), st.integers(1, 3), st.integers(1, 5), st.sampled_from([None, None, None, 1, 2])
    ),
    min_size=3,
    max_size=9,
)
rows_of = st.lists(
    st.tuples(
        st.sampled_from([TF, SC]),
        st.integers(1, 3),
        st.sampled_from([(), (1,), (1, 2), (2, 3)]),
        st.sampled_from([(1, 5), (1, 3), (3, 5)]),
    ),
    min_size=1,
    max_size=3,
)
pairs_of = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=8)


def made(said, rows, pairs, covers, cases):
    questions = [
        question(number, kind, point, difficulty, case if cases else None)
        for number, (kind, point, difficulty, case) in enumerate(said)
    ]
    near = {(first, second) for first, second in pairs if first < second < len(said)}
    wanted = [
        row(kind, count, *points, easiest=easiest, hardest=hardest) for kind, count, points, (easiest, hardest) in rows
    ]
    if cases:
        wanted.append(row("", 1, cases=True))
    here = frozenset(one.point for one in questions) if covers else frozenset()
    return Plan(tuple(wanted), covers=here), bank(*questions, near=near, case_points={1: 1, 2: 2})


def holds(plan, source, drawn) -> bool:
    """Say whether these questions may be a paper together, the rows left aside."""
    case_of = {one.question: one.case for one in source.candidates}
    numbers = {one.question for one in drawn}
    for first, second in source.near:
        if {first, second} <= numbers and (case_of[first] is None or case_of[first] != case_of[second]):
            return False
    return plan.covers <= {one.point for one in drawn}


def fits(one, wanted) -> bool:
    return (
        one.kind == wanted.kind
        and wanted.easiest <= one.difficulty <= wanted.hardest
        and (wanted.points is None or one.point in wanted.points)
    )


def assignable(rows, singles) -> bool:
    """Say by brute force whether the questions fill the rows exactly."""
    if not rows:
        return not singles
    first, *rest = rows
    return any(
        assignable(rest, [one for one in singles if one not in some])
        for some in combinations([one for one in singles if fits(one, first)], first.count)
    )


def possible(plan, source) -> bool:
    """Say by brute force whether any paper satisfies the blueprint."""
    rows = [one for one in plan.rows if not one.cases]
    singles = [one for one in source.candidates if one.case is None]
    groups: dict[int, list] = {}
    for one in source.candidates:
        if one.case is not None:
            groups.setdefault(one.case, []).append(one)
    wholes = list(groups.values()) if any(one.cases for one in plan.rows) else [[]]
    size = sum(one.count for one in rows)
    return any(
        holds(plan, source, [*some, *whole]) and assignable(rows, list(some))
        for whole in wholes
        for some in combinations(singles, size)
    )


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(questions_of, rows_of, pairs_of, st.booleans(), st.booleans(), st.integers(0, 2**62))
def test_a_paper_is_drawn_exactly_where_one_exists_and_satisfies_the_blueprint(said, rows, pairs, covers, cases, seed):
    plan, source = made(said, rows, pairs, covers, cases)
    assume(sum(one.count for one in plan.rows) <= len(said) + 1)
    try:
        slots = compose(plan=plan, bank=source, seed=seed)
    except BankTooSmall as refused:
        assert not possible(plan, source)
        assert refused.shortages
        return
    by_version = {one.version: one for one in source.candidates}
    drawn = [by_version[slot.version] for slot in slots]
    assert len({one.question for one in drawn}) == len(drawn)
    assert holds(plan, source, drawn)
    assert assignable([one for one in plan.rows if not one.cases], [one for one in drawn if one.case is None])
    assert [slot.number for slot in slots] == list(range(1, len(slots) + 1))
    kinds = [KIND_ORDER.index(one.kind) for one in drawn if one.case is None]
    assert kinds == sorted(kinds)
    inside = [one.question for one in drawn if one.case is not None]
    assert [one.question for one in drawn][len(kinds) :] == inside  # cases last
    case = {one.case for one in drawn if one.case is not None}
    assert inside == [one.question for one in source.candidates if one.case in case]  # whole, in their order
    assert shortages(plan, source) == []


@settings(max_examples=100, deadline=None)
@given(questions_of, rows_of, pairs_of, st.integers(0, 2**62))
def test_the_same_seed_bank_and_use_give_the_same_paper_also_from_what_is_kept(said, rows, pairs, seed):
    plan, source = made(said, rows, pairs, False, False)
    assume(not shortages(plan, source))
    kept = content(plan, source)
    again_plan, again_bank = read(kept)
    assert content(again_plan, again_bank) == kept
    used = {one.question: one.question % 3 for one in source.candidates}
    first = Composer(plan, source, used)
    second = Composer(again_plan, again_bank, used)
    assert [first.paper(seed), first.paper(seed + 1)] == [second.paper(seed), second.paper(seed + 1)]


# --- what a paper looks like ------------------------------------------------------------------------------------------


def test_another_seed_gives_another_paper():
    assert compose(plan=PLAN, bank=TWENTY, seed=7) == compose(plan=PLAN, bank=TWENTY, seed=7)
    assert compose(plan=PLAN, bank=TWENTY, seed=7) != compose(plan=PLAN, bank=TWENTY, seed=8)


def test_this_seed_gives_this_paper_in_every_release():
    """A paper must be the same on every machine and for ever: a change here wants another ``METHOD``."""
    slots = compose(plan=PLAN, bank=TWENTY, seed=20261123)
    assert [(slot.question, slot.order) for slot in slots] == [
        (5, "01"),
        (3, "01"),
        (13, "1320"),
        (10, "3210"),
        (12, "0231"),
    ]


def test_judgements_come_first_and_keep_their_options():
    slots = compose(plan=PLAN, bank=TWENTY, seed=7)
    assert [slot.kind for slot in slots] == [TF] * 2 + [SC] * 3
    assert {slot.order for slot in slots[:2]} == {"01"}
    assert all(sorted(slot.order) == list("0123") for slot in slots[2:])


def test_marks_and_scoring_are_those_of_the_row():
    plan = Plan((row(MC, 1, marks=Decimal("2.5"), scoring=Scoring.PARTIAL), row(TF, 1)))
    slots = compose(plan=plan, bank=bank(question(1, MC), question(2, TF)), seed=1)
    assert [(slot.marks, slot.scoring) for slot in slots] == [
        (Decimal(1), Scoring.ALL_OR_NOTHING),
        (Decimal("2.5"), Scoring.PARTIAL),
    ]


def test_without_shuffling_the_bank_gives_the_order_but_never_shows_the_steps_in_theirs():
    plan = Plan(
        (row(TF, 3), row(SC, 3), row(QuestionKind.ORDERING, 2)), shuffles_questions=False, shuffles_options=False
    )
    steps = [question(number, QuestionKind.ORDERING) for number in (20, 21)]
    source = bank(
        *(question(number, TF) for number in range(3)), *(question(number, SC) for number in (5, 6, 7)), *steps
    )
    first, second = (compose(plan=plan, bank=source, seed=seed) for seed in (1, 2))
    assert [slot.question for slot in first] == [0, 1, 2, 5, 6, 7, 20, 21]
    assert [slot.order for slot in first[3:6]] == ["0123"] * 3
    assert all(slot.order != "012" for slot in first[6:])
    assert [slot.order for slot in first] == [slot.order for slot in second]


def test_cases_stand_last_and_whole_and_two_of_one_case_may_be_alike():
    members = [question(number, kind, case=1) for number, kind in ((10, SC), (11, TF), (12, SC))]
    source = bank(question(1, SC), *members, near=[(10, 12)], case_points={1: 1})
    slots = compose(plan=Plan((row("", 1, cases=True), row(SC, 1))), bank=source, seed=3)
    assert [slot.question for slot in slots] == [1, 10, 11, 12]


def test_a_question_of_a_case_is_never_drawn_alone():
    source = bank(question(1, SC, case=1), case_points={1: 1})
    with pytest.raises(BankTooSmall):
        compose(plan=Plan((row(SC, 1),)), bank=source, seed=1)


# --- even use ---------------------------------------------------------------------------------------------------------


def test_over_two_thousand_papers_the_questions_of_a_row_are_used_evenly():
    source = bank(
        *(question(number, TF, number % 3) for number in range(30)), *(question(40 + n, SC) for n in range(7))
    )
    composer = Composer(Plan((row(TF, 7, 0), row(TF, 4), row(SC, 3))), source)
    for seed in range(2000):
        composer.paper(seed)
    used = composer.times_drawn
    choices = [used[40 + number] for number in range(7)]
    assert sum(choices) == 6000
    assert max(choices) - min(choices) <= 1
    others = [used[number] for number in range(30) if number % 3]  # only the open row draws these
    assert max(others) - min(others) <= 1
    ours = [used[number] for number in range(30) if not number % 3]
    assert sum(ours) + sum(others) == 22000
    assert max(ours) - min(ours) <= 1


def test_papers_in_a_row_are_not_the_same_few_in_turn():
    """Among the equally used chance decides: any two questions meet sooner or later."""
    composer = Composer(Plan((row(TF, 5),)), bank(*(question(number) for number in range(20))))
    met = set()
    for seed in range(400):
        met |= set(combinations(sorted(slot.question for slot in composer.paper(seed)), 2))
    assert len(met) == 190


def test_without_exposure_control_chance_alone_decides():
    source = bank(*(question(number) for number in range(10)))
    used = {number: 1000 * number for number in range(10)}
    plain = Composer(Plan((row(TF, 1),), evens_exposure=False), source, used)
    assert {plain.paper(seed)[0].question for seed in range(200)} == set(range(10))
    even = Composer(Plan((row(TF, 1),)), source, used)
    assert {even.paper(seed)[0].question for seed in range(200)} == {0}


# --- why not ----------------------------------------------------------------------------------------------------------


def test_a_row_that_finds_too_few_is_named_with_both_numbers():
    with pytest.raises(BankTooSmall) as refused:
        compose(plan=Plan((row(SC, 3), row(TF, 11))), bank=TWENTY, seed=1)
    (one,) = refused.value.shortages
    assert (one.lack, one.rows, one.wanted, one.there) == (Lack.ROW, (1,), 11, 10)


def test_rows_that_share_too_few_are_named_together():
    source = bank(*(question(number, TF, 1) for number in range(4)), *(question(number, SC) for number in (8, 9)))
    (one,) = shortages(Plan((row(TF, 3, 1), row(SC, 2), row(TF, 2))), source)
    assert (one.lack, one.rows, one.wanted, one.there) == (Lack.TOGETHER, (0, 2), 5, 4)


def test_near_duplicates_that_leave_too_few_are_told():
    source = bank(*(question(number) for number in range(4)), near=[(0, 1), (1, 2), (2, 3)])
    plan = Plan((row(TF, 3),))
    (one,) = shortages(plan, source)
    assert (one.lack, one.wanted, one.there) == (Lack.NEAR_DUPLICATES, 3, 2)
    assert compose(plan=Plan((row(TF, 3),), no_near_duplicates=False), bank=source, seed=1)


def test_a_chain_of_near_duplicates_gives_up_only_its_middle():
    source = bank(*(question(number) for number in range(9)), near=[(0, 1), (1, 2), (3, 4), (4, 5), (6, 7), (7, 8)])
    slots = compose(plan=Plan((row(TF, 6),)), bank=source, seed=5, times_drawn=dict.fromkeys((0, 2, 3, 5, 6, 8), 9))
    assert sorted(slot.question for slot in slots) == [0, 2, 3, 5, 6, 8]


def test_points_without_a_question_and_points_too_many_are_told_apart():
    source = bank(*(question(number, TF, number) for number in (1, 2, 3)))
    (one,) = shortages(Plan((row(TF, 2),), covers=frozenset({1, 2, 9})), source)
    assert (one.lack, one.points) == (Lack.POINT, (9,))
    (one,) = shortages(Plan((row(TF, 2),), covers=frozenset({1, 2, 3})), source)
    assert (one.lack, one.wanted) == (Lack.COVERAGE, 3)


def test_the_digest_tells_any_change_of_bank_or_blueprint():
    same = digest(content(PLAN, TWENTY))
    assert same == digest(content(Plan((row(SC, 3), row(TF, 2))), bank(*TWENTY.candidates)))
    assert same != digest(content(Plan((row(SC, 3), row(TF, 3))), TWENTY))
    assert same != digest(content(PLAN, bank(*TWENTY.candidates, near=[(1, 2)])))
    assert same != digest(content(PLAN, bank(*TWENTY.candidates[1:])))
