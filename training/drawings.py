"""Line drawings of the films, one function a motif, around the middle of the upper half (427, 190)."""

from collections.abc import Callable

from PIL.ImageDraw import ImageDraw

GROUND = "#0b3d6e"
WIDE = 6


def ticket(draw: ImageDraw, ink: str, _font) -> None:
    """A work ticket with its lines ticked off."""
    draw.rounded_rectangle((337, 80, 517, 310), 12, outline=ink, width=WIDE)
    draw.rounded_rectangle((392, 64, 462, 96), 8, outline=ink, width=WIDE, fill=GROUND)
    for y in (140, 190, 240):
        draw.line((362, y, 374, y + 12, 394, y - 12), fill=ink, width=WIDE, joint="curve")
        draw.line((414, y, 492, y), fill=ink, width=WIDE)


def open_switch(draw: ImageDraw, ink: str, _font) -> None:
    """Two switches in one line, both open: first the breaker, then the isolator."""
    draw.line((130, 220, 260, 220), fill=ink, width=WIDE)
    draw.line((260, 220, 345, 140), fill=ink, width=WIDE)
    draw.line((360, 220, 490, 220), fill=ink, width=WIDE)
    draw.line((490, 220, 575, 140), fill=ink, width=WIDE)
    draw.line((590, 220, 720, 220), fill=ink, width=WIDE)
    for x in (260, 360, 490, 590):
        draw.ellipse((x - 10, 210, x + 10, 230), fill=ink)
    draw.line((292, 172, 316, 196), fill=ink, width=WIDE)  # the arc mark tells the breaker from the isolator


def lock(draw: ImageDraw, ink: str, _font) -> None:
    """A closed padlock and its key."""
    draw.arc((337, 60, 457, 200), 180, 360, fill=ink, width=WIDE * 2)
    draw.line((343, 130, 343, 170), fill=ink, width=WIDE * 2)
    draw.line((451, 130, 451, 170), fill=ink, width=WIDE * 2)
    draw.rounded_rectangle((312, 165, 482, 310), 14, outline=ink, width=WIDE)
    draw.ellipse((383, 215, 411, 243), fill=ink)
    draw.line((397, 240, 397, 272), fill=ink, width=WIDE)
    draw.ellipse((530, 160, 590, 220), outline=ink, width=WIDE)
    draw.line((560, 220, 560, 310), fill=ink, width=WIDE)
    draw.line((560, 275, 586, 275), fill=ink, width=WIDE)
    draw.line((560, 302, 586, 302), fill=ink, width=WIDE)


def tester(draw: ImageDraw, ink: str, font) -> None:
    """Three phases and a tester held to one of them."""
    for x, name in ((300, "L1"), (400, "L2"), (500, "L3")):
        draw.line((x, 70, x, 240), fill=ink, width=WIDE)
        draw.text((x, 275), name, font=font(32), fill=ink, anchor="mm")
    draw.line((506, 150, 560, 150), fill=ink, width=WIDE)
    draw.rounded_rectangle((560, 132, 690, 168), 16, outline=ink, width=WIDE)
    draw.ellipse((592, 142, 608, 158), fill=ink)


def earth(draw: ImageDraw, ink: str, _font) -> None:
    """The earthing symbol below three conductors joined together."""
    draw.line((327, 80, 527, 80), fill=ink, width=WIDE)
    for x in (327, 427, 527):
        draw.line((x, 60, x, 100), fill=ink, width=WIDE)
    draw.line((427, 80, 427, 220), fill=ink, width=WIDE)
    for half, y in ((90, 220), (60, 255), (30, 290)):
        draw.line((427 - half, y, 427 + half, y), fill=ink, width=WIDE)


def sign(draw: ImageDraw, ink: str, font) -> None:
    """A board hung on a switch handle."""
    draw.line((427, 60, 317, 140), fill=ink, width=WIDE)
    draw.line((427, 60, 537, 140), fill=ink, width=WIDE)
    draw.ellipse((415, 48, 439, 72), fill=ink)
    draw.rounded_rectangle((267, 140, 587, 300), 12, outline=ink, width=WIDE)
    draw.text((427, 192), "禁止合闸", font=font(52), fill=ink, anchor="mm")
    draw.text((427, 254), "有人工作", font=font(40), fill=ink, anchor="mm")


def watch(draw: ImageDraw, ink: str, _font) -> None:
    """One works, one watches him."""
    for x in (330, 550):
        draw.ellipse((x - 32, 90, x + 32, 154), outline=ink, width=WIDE)
        draw.arc((x - 42, 72, x + 42, 160), 180, 360, fill=ink, width=WIDE)  # the helmet
        draw.line((x - 50, 116, x + 50, 116), fill=ink, width=WIDE)
        draw.arc((x - 70, 170, x + 70, 330), 180, 360, fill=ink, width=WIDE)
        draw.line((x - 70, 250, x - 70, 310), fill=ink, width=WIDE)
        draw.line((x + 70, 250, x + 70, 310), fill=ink, width=WIDE)
    draw.line((470, 130, 400, 130), fill=ink, width=4)
    draw.line((415, 120, 400, 130, 415, 140), fill=ink, width=4, joint="curve")


def tidy(draw: ImageDraw, ink: str, _font) -> None:
    """A packed toolbox, ticked off."""
    draw.rounded_rectangle((287, 150, 567, 310), 12, outline=ink, width=WIDE)
    draw.arc((377, 96, 477, 206), 180, 360, fill=ink, width=WIDE)
    draw.line((287, 205, 567, 205), fill=ink, width=WIDE)
    draw.line((382, 250, 415, 284, 478, 226), fill=ink, width=WIDE * 2, joint="curve")


DRAWINGS: dict[str, Callable] = {
    motif.__name__: motif for motif in (ticket, open_switch, lock, tester, earth, sign, watch, tidy)
}
