"""Markdown to clean HTML."""

from core import markdown


def test_markdown_keeps_structure_and_drops_scripts():
    html = markdown.render(
        "## 步骤\n\n1. 关火\n\n<img src=x onerror=alert(1)><script>alert(1)</script>[x](javascript:alert(1))"
    )
    assert "<h2>步骤</h2>" in html
    assert "<li>关火</li>" in html
    assert "onerror" not in html
    assert "script" not in html
