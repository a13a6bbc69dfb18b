"""What editors make of gaps: drafts in their own name, or nothing; nobody else does."""

import pytest

from accounts.enums import Role
from chatbot.actions.gaps import deciding, gathering
from chatbot.enums import GAP_EDGES, GapState
from chatbot.models import Gap
from core.models import AuditEntry
from kb.models import Article
from kb.queries import authors_of_draft

from .conftest import LADDER
from .gap_fixtures import *  # noqa: F403

pytestmark = pytest.mark.django_db
PAGE = "/admin/gaps/"


def test_one_click_begins_an_article_in_the_authors_name(asked, make_turn, now, editor, browser, knowledge):
    make_turn("狗能坐电梯吗？")
    make_turn("我13800138000，电梯" * 12)
    gathering.gather(now=now)
    gap = Gap.objects.get(members__turn=asked[0])
    knowledge.finds("choice", LADDER)
    reply = browser.post(f"{PAGE}{gap.pk}/decide/", {"do": "draft"})
    article = Article.objects.get()
    assert reply["Location"] == f"/admin/snippets/kb/article/edit/{article.pk}/"
    assert (article.live, article.topic, article.title) == (False, "work-height", str(gap.central))
    questions = [question.text for question in article.questions.all()]
    assert questions == ["狗能坐电梯吗？", "宠物能坐电梯吗", "电梯里能带狗吗"]
    assert authors_of_draft(article) == {editor.pk}
    gap.refresh_from_db()
    assert (gap.state, gap.article, gap.decided_by) == ("drafted", article, editor)
    assert browser.get(reply["Location"]).status_code == 200
    assert deciding.draft(gap_id=gap.pk, by=editor, now=now) == article
    entry = AuditEntry.objects.get(kind="chatbot.gap")
    assert (entry.before, entry.after, str(gap) in entry.label) == ({"state": "open"}, {"state": "drafted"}, False)


def test_a_draft_that_was_deleted_can_be_begun_again(asked, now, editor):
    gathering.gather(now=now)
    gap = Gap.objects.first()
    first = deciding.draft(gap_id=gap.pk, by=editor, now=now)
    first.delete()
    again = deciding.draft(gap_id=gap.pk, by=editor, now=now)
    assert (Article.objects.count(), Gap.objects.get(pk=gap.pk).article) == (1, again)


def test_only_an_editor_decides(asked, now, staff):
    gathering.gather(now=now)
    gap, expert = Gap.objects.first(), staff(Role.KNOWLEDGE_EXPERT)
    with pytest.raises(deciding.NotYourTask):
        deciding.decide(gap_id=gap.pk, state=GapState.IGNORED, by=expert, now=now)
    with pytest.raises(deciding.NotYourTask):
        deciding.draft(gap_id=gap.pk, by=expert, now=now)
    assert (Gap.objects.get(pk=gap.pk).state, Article.objects.count()) == ("open", 0)


@pytest.mark.parametrize("before", list(GapState))
@pytest.mark.parametrize("after", list(GapState))
def test_a_gap_takes_only_the_edges_of_the_table(asked, now, editor, before, after):
    gathering.gather(now=now)
    gap = Gap.objects.first()
    Gap.objects.filter(pk=gap.pk).update(state=before)
    allowed = after in GAP_EDGES[before] and after in (GapState.OPEN, GapState.IGNORED)
    if allowed:
        assert deciding.decide(gap_id=gap.pk, state=after, by=editor, now=now).state == after
    else:
        with pytest.raises(deciding.WrongState):
            deciding.decide(gap_id=gap.pk, state=after, by=editor, now=now)
