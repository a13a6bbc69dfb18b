"""What people agree to, in which words; withdrawing and agreeing again."""

from datetime import date

import pytest

from accounts.actions import consents
from accounts.enums import Purpose
from accounts.models import Consent, PrivacyNotice
from accounts.queries.consents import consents_of, current_notice, has_consented
from accounts.rules.holds import Hold


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "photo.md").write_text("---\ntitle: 照片\n---\n第一版\n", encoding="utf-8")
    return tmp_path


def test_the_notices_of_the_house_cite_the_law_and_cover_every_purpose(notices):
    assert set(notices) == set(Purpose)
    for notice in notices.values():
        assert "个人信息保护法" in notice.text
        assert "第十五条" in notice.text
    for purpose in (Purpose.REAL_NAME, Purpose.PHOTO):
        assert "单独同意" in notices[purpose].text


def test_loading_twice_changes_nothing_and_new_words_are_a_new_version(folder, db, at):
    assert [consents.load_notices(now=at("08:00"), folder=folder) for _ in range(2)] == [1, 0]
    (folder / "photo.md").write_text("---\ntitle: 照片\n---\n第二版\n", encoding="utf-8")
    assert consents.load_notices(now=at("09:00"), folder=folder) == 1
    versions = PrivacyNotice.objects.order_by("version").values_list("version", "text")
    assert list(versions) == [(1, "第一版"), (2, "第二版")]


@pytest.mark.parametrize("text", ["no head", "---\nname: x\n---\ntext", "---\n: :\n---\ntext"])
def test_a_file_that_is_no_notice_loads_nothing(folder, db, at, text):
    (folder / "account.md").write_text(text, encoding="utf-8")
    with pytest.raises(consents.InvalidNotice, match=r"account\.md"):
        consents.load_notices(now=at("08:00"), folder=folder)
    assert PrivacyNotice.objects.count() == 0


def test_a_notice_is_in_force_from_its_day(folder, db, at):
    consents.load_notices(now=at("08:00"), folder=folder)
    day = at("08:00").date()
    assert current_notice(Purpose.PHOTO, day=day).version == 1
    assert current_notice(Purpose.PHOTO, day=day.replace(day=day.day - 1)) is None


@pytest.fixture
def give(make_user, notices, at):
    user = make_user()

    def give(purpose=Purpose.PHOTO, clock="09:00"):
        return consents.give(user=user, notice=notices[purpose], address="10.0.0.1", by=user, now=at(clock))

    return give


def test_giving_twice_is_one_consent(give):
    assert give() == give(clock="10:00")
    assert Consent.objects.get().given_at.hour == 9


def test_newer_words_end_the_older_consent(give, notices, at):
    old = give()
    newer = PrivacyNotice.objects.create(
        purpose=Purpose.PHOTO, version=2, title="x", text="y", effective_from=at("00:00").date()
    )
    standing = consents_of(old.user, day=at("00:00").date())[2]
    assert (standing.given, standing.outdated) == (old, True)
    consents.give(user=old.user, notice=newer, address="", by=old.user, now=at("11:00"))
    old.refresh_from_db()
    assert old.withdrawn_at == at("11:00")


def test_withdrawn_once_and_given_again(give, at):
    user = give().user
    consents.withdraw(user=user, purpose=Purpose.PHOTO, by=user, now=at("10:00"))
    assert has_consented(user, Purpose.PHOTO) is False
    with pytest.raises(consents.NothingToWithdraw):
        consents.withdraw(user=user, purpose=Purpose.PHOTO, by=user, now=at("10:01"))
    give(clock="11:00")
    assert has_consented(user, Purpose.PHOTO) is True
    assert Consent.objects.count() == 2


def test_how_one_stands_costs_the_same_with_one_and_three_consents(give, at, django_assert_num_queries):
    user = give().user
    day = at("00:00").date()
    with django_assert_num_queries(2):
        assert [bool(standing.given) for standing in consents_of(user, day=day)] == [False, False, True]
    give(Purpose.ACCOUNT), give(Purpose.REAL_NAME)
    with django_assert_num_queries(2):
        assert [bool(standing.given) for standing in consents_of(user, day=day)] == [True, True, True]


def test_everybody_reads_the_notices_and_their_versions(client, notices):
    page = client.get("/accounts/notices/").text
    assert all(notice.title in page for notice in notices.values())
    page = client.get("/accounts/notices/real_name/").text
    assert "<h2>为什么必须收集</h2>" in page
    assert client.get("/accounts/notices/real_name/1/").status_code == 200
    assert client.get("/accounts/notices/real_name/2/").status_code == 404
    assert client.get("/accounts/notices/anything/").status_code == 404


def test_an_older_version_says_that_it_is_replaced(client, notices, at):
    PrivacyNotice.objects.create(purpose=Purpose.PHOTO, version=2, title="x", text="y", effective_from="2021-01-01")
    page = client.get("/accounts/notices/photo/1/", headers={"accept-language": "en"}).text
    assert "These words have been replaced." in page
    assert "replaced" not in client.get("/accounts/notices/photo/2/", headers={"accept-language": "en"}).text


def test_no_notice_yet_says_so(client, db):
    assert "No notice is published yet" in client.get("/accounts/notices/", headers={"accept-language": "en"}).text
    assert client.get("/accounts/notices/photo/").status_code == 404


def test_my_privacy_shows_withdraws_and_gives_again(client, give, notices):
    user = give().user
    client.force_login(user)
    english = {"accept-language": "en"}
    page = client.get("/accounts/privacy/", headers=english).text
    assert (page.count("tag--passed"), page.count("not agreed")) == (1, 2)
    client.post("/accounts/privacy/photo/withdraw/")
    assert has_consented(user, Purpose.PHOTO) is False
    client.post("/accounts/privacy/photo/give/", {"agreed": "on", "notice": notices[Purpose.PHOTO].pk})
    assert has_consented(user, Purpose.PHOTO) is True
    assert client.get("/accounts/privacy/photo/give/").status_code == 405


def test_words_that_changed_meanwhile_are_not_agreed_to(client, give, notices):
    user = give(Purpose.ACCOUNT).user
    client.force_login(user)
    old = notices[Purpose.PHOTO]
    PrivacyNotice.objects.create(purpose=Purpose.PHOTO, version=2, title="x", text="y", effective_from="2021-01-01")
    client.post("/accounts/privacy/photo/give/", {"agreed": "on", "notice": old.pk})
    assert has_consented(user, Purpose.PHOTO) is False


def hold(user):
    return [Hold(f"操作证 {user.person.masked_name}", "还在有效期内", "依法保存", date(2099, 1, 1))]


def test_withdrawing_the_real_name_explains_what_the_law_keeps(client, person, notices, settings):
    client.force_login(person.user)
    english = {"accept-language": "en"}
    assert "Nothing obliges us" in client.get("/accounts/privacy/real_name/withdraw/", headers=english).text
    settings.LEGAL_HOLDS = ["tests.accounts.test_consents.hold"]
    page = client.get("/accounts/privacy/real_name/withdraw/", headers=english).text
    assert "操作证 **电" in page
    assert "article 47" in page


@pytest.mark.parametrize("path", ["", "photo/withdraw/", "photo/give/"])
def test_a_visitor_is_asked_to_log_in(client, db, path):
    address = f"/accounts/privacy/{path}"
    assert client.post(address).status_code in (302, 405)
    assert Consent.objects.count() == 0
