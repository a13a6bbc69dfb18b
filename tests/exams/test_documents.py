"""The certificate's PDF, its picture and its seal."""
# ruff: noqa: F811  (fixtures are imported by name)

import io
import logging
import stat
from dataclasses import replace
from datetime import date

import cv2
import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader
from wagtail.models import Site

from cms.models import SiteSettings
from exams.actions.credentials import give_place
from exams.documents import certificate_files, glyphs, layout, signer, signing
from exams.models import Certificate
from tests.exams.certificate_fixtures import (  # noqa: F401
    BASE_URL,
    certificate_signer,
    credential_key,
    credential_key_file,
    make_certificate,
    make_practical,
    operation_rule,
    signer_file,
    written,
)

FACE = layout.Face(
    name="王小电",
    number="T370202199003070015",
    category="电工作业",
    operation="低压电工作业",
    scheme="应急管理部令第19号",
    issuer="青岛市应急管理局",
    issued_on=date(2026, 11, 23),
    valid_until=date(2032, 11, 22),
    code="7F3K9MPQ2XYZ",
)


def loaded(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_related("person", "rule__operation__category", "rule__scheme").get(
        pk=certificate.pk
    )


def made(certificate: Certificate):
    return certificate_files(loaded(certificate), place=give_place(certificate))


def text_of(pdf: bytes) -> str:
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    return "".join(page.extract_text().split())


def qr_of(png: bytes) -> str:
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    return cv2.QRCodeDetector().detectAndDecode(picture)[0]


@pytest.fixture
def files(certificate_signer, make_certificate, person):
    return made(make_certificate(person))


def test_the_pdf_shows_the_full_name_number_and_everything_that_is_certified(files, person):
    text = text_of(files.pdf)
    for printed in (
        "特种作业操作证",
        "姓名王小电",
        "T" + person.id_number,
        "作业类别电工作业",
        "操作项目低压电工作业",
        "初领日期2026年11月23日",
        "有效期至2032年11月22日",
        "核发依据特种作业人员安全技术培训考核管理规定（应急管理部令第19号）",
        "7F3K-9MPQ-2XY1",
        "扫码或访问https://xuexi.example.gov.cn/verify/核验真伪",
        "签发机关学会应急",
    ):
        assert printed in text


def test_the_issuing_body_is_the_host_of_the_site_once_it_is_entered(certificate_signer, make_certificate, person):
    SiteSettings.objects.create(site=Site.objects.get(is_default_site=True), host="青岛市应急管理局")
    assert "签发机关青岛市应急管理局" in text_of(made(make_certificate(person)).pdf)


def test_the_pdf_carries_its_title_and_the_day_of_issue(files):
    metadata = PdfReader(io.BytesIO(files.pdf)).metadata
    assert metadata.title == "特种作业操作证 7F3K9MPQ2XY1"
    assert metadata.creation_date.date() == date(2026, 11, 23)


def test_the_page_is_a5_landscape(files):
    (page,) = PdfReader(io.BytesIO(files.pdf)).pages
    assert [round(float(side) * 25.4 / 72) for side in page.mediabox[2:]] == [210, 148]


def test_the_picture_is_light_enough_for_a_phone_and_sharp_enough_for_print(files):
    with Image.open(io.BytesIO(files.png)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1654, 1165))
    assert len(files.png) < 400_000


def test_the_qr_code_leads_to_the_public_page_of_this_certificate(files):
    assert qr_of(files.png) == f"{BASE_URL}/verify/7F3K9MPQ2XY1/"


def test_making_the_files_asks_the_database_once(
    certificate_signer, make_certificate, person, django_assert_num_queries
):
    certificate = loaded(make_certificate(person))
    place = give_place(certificate)
    with django_assert_num_queries(1):
        certificate_files(certificate, place=place)


