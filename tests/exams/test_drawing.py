"""Papers drawn from the stored bank: what may be drawn, how often it was, and that each can be drawn again."""

import zlib

import pytest

from exams.actions.papers import draw, draw_many
from exams.enums import QuestionKind
from exams.models import (
    BankState,
    Blueprint,
    BlueprintRow,
    Case,
    CaseVersion,
    Drawing,
    KnowledgePoint,
    NearDuplicate,
    Paper,
    PaperSlot,
    Question,
)
from exams.queries.drawable import drawable, plan_of
from exams.queries.drawings import Verdict, redrawn
from exams.rules.shortages import BankTooSmall

TF, SC = QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE


@pytest.fixture
def case(make_question, rule, at) -> Case:
    """A case of two questions, both approved on the same text."""
    point, _ = KnowledgePoint.objects.get_or_create(operation=rule.operation, code="K11", defaults={"name": "law"})
    case = Case.objects.create(code="switch-room", point=point)
    text = CaseVersion.objects.create(case=case, number=1, stem="配电室。", created_at=at("08:00"))
    for place, code in enumerate(("z-first", "a-second")):
        one = make_question(code, SC, ["甲", "乙", "丙"], 0)
        one.case, one.case_position = case, place
        one.save()
        one.current.case_version = text
        one.current.save()
    return case


def codes(paper: Paper) -> list[str]:
    return list(paper.slots.order_by("number").values_list("version__question__code", flat=True))


def test_every_drawing_counts_in_the_questions_it_used(blueprint, at):
    draw_many(blueprint=blueprint, seeds=range(8), now=at("08:00"))
    draw(blueprint=blueprint, seed=9, now=at("08:01"))
    used = {kind: list(Question.objects.filter(kind=kind).values_list("times_drawn", flat=True)) for kind in (TF, SC)}
    assert sum(used[TF]) == 27
    assert sum(used[SC]) == 18
    assert max(used[TF]) - min(used[TF]) <= 1
    assert max(used[SC]) - min(used[SC]) <= 1
    assert PaperSlot.objects.count() == 45


def test_a_batch_is_the_same_as_one_paper_after_the_other(blueprint, at):
    batch = draw_many(blueprint=blueprint, seeds=[5, 6, 7], now=at("08:00"))
    Question.objects.update(times_drawn=0)
    single = [draw(blueprint=blueprint, seed=seed, now=at("08:00")) for seed in (5, 6, 7)]
    assert [codes(paper) for paper in batch] == [codes(paper) for paper in single]


def test_a_drawing_costs_the_same_queries_for_one_paper_and_for_three(blueprint, at, django_assert_num_queries):
    draw(blueprint=blueprint, seed=1, now=at("08:00"))
    with django_assert_num_queries(14):
        draw_many(blueprint=blueprint, seeds=[2], now=at("08:00"))
    with django_assert_num_queries(14):
        draw_many(blueprint=blueprint, seeds=[3, 4, 5], now=at("08:00"))


def test_nothing_is_stored_where_nothing_can_be_drawn(blueprint, at):
    BlueprintRow.objects.filter(kind=SC).update(count=5)
    with pytest.raises(BankTooSmall):
        draw_many(blueprint=blueprint, seeds=[1, 2], now=at("08:00"))
    assert not Paper.objects.exists()
    assert not Drawing.objects.exists()
    assert draw_many(blueprint=blueprint, seeds=[], now=at("08:00")) == []


def test_only_approved_questions_in_use_are_drawn(blueprint, at):
    Question.objects.filter(code="sc-0").update(current=None)
    Question.objects.filter(code="sc-1").update(retired_at=at("07:00"))
    assert set(codes(draw(blueprint=blueprint, seed=1, now=at("08:00")))) >= {"sc-2", "sc-3"}


def test_a_point_brings_its_parts_and_a_row_without_one_any(blueprint, rule, at):
    point = KnowledgePoint.objects.get(code="K11")
    part = KnowledgePoint.objects.create(operation=rule.operation, parent=point, code="K11.1", name="part")
    other = KnowledgePoint.objects.create(operation=rule.operation, code="K12", name="other")
    Question.objects.filter(kind=SC, code__in=("sc-0", "sc-1")).update(point=part)
    Question.objects.filter(kind=SC, code__in=("sc-2", "sc-3")).update(point=other)
    BlueprintRow.objects.filter(kind=TF).delete()
    assert set(codes(draw(blueprint=blueprint, seed=1, now=at("08:00")))) == {"sc-0", "sc-1"}
    BlueprintRow.objects.create(blueprint=blueprint, point=None, kind=SC, count=2)
    assert set(codes(draw(blueprint=blueprint, seed=1, now=at("08:00")))) == {"sc-0", "sc-1", "sc-2", "sc-3"}


def test_every_point_means_every_point_that_has_no_parts(blueprint, rule):
    point = KnowledgePoint.objects.get(code="K11")
    part = KnowledgePoint.objects.create(operation=rule.operation, parent=point, code="K11.1", name="part")
    other = KnowledgePoint.objects.create(operation=rule.operation, code="K12", name="other")
    assert plan_of(blueprint).covers == frozenset()
    blueprint.covers_every_point = True
    assert plan_of(blueprint).covers == {part.pk, other.pk}


