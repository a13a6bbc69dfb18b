"""What the certificate's PDF promises to archives and to readers: PDF/A-3b, and a PAdES B-B seal that keeps it so.

No validator such as veraPDF is at hand here; what can be read in the file is.
"""

import io
import xml.etree.ElementTree as ET

import pytest
from asn1crypto.cms import ContentInfo
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader

from exams.documents import layout, signing
from tests.exams.certificate_fixtures import *  # noqa: F403
from tests.exams.test_documents import FACE

PDFAID = "http://www.aiim.org/pdfa/ns/id/"


@pytest.fixture
def unsigned():
    return layout.render(FACE).pdf


@pytest.fixture
def sealed(unsigned, certificate_signer):
    return signing.sign(unsigned, signer=signing.load_signer())


def catalogue(pdf: bytes):
    return PdfReader(io.BytesIO(pdf)).trailer["/Root"]


def test_the_metadata_say_pdf_a_3b_and_the_seal_leaves_them_byte_for_byte(unsigned, sealed):
    before, after = (catalogue(pdf)["/Metadata"].get_data() for pdf in (unsigned, sealed))
    assert before == after
    described = {element.tag: element.text for element in ET.fromstring(after).iter()}
    assert (described[f"{{{PDFAID}}}part"], described[f"{{{PDFAID}}}conformance"]) == ("3", "B")


def test_the_colours_have_an_output_intent_with_its_profile(sealed):
    (intent,) = catalogue(sealed)["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"  # the signature of an ICC profile


def test_every_font_is_embedded_with_its_mapping_to_text(sealed):
    (page,) = PdfReader(io.BytesIO(sealed)).pages
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (inner,) = font["/DescendantFonts"]
        descriptor = inner.get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & descriptor.keys(), font["/BaseFont"]
        assert "/ToUnicode" in font


def test_nothing_that_an_archive_forbids_is_in_it(sealed):
    root = catalogue(sealed)
    assert not {"/OpenAction", "/AA", "/Requirements"} & root.keys()
    assert "/Encrypt" not in PdfReader(io.BytesIO(sealed)).trailer
    assert b"/JavaScript" not in sealed
    assert "/NeedAppearances" not in root["/AcroForm"]


def test_the_field_of_the_seal_is_printed_and_has_nothing_to_draw(sealed):
    (page,) = PdfReader(io.BytesIO(sealed)).pages
    (widget,) = (each.get_object() for each in page["/Annots"])
    flags = widget["/F"]
    assert flags & 4, "printed"
    assert not flags & (1 | 2 | 32), "neither invisible nor hidden nor without view"
    assert [float(side) for side in widget["/Rect"]] == [0, 0, 0, 0]


def test_the_reference_of_the_seal_holds_no_digest(sealed):
    """ISO 19005-3, 6.1.12."""
    (reference,) = catalogue(sealed)["/Perms"]["/DocMDP"]["/Reference"]
    assert not {"/DigestLocation", "/DigestMethod", "/DigestValue"} & reference.keys()


def test_the_attached_file_says_what_it_is(unsigned):
    from dataclasses import replace

    root = catalogue(layout.render(replace(FACE, credential="a.b.c")).pdf)
    (attached,) = (each.get_object() for each in root["/AF"])
    assert (attached["/F"], attached["/AFRelationship"]) == ("7F3K9MPQ2XYZ.jwt", "/Alternative")
    assert attached["/EF"]["/F"].get_object()["/Subtype"] == "/application/vc+jwt"


# PAdES baseline B-B (ETSI EN 319 142-1, table 1) ----------------------------------------------------------------------


@pytest.fixture
def seal(sealed):
    (found,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    return found


def test_the_seal_is_a_pades_one_with_its_time_beside_it(seal):
    dictionary = seal.sig_object
    assert (dictionary["/SubFilter"], dictionary["/Filter"]) == ("/ETSI.CAdES.detached", "/Adobe.PPKLite")
    assert str(dictionary["/M"]).startswith("D:20")
    assert not {"/Cert", "/Reason"} & dictionary.keys()


def test_the_signed_attributes_are_those_of_the_baseline(seal):
    (signer_info,) = ContentInfo.load(bytes(seal.pkcs7_content))["content"]["signer_infos"]
    names = [attribute["type"].native for attribute in signer_info["signed_attrs"]]
    assert sorted(names) == ["content_type", "message_digest", "signing_certificate_v2"]
    assert signer_info["digest_algorithm"]["algorithm"].native == "sha256"


def test_the_signers_certificate_is_inside(seal):
    content = ContentInfo.load(bytes(seal.pkcs7_content))["content"]
    assert [each.chosen.dump() for each in content["certificates"]] == [signing.load_signer().signing_cert.dump()]
    assert content["encap_content_info"]["content"].native is None


def test_the_seal_covers_the_whole_file(sealed, seal):
    begin, _before, after, rest = (int(part) for part in seal.byte_range)
    assert (begin, after + rest) == (0, len(sealed))


def test_the_signer_is_opened_once_and_again_when_the_file_changes(certificate_signer, settings, tmp_path):
    from django.utils import timezone

    from exams.documents.signer import make_signer

    first = signing.load_signer()
    assert signing.load_signer() is first
    settings.CERTIFICATE_SIGNER, settings.CERTIFICATE_SIGNER_PASSPHRASE = tmp_path / "other.p12", ""
    make_signer(path=settings.CERTIFICATE_SIGNER, passphrase="", common_name="别", now=timezone.now())
    assert signing.load_signer().signing_cert != first.signing_cert


def test_the_key_is_proved_once_and_not_for_each_file(unsigned, certificate_signer, monkeypatch):
    """Proving a RSA key takes 200 ms: 1,000 certificates would take minutes longer."""
    from pyhanko.sign.signers import SimpleSigner

    signer = signing.load_signer()

    def proves(*_args):
        raise AssertionError("the key was loaded anew")

    monkeypatch.setattr(SimpleSigner, "sign_raw", proves)
    assert signing.verify(signing.sign(unsigned, signer=signer)).valid is True
