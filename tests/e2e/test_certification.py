"""A trainee's whole way: course, application, exam with the network cut, practical, a certificate anyone verifies."""

import re
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
import yaml
from playwright.sync_api import expect

from tests.e2e import applying
from tests.e2e.practicals import TABLET, go_to_sheet, mark_sheet, open_practical, sign_by_hand, sign_by_name
from tests.e2e.stack import ROOT

LESSONS = 10
QUESTIONS = 100
CUT_AT, CUT_LASTS = 50, 20  # question and seconds
STUDY_TIMEOUT = 60_000  # milliseconds for a lesson's time to be credited


def right_texts() -> dict[str, str]:
    """Return stem → text of the right option, from the bank's own files."""
    right = {}
    for path in (ROOT / "exams/content/low-voltage").glob("*.yaml"):
        for question in yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]:
            if question.get("kind") == "true_false":
                text = "正确" if question["answer"] else "错误"
            elif question.get("kind") != "single_choice":
                continue  # the paper of the outline has judgements and single choices
            else:
                text = str(question["options"]["ABCD".index(question["answer"])])
            right[question["stem"].strip()] = text
    return right


def practice_answers() -> dict[str, str]:
    """Return stem → text of the right option of the course's practice quiz."""
    quiz = (ROOT / "training/content/low-voltage-theory/lessons").glob("*.md")
    heads = [yaml.safe_load(path.read_text(encoding="utf-8").split("---\n", 2)[1]) for path in quiz]
    return {
        question["stem"].strip(): str(question["options"][question["answer"]])
        for head in heads
        for question in head.get("questions", [])
    }


def study(page) -> None:
    """Complete every lesson of the course as its pages demand."""
    page.goto("/courses/low-voltage-theory/")
    page.click("form[action*=enrol] button")
    page.click("main .button--main")
    for number in range(1, LESSONS + 1):
        video = page.locator("video.film")
        if video.count():
            video.evaluate("film => { film.muted = true; return film.play(); }")
        forward = page.locator("[data-next]")
        if page.locator("fieldset.question").count():
            answer_practice(page)
        expect(forward).to_be_enabled(timeout=STUDY_TIMEOUT)
        forward.click()
        page.wait_for_load_state()
        assert number == LESSONS or "/courses/low-voltage-theory/" in page.url
    expect(page.locator("main .tag--passed").first).to_be_visible()


