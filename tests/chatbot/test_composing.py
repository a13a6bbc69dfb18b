"""Every word about a danger comes from the article."""

from django.utils.translation import gettext as _

from chatbot.rules import composing
from chatbot.rules.answers import Choice, Citation
from chatbot.rules.refusals import Refusal
from kb.sources import Passage

from .conftest import EXAM, LADDER, OIL, SHOCK, article


def emergency_number(numbers):
    return "**" + _("Emergency number: %(numbers)s. Call as soon as you are safe.") % {"numbers": numbers} + "**"


def source(document):
    return _("Source: %(source)s (%(date)s)") % {"source": document.source, "date": document.date}


def test_danger_gives_the_number_then_the_steps_then_what_not_to_do_and_the_source():
    card = composing.danger(OIL)
    assert card.text == "\n\n".join(
        [
            emergency_number("119"),
            "**马上这样做**",
            "1. 关火。\n2. 盖上锅盖。\n3. 等锅凉。",
            f"**{_('Then:')}**",
            "4. 灭不掉就离开。",
            "**不要做**",
            "- 不要泼水。",
            "**拨打电话**",
            "119：说清地址。",
            source(OIL),
        ]
    )
    assert (card.kind, card.calls, card.article, card.urgent) == ("danger", ("119",), "oil-pan-fire", "oil-pan-fire")
    assert card.citations == (
        Citation("油锅起火怎么办", "国家消防救援局家庭火灾科普提示", "2024", "/kb/oil-pan-fire/?p=1#p1"),
    )


def test_danger_names_all_numbers_the_most_urgent_first():
    assert composing.danger(SHOCK).text.startswith(emergency_number("120 / 119"))


def test_an_answer_begins_with_the_passage_that_was_found():
    found = composing.answer(LADDER, LADDER.passages[1], 0.8)
    assert found.text == "\n\n".join(
        ["**不要做**", "- 不要站在最上面一级。", "**要点**", "- 角度约七十五度。", source(LADDER)]
    )
    assert (found.kind, found.calls, found.confidence) == ("answer", (), 0.8)


def test_an_answer_about_a_danger_keeps_the_steps_in_front():
    assert composing.answer(OIL, OIL.passages[2]).text.startswith("**马上这样做**")


def test_a_long_document_is_cut_after_a_whole_passage():
    long = article("long", danger=False, passages=tuple(Passage(f"{n}", "字" * 400) for n in range(4)))
    text = composing.answer(long, long.passages[2]).text
    assert text == "\n\n".join(["**2**", "字" * 400, "**0**", "字" * 400, source(long)])


def test_without_the_article_only_the_number_is_given():
    card = composing.danger_without_article("119")
    assert (card.kind, card.text, card.calls, card.citations) == ("danger", emergency_number("119"), ("119",), ())


def test_a_choice_offers_three_titles_and_the_number_where_someone_may_be_in_danger():
    offered = composing.choice([OIL, SHOCK, LADDER, EXAM], in_danger=True)
    assert offered.choices == (
        Choice("油锅起火怎么办", "/kb/oil-pan-fire/"),
        Choice("有人触电怎么救", "/kb/electric-shock-rescue/"),
        Choice("梯子怎么放才不会摔", "/kb/ladder/"),
    )
    assert (offered.calls, offered.text.startswith(emergency_number("119"))) == (("119",), True)
    assert composing.choice([LADDER, OIL], in_danger=True).calls == ()
    assert composing.choice([OIL], in_danger=False).calls == ()


def test_not_knowing_offers_hotlines_the_nearest_titles_and_the_list():
    answer = composing.unknown([LADDER], all_articles="https://example.org/kb/")
    assert answer.choices == (Choice("梯子怎么放才不会摔", "/kb/ladder/"),)
    ways = ("12345", "12350", "119", "https://example.org/kb/")
    assert [way in answer.text for way in ways] == [True] * 4
    assert (answer.kind, answer.citations) == ("unknown", ())


def test_each_refusal_refers_to_whom_it_should():
    outcome = {refusal: (composing.refused(refusal).kind, composing.refused(refusal).calls) for refusal in Refusal}
    assert outcome == {
        Refusal.ORDERS: ("refused", ()),
        Refusal.HARM: ("refused", ()),
        Refusal.DESPAIR: ("referral", ("12356", "120", "110")),
        Refusal.MEDICAL: ("referral", ("120",)),
        Refusal.LEGAL: ("referral", ("12348",)),
        Refusal.DECEIT: ("refused", ()),
    }