def test_a_character_no_font_has_is_marked_and_logged_and_the_certificate_is_made(
    certificate_signer, make_certificate, make_person, caplog
):
    certificate = make_certificate(make_person(name="张𠮷"))
    with caplog.at_level(logging.WARNING, logger="exams.documents"):
        text = text_of(made(certificate).pdf)
    assert "姓名张〓" in text
    assert "“〓”为字库暂缺的字，以有效身份证件为准" in text
    assert caplog.messages == [f"certificate {certificate.pk}: no glyph for U+20BB7, printed as 〓"]


def test_an_ordinary_certificate_has_no_note_on_missing_characters(files):
    assert "字库" not in text_of(files.pdf)


def test_text_is_printed_and_never_run_as_typst():
    hostile = '#panic("x") *b* $x$ `c` [d] \\ "] + read("certificate.typ") + ["'
    text = text_of(layout.render(replace(FACE, name=hostile, operation="#sys.inputs")).pdf)
    assert "".join(hostile.split()) in text
    assert "操作项目#sys.inputs" in text


def test_the_longest_texts_the_database_takes_stay_on_the_one_page():
    longest = replace(
        FACE, name="阿" * 80, number="T" + "9" * 18, category="类" * 60, operation="项" * 60, scheme="规" * 120,
        issuer="局" * 120,
    )  # fmt: skip
    text = text_of(layout.render(longest).pdf)
    assert "阿" * 80 in text
    assert "项" * 60 in text
    assert "局" * 120 in text
    assert "7F3K-9MPQ-2XYZ" in text


def test_the_same_certificate_is_printed_the_same_byte_for_byte():
    assert layout.render(FACE) == layout.render(FACE)


def test_without_fonts_the_error_names_the_setting(settings, tmp_path):
    settings.CERTIFICATE_FONTS = tmp_path
    with pytest.raises(layout.NoFonts, match=r"^CERTIFICATE_FONTS: there is no 400Regular/NotoSansSC_400Regular"):
        layout.render(FACE)


@pytest.mark.parametrize(
    ("text", "shown", "missing"),
    [
        ("王小电", "王小电", []),
        ("阿不都·买买提 Ali-1", "阿不都·买买提 Ali-1", []),
        ("𠮷田𠮷", "〓田〓", ["𠮷", "𠮷"]),
        ("葛\U000e0100城", "葛城", []),
        ("王\u200b小\n电", "王小电", []),
    ],
)
def test_printable_marks_what_the_font_lacks_and_drops_what_prints_nothing(settings, text, shown, missing):
    assert glyphs.printable(text, font=settings.CERTIFICATE_FONTS / layout.BOLD) == (shown, missing)


# The seal ------------------------------------------------------------------------------------------------------------


def test_the_seal_is_ours_and_unbroken(files):
    assert signing.verify(files.pdf) == signing.Verified(valid=True, intact=True, signer="学会应急 证书签章")


def flipped(pdf: bytes, position: int) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ 1]) + pdf[position + 1 :]


@pytest.mark.parametrize("where", [0.02, 0.25, 0.5, 0.75, 0.999])
def test_one_changed_byte_is_detected(files, where):
    assert signing.verify(flipped(files.pdf, int(len(files.pdf) * where))).valid is False


def test_the_seal_tells_every_reader_that_no_change_is_allowed(files):
    permissions = PdfReader(io.BytesIO(files.pdf)).trailer["/Root"]["/Perms"]["/DocMDP"]
    assert permissions["/Reference"][0]["/TransformParams"]["/P"] == 1


@pytest.mark.parametrize("place", ["version", "list of digests", "padding", "letter case"])
def test_a_changed_byte_in_the_seals_own_place_is_detected(files, place):
    """No signature covers itself; these bytes could change without breaking it."""
    begin = files.pdf.index(b"/Contents <") + len(b"/Contents <")
    end = files.pdf.index(b">", begin)
    if place == "letter case":
        hexadecimal = files.pdf[begin:end]
        changed = files.pdf.replace(hexadecimal, hexadecimal.lower())
    else:
        changed = flipped(files.pdf, {"version": begin + 50, "list of digests": begin + 75, "padding": end - 9}[place])
    assert signing.verify(files.pdf).valid is True
    assert signing.verify(changed).valid is False


