"""From whatever people upload to the photo of a certificate (faults 34, 35)."""

import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from accounts.rules import photo

ROOT = Path(__file__).resolve().parents[2]


def encoded(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims to be that large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    rows = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size + b"\x08\x02\0\0\0") + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(800, 1200), (1200, 800), (295, 413), (3000, 2000)])
def test_every_kind_and_shape_becomes_the_same_format(kind, size):
    result = photo.portrait(encoded(Image.new("RGB", size, "teal"), kind))
    assert (opened(result).format, opened(result).size) == ("JPEG", (295, 413))


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16", "CMYK"])
def test_every_colour_mode_can_be_read(mode):
    kind = "TIFF" if mode == "CMYK" else "PNG"
    kind = "JPEG" if mode == "CMYK" else kind
    data = encoded(Image.new(mode, (400, 600)), kind)
    assert opened(photo.portrait(data)).mode == "RGB"


def test_what_is_transparent_becomes_white():
    result = opened(photo.portrait(encoded(Image.new("RGBA", (400, 600), (0, 0, 0, 0)), "PNG")))
    assert min(result.getpixel((100, 100))) >= 250


def test_noise_fits_into_a_hundred_kilobytes():
    noise = Image.effect_noise((1200, 1680), 200).convert("RGB")
    assert len(photo.portrait(encoded(noise, "PNG"))) <= 100 * 1024


def test_a_turned_picture_is_set_upright():
    image = Image.new("RGB", (900, 600), "blue")
    ImageDraw.Draw(image).rectangle((0, 0, 300, 600), fill="red")  # left third: the top, once turned by 90°
    exif = Image.Exif()
    exif[0x0112] = 6
    result = opened(photo.portrait(encoded(image, exif=exif, quality=95)))
    top, bottom = result.getpixel((147, 20)), result.getpixel((147, 390))
    assert top[0] > 200 > top[2]
    assert bottom[2] > 200 > bottom[0]


def test_the_crop_takes_the_middle_and_keeps_the_head():
    image = Image.new("RGB", (295, 1013), "white")  # 600 rows too many: 200 go above, 400 below
    ImageDraw.Draw(image).rectangle((0, 190, 295, 209), fill="black")
    result = opened(photo.portrait(encoded(image, "PNG")))
    assert result.getpixel((147, 3))[0] < 60
    assert result.getpixel((147, 25))[0] > 200


def test_nothing_of_the_old_file_remains():
    exif = Image.Exif()
    exif[0x010E], exif[0x9C9C] = "a secret place", "comment"
    data = encoded(Image.new("RGB", (400, 600)), exif=exif, comment=b"a secret comment", icc_profile=b"secret profile")
    result = photo.portrait(data + b"<script>secret</script>")
    assert b"secret" not in result
    assert opened(result).getexif() == {}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kind"),
        (b"GIF89a" + bytes(100), "kind"),
        (b"%PDF-1.7", "kind"),
        (b"PK\x03\x04", "kind"),
        (encoded(Image.new("RGB", (400, 600)), "BMP"), "kind"),
        (encoded(Image.new("RGB", (400, 600)), "TIFF"), "kind"),
        (b"\xff\xd8\xff<?php", "broken"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "broken"),
        (encoded(Image.effect_noise((400, 600), 90).convert("RGB"))[:5000], "broken"),
        (encoded(Image.effect_noise((400, 600), 90), "PNG")[:5000], "broken"),
        (encoded(Image.new("RGB", (294, 413))), "small"),
        (encoded(Image.new("RGB", (3000, 200))), "small"),
        (png_header(3001, 3000), "pixels"),
        (png_header(50_000, 50_000), "pixels"),
        (png_header(1, 2_000_000_000), "pixels"),
        (b"\xff\xd8\xff" + bytes(photo.MOST_BYTES_IN), "bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_no_photo_is_refused(data, reason):
    with pytest.raises(photo.NotAPhoto) as refused:
        photo.portrait(data)
    assert refused.value.reason == reason


MEMORY = """
import resource, sys
from tests.accounts.test_photo_rule import encoded, photo, Image
photo.portrait(encoded(Image.new("RGB", (600, 800)), "PNG"))
data = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    photo.portrait(data)
except photo.NotAPhoto as refused:
    print(refused.reason, end=" ")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def grown(path: Path) -> tuple[str, int]:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "PATH": "", "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )
    *reason, megabytes = done.stdout.split()
    return "".join(reason), int(megabytes)


def test_a_picture_of_fifty_thousand_by_fifty_thousand_is_refused_in_little_memory(tmp_path):
    (tmp_path / "bomb.png").write_bytes(png_header(50_000, 50_000))
    reason, megabytes = grown(tmp_path / "bomb.png")
    assert reason == "pixels"
    assert megabytes < 100


@pytest.mark.parametrize(
    ("kind", "mode", "size", "options"),
    [
        ("JPEG", "RGB", (8160, 6120), {}),  # a telephone of 50 megapixels
        ("JPEG", "RGB", (4000, 3000), {"progressive": True, "subsampling": 0}),
        ("PNG", "RGBA", (3000, 3000), {}),
        ("PNG", "P", (3000, 3000), {}),
        ("WEBP", "RGBA", (3000, 2000), {}),
    ],
)
def test_the_largest_picture_taken_is_read_in_little_memory(tmp_path, kind, mode, size, options):
    path = tmp_path / "largest"
    Image.new(mode, size).save(path, kind, **options)
    reason, megabytes = grown(path)
    assert reason == ""
    assert megabytes < 100
