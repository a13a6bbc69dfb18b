"""Drafts of every kind for property tests: odd characters, HTML that is meant literally, pictures, weights."""

import io
from decimal import Decimal

from hypothesis import strategies as st
from PIL import Image

from exams.enums import QuestionKind
from exams.rules.items import TRUE_FALSE, Draft, Medium
from exams.rules.scoring import Part

NASTY = st.sampled_from(
    [
        "",
        " ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\\",
        "\\n",
        "\\\\n",
        "\\=",
        "{",
        "}",
        "{}",
        "~",
        "=",
        "#",
        "####",
        "::",
        "//",
        "->",
        "%50%",
        "%100%",
        "[html]",
        "[id:x]",
        "[tag:y]",
        "[",
        "]",
        "$CATEGORY: x",
        "<p>甲</p>",
        "<b>",
        "&amp;",
        "&",
        "<![CDATA[",
        "]]>",
        "?>",
        "--",
        "H₂O",
        "m²",
        "x^{2}",
        "____",
        "；",
        ";",
        "|",
        "A.",
        "A、",
        "\x00",
        "\x0b",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ufffe",
        "😀",
        "=1+1",
        "'=x",
        "@@PLUGINFILE@@/a.png",
        "正确",
        "*",
        "断开电源。",
        "ANSWER: A",
        '"',
        ",",
        "10",
        "T",
        "TRUE",
        "{1:SHORTANSWER:=x}",
    ]
)
LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
TEXT = st.lists(st.one_of(NASTY, LETTERS), max_size=4).map("".join)
SLUG = st.from_regex(r"[a-z0-9_-]{0,12}", fullmatch=True)
WEIGHT = st.none() | st.integers(-10_000_000, 10_000_000).map(lambda number: Decimal(number) / 100_000)
TOLERANCE = st.none() | st.integers(0, 10**9).map(lambda number: Decimal(number) / 1_000_000)
NUMBER = st.one_of(TEXT, st.integers(-999, 999).map(str), st.decimals(-99, 99, places=3).map(str))


def png(colour: int = 0) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (2, 2), (colour, 0, 0)).save(out, "PNG")
    return out.getvalue()


MEDIUM = st.builds(
    Medium,
    name=st.one_of(TEXT, st.sampled_from(["a.png", "b.png", "图 1.png"])),
    content_type=st.sampled_from(["image/png", "image/jpeg", "video/mp4"]),
    content=st.one_of(st.integers(0, 255).map(png), st.binary(min_size=1, max_size=20)),
    alt=TEXT,
)
EXTRAS = st.dictionaries(
    st.sampled_from(["html", "formats", "tags", "category", "moodle", "wrong", "ordering", "comments", "qti", "其他"]),
    st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=2),
        max_leaves=4,
    ),
    max_size=3,
)


@st.composite
def parts(draw, kind: str) -> tuple[Part, ...]:
    """Return parts as they may be of a kind, now and then others."""
    count = draw(st.integers(0, 5))
    if kind == QuestionKind.TRUE_FALSE and draw(st.booleans()):
        right = draw(st.integers(0, 1))
        return tuple(Part(place, text, place == right) for place, text in enumerate(TRUE_FALSE))
    usual = draw(st.booleans())
    made = []
    for place in range(count):
        made.append(
            Part(
                place,
                draw(NUMBER if kind == QuestionKind.FILL_IN else TEXT),
                is_right=draw(st.booleans()) if kind != QuestionKind.FILL_IN else False,
                match=draw(TEXT) if kind == QuestionKind.MATCHING or not usual else "",
                blank=draw(st.integers(0, 2)) if kind == QuestionKind.FILL_IN else None,
                tolerance=draw(TOLERANCE) if kind == QuestionKind.FILL_IN or not usual else None,
                weight=None if usual else draw(WEIGHT),
                feedback=draw(TEXT),
            )
        )
    return tuple(made)


NONE_OR_TWO = st.lists(MEDIUM, max_size=2)


@st.composite
def drafts(draw, media=NONE_OR_TWO) -> Draft:
    """Return a draft of any kind."""
    kind = draw(st.sampled_from([kind.value for kind in QuestionKind]))
    in_case = draw(st.booleans())
    return Draft(
        kind=kind,
        stem=draw(TEXT),
        parts=draw(parts(kind)),
        explanation=draw(TEXT),
        source=draw(TEXT),
        code=draw(SLUG),
        title=draw(TEXT),
        point=draw(st.one_of(st.just("K11"), TEXT)),
        difficulty=draw(st.integers(1, 5)),
        case=draw(SLUG) if in_case else "",
        case_stem=draw(TEXT) if in_case else "",
        case_position=draw(st.integers(0, 9)) if in_case else None,
        media=tuple(draw(media)),
        extras=draw(EXTRAS),
    )