def test_a_changed_byte_in_the_signed_page_is_named_as_not_intact(files):
    changed = flipped(files.pdf, files.pdf.index(b"stream") + 40)
    assert signing.verify(changed) == signing.Verified(valid=False, intact=False, signer="学会应急 证书签章")


def test_something_appended_after_the_seal_is_detected(files):
    assert signing.verify(files.pdf + b"\n% more").valid is False


def test_a_seal_of_another_signer_is_intact_but_not_ours(files, settings, tmp_path):
    settings.CERTIFICATE_SIGNER = tmp_path / "other.p12"
    settings.CERTIFICATE_SIGNER_PASSPHRASE = ""
    signer.make_signer(path=settings.CERTIFICATE_SIGNER, passphrase="", common_name="别人", now=timezone.now())
    assert signing.verify(files.pdf) == signing.Verified(valid=False, intact=True, signer="学会应急 证书签章")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"<html>", b"\x00" * 2000])
def test_what_is_no_sealed_pdf_is_not_valid(certificate_signer, content):
    assert signing.verify(content) == signing.Verified(valid=False, intact=False, signer="")


def test_a_pdf_without_a_seal_is_not_valid(certificate_signer):
    assert signing.verify(layout.render(FACE).pdf) == signing.Verified(valid=False, intact=False, signer="")


def test_without_a_signer_the_error_says_how_to_get_one(settings, tmp_path):
    settings.CERTIFICATE_SIGNER = tmp_path / "none.p12"
    with pytest.raises(signing.NoSigner, match=r"make one with manage\.py make_certificate_signer"):
        signing.load_signer()


def test_a_wrong_passphrase_is_told_apart_from_a_missing_file(certificate_signer, settings):
    settings.CERTIFICATE_SIGNER_PASSPHRASE = "wrong"
    with pytest.raises(signing.NoSigner, match="does not open with CERTIFICATE_SIGNER_PASSPHRASE"):
        signing.load_signer()


# The signer ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def new_signer(settings, tmp_path):
    settings.CERTIFICATE_SIGNER = tmp_path / "keys" / "signer.p12"
    settings.CERTIFICATE_SIGNER_PASSPHRASE = ""
    return settings.CERTIFICATE_SIGNER


def test_the_command_makes_a_ten_year_rsa_signer_that_only_its_owner_reads(new_signer, capsys):
    call_command("make_certificate_signer", common_name="市局证书签章")
    certificate = signing.load_signer().signing_cert
    validity = certificate["tbs_certificate"]["validity"].native
    assert stat.S_IMODE(new_signer.stat().st_mode) == 0o600
    assert stat.S_IMODE(new_signer.parent.stat().st_mode) == 0o700
    assert certificate.subject.native == {"common_name": "市局证书签章"}
    assert (certificate.public_key.algorithm, certificate.public_key.bit_size) == ("rsa", 3072)
    assert (validity["not_after"] - timezone.now()).days == 3652
    assert capsys.readouterr().out == f"made {new_signer}\n"


def test_the_command_never_replaces_a_signer(new_signer):
    call_command("make_certificate_signer")
    before = new_signer.read_bytes()
    with pytest.raises(CommandError, match=r"signer\.p12 exists"):
        call_command("make_certificate_signer")
    assert new_signer.read_bytes() == before


def test_the_first_start_makes_a_signer_and_the_next_leaves_it_alone(new_signer, capsys):
    call_command("make_certificate_signer", if_missing=True)
    before = new_signer.read_bytes()
    call_command("make_certificate_signer", if_missing=True)
    assert new_signer.read_bytes() == before
    assert capsys.readouterr().out == f"made {new_signer}\n"


def test_writing_twice_keeps_the_first_files(make_certificate, person, written):
    certificate = written(make_certificate(person))
    first = certificate.pdf.name, certificate.png.name
    assert written(certificate).pdf.name == first[0]
    assert certificate.png.name == first[1]