def answer_practice(page) -> None:
    right = practice_answers()
    for field in page.locator("fieldset.question").all():
        stem = re.sub(r"^\d+\. ", "", field.locator("legend").inner_text()).strip()
        field.locator("label", has_text=right[stem]).first.click()
    page.locator("form[action*=quiz] button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator("#marks.notice--passed").count() == 1


def answer(page, right: dict[str, str]) -> None:
    """Choose the right option of the question on the screen."""
    stem = page.locator(".exam-stem").inner_text().strip()
    for option in page.locator("label.exam-option").all():
        if option.locator("span").last.inner_text().strip() == right[stem].strip():
            option.click()
            return
    raise AssertionError(f"no right option on the screen: {stem}")


def sit(page) -> str:
    """Answer all questions with the network cut in the middle; return the receipt."""
    right = right_texts()
    for number in range(1, QUESTIONS + 1):
        expect(page.locator("#exam-number")).to_contain_text(f"第 {number} 题")
        if number == CUT_AT:
            page.context.set_offline(True)
        answer(page, right)
        if number == CUT_AT + 5:
            page.wait_for_timeout(CUT_LASTS * 1000)
            expect(page.locator(".exam-banner")).to_contain_text("网络断开")
            page.context.set_offline(False)
            expect(page.locator(".exam-link")).to_have_text("已保存", timeout=30_000)
            expect(page.locator(".exam-banner")).not_to_contain_text("网络断开")
        page.locator(".exam-foot .button--main").click()
    expect(page.locator(".exam-link")).to_have_text("已保存", timeout=30_000)
    page.reload()
    assert answered_after_reload(page) == QUESTIONS
    hand_in(page)
    expect(page.locator(".exam-receipt")).to_be_visible(timeout=30_000)
    return page.locator(".exam-receipt").inner_text()


def answered_after_reload(page) -> int:
    """Walk through the paper again and count the questions whose answer came back."""
    expect(page.locator("#exam-number")).to_be_visible()
    count = 0
    for number in range(1, QUESTIONS + 1):
        if number == 1 and "第 1 题" not in page.locator("#exam-number").inner_text():
            page.locator(".exam-foot").get_by_role("button", name=re.compile("已答")).click()
            page.locator(".exam-cell").first.click()
        expect(page.locator("#exam-number")).to_contain_text(f"第 {number} 题")
        count += page.locator(".exam-option input:checked").count()
        if number < QUESTIONS:
            page.locator(".exam-foot .button--main").click()
    return count


def hand_in(page) -> None:
    page.locator(".exam-foot .button--main").click()
    expect(page.locator("#exam-check")).to_be_visible()
    expect(page.locator(".exam-check")).to_contain_text("100 题全部作答")
    page.locator(".exam-check-buttons .button--main").click()


def issue_certificate(page, name: str) -> None:
    page.goto("/admin/certifying/")
    page.get_by_label(re.compile(name)).check()
    page.get_by_role("button", name="签发所选的证书").click()
    page.wait_for_url("**/admin/certifying/batches/**")
    expect(page.locator("main p[role=status]")).to_contain_text("已签发 1 / 1", timeout=60_000)  # by a worker


def verify(pdf: bytes):
    """Verify a seal away from the browser's event loop."""
    from exams.documents import signing

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(signing.verify, pdf).result()


@pytest.fixture
def signer_of_the_stack(stack, settings):
    """Verify against the running platform's own signing certificate."""
    settings.CERTIFICATE_SIGNER = stack.folder / "keys/certificate-signer.p12"


@pytest.mark.timeout(900)
def test_a_trainee_learns_is_examined_and_carries_a_certificate_that_anyone_verifies(
    stack, new_page, log_in, signer_of_the_stack
):
    trainee = new_page()
    log_in(trainee, "trainee")
    study(trainee)

    applying.apply(trainee, "低压电工作业")
    officer = new_page({"width": 1280, "height": 800})
    log_in(officer, "officer")
    applying.accept(officer)
    applying.book(trainee)
    trainee.click("a[href$='/start/']")
    trainee.fill("[name=passcode]", stack.passcode)
    trainee.click("main form button[type=submit]")
    receipt = sit(trainee)
    trainee.click(".exam-ending a")
    expect(trainee.locator(".score")).to_contain_text("100", timeout=30_000)
    assert receipt in trainee.content()

    examiner = new_page(TABLET, has_touch=True)
    log_in(examiner, "examiner")
    second = new_page()
    log_in(second, "examiner2")
    open_practical(examiner, "陈小电", others=["examiner2"])
    trainee.reload()
    expect(trainee.locator("main")).to_contain_text("lv-k1-")
    mark_sheet(examiner, cut=True)
    sign_by_hand(examiner)
    go_to_sheet(second, "陈小电")
    mark_sheet(second, zeros=2)
    sign_by_name(second, "周考评", stack.passwords["examiner2"])
    expect(second.locator("main")).to_contain_text("已评定")
    trainee.reload()
    expect(trainee.locator("main .table")).to_contain_text("K4")
    expect(trainee.locator("main")).to_contain_text("签发")
    certifier = new_page({"width": 1280, "height": 800})
    log_in(certifier, "certifier")
    issue_certificate(certifier, "陈小电")

    trainee.reload()
    trainee.click("main a.button--main")
    expect(trainee.locator("img.certificate")).to_be_visible(timeout=60_000)
    code = trainee.url.rstrip("/").split("/")[-1]
    base = f"/exams/certificates/{code}"
    pdf = trainee.request.get(f"{base}/pdf/").body()
    verified = verify(pdf)
    assert (verified.valid, verified.intact) == (True, True)
    broken = bytearray(pdf)
    broken[len(pdf) // 3] ^= 1
    assert not verify(bytes(broken)).valid

    picture = cv2.imdecode(np.frombuffer(trainee.request.get(f"{base}/png/").body(), np.uint8), cv2.IMREAD_COLOR)
    address, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    stranger = new_page()
    stranger.goto(address)
    expect(stranger.locator(".verdict--valid")).to_contain_text("有效")
    shown = stranger.locator("main").inner_text()
    assert "**电" in shown
    assert "陈小电" not in shown
    assert "低压电工作业" in shown
    problems = [who.problems for who in (trainee, officer, examiner, second, certifier, stranger)]
    assert problems == [[]] * 6