def test_near_duplicates_are_apart_unless_somebody_found_them_different(blueprint, at):
    first, second = Question.objects.filter(code__in=("sc-0", "sc-1")).order_by("pk")
    Question.objects.filter(code="sc-2").update(retired_at=at("07:00"))
    pair = NearDuplicate.objects.create(first=first, second=second, likeness=0.9, found_at=at("07:00"))
    for seed in range(6):
        assert "sc-3" in codes(draw(blueprint=blueprint, seed=seed, now=at("08:00")))
    BlueprintRow.objects.filter(kind=SC).update(count=3)
    with pytest.raises(BankTooSmall):
        draw(blueprint=blueprint, seed=1, now=at("08:00"))
    pair.different = True
    pair.save()
    assert len(codes(draw(blueprint=blueprint, seed=1, now=at("08:00")))) == 6


def test_a_case_is_drawn_whole_in_its_own_order(blueprint, case, at):
    BlueprintRow.objects.create(blueprint=blueprint, cases=True, count=1)
    assert codes(draw(blueprint=blueprint, seed=1, now=at("08:00")))[-2:] == ["z-first", "a-second"]


@pytest.mark.parametrize("broken", ["not approved", "another text"])
def test_a_case_that_is_not_whole_is_not_drawn(blueprint, case, at, broken):
    one = case.questions.get(code="a-second")
    if broken == "not approved":
        Question.objects.filter(pk=one.pk).update(current=None)
    else:
        newer = CaseVersion.objects.create(case=case, number=2, stem="?", created_at=at("08:00"))
        one.current.case_version = newer
        one.current.save()
    assert [one.case for one in drawable(blueprint.operation_id).bank.candidates if one.case] == []


def test_practice_spares_what_is_reserved(blueprint, case, at):
    Question.objects.filter(code__in=("sc-0", "a-second")).update(reserved=True)
    spared = drawable(blueprint.operation_id, spares_reserved=True).bank.candidates
    everything = drawable(blueprint.operation_id).bank.candidates
    assert (len(everything), len(spared)) == (12, 9)  # the case goes whole
    drawn = [codes(draw(blueprint=blueprint, seed=seed, now=at("08:00"), spares_reserved=True)) for seed in range(9)]
    assert not any("sc-0" in one for one in drawn)


def test_what_may_be_drawn_is_read_in_as_many_queries_for_any_bank(blueprint, make_question, django_assert_num_queries):
    with django_assert_num_queries(3):
        drawable(blueprint.operation_id)
    for number in range(3):
        make_question(f"more-{number}", SC, ["甲", "乙", "丙"], 0)
    with django_assert_num_queries(3):
        drawable(blueprint.operation_id)


def test_a_paper_drawn_again_is_the_same_also_when_the_bank_has_changed(blueprint, make_question, at):
    papers = draw_many(blueprint=blueprint, seeds=[3, 4, 5], now=at("08:00"))
    fresh = redrawn(papers[2])
    assert (fresh.verdict, fresh.bank_unchanged) == (Verdict.SAME, True)
    assert fresh.bank == BankState.objects.get().digest
    make_question("tf-later", TF, ["正确", "错误"], 0)
    BlueprintRow.objects.filter(kind=SC).update(count=1)
    later = redrawn(papers[2])
    assert (later.verdict, later.bank_unchanged) == (Verdict.SAME, False)
    assert (later.bank, later.sheet) == (fresh.bank, fresh.sheet)


def test_drawings_from_the_same_bank_share_what_is_kept(blueprint, at):
    for seed in (1, 2, 3):
        draw(blueprint=blueprint, seed=seed, now=at("08:00"))
    assert (Drawing.objects.count(), BankState.objects.count()) == (3, 1)


@pytest.mark.parametrize("tampered", ["slot", "seed", "bank"])
def test_whoever_changes_a_paper_its_seed_or_the_kept_bank_is_found_out(blueprint, at, tampered):
    paper = draw(blueprint=blueprint, seed=3, now=at("08:00"))
    if tampered == "slot":
        slot = paper.slots.get(number=5)
        PaperSlot.objects.filter(pk=slot.pk).update(order=slot.order[::-1])
    elif tampered == "seed":
        Paper.objects.filter(pk=paper.pk).update(seed=4)
    else:
        state = BankState.objects.get()
        content = zlib.decompress(state.content).replace(b'"1.00"', b'"2.00"', 1)
        BankState.objects.update(content=zlib.compress(content))
    paper.refresh_from_db()
    assert redrawn(paper).verdict == Verdict.DIFFERENT


def test_a_paper_from_before_the_bank_was_kept_is_not_called_false(blueprint, at):
    paper = Paper.objects.create(blueprint=blueprint, seed=1, drawn_at=at("08:00"))
    assert redrawn(paper).verdict == Verdict.UNKNOWN


def test_a_paper_drawn_by_another_method_is_not_called_false(blueprint, at):
    paper = draw(blueprint=blueprint, seed=3, now=at("08:00"))
    Drawing.objects.update(method=99)
    assert redrawn(paper).verdict == Verdict.UNKNOWN


def test_a_frozen_paper_outlives_its_blueprints_rows(blueprint, at):
    paper = draw(blueprint=blueprint, seed=3, now=at("08:00"))
    before = codes(paper)
    blueprint.rows.all().delete()
    Blueprint.objects.filter(pk=blueprint.pk).update(retired_at=at("09:00"))
    assert codes(Paper.objects.get(pk=paper.pk)) == before
