"""Cutting lesson Markdown into prose, tables and warnings."""

from cms.rules.prose import Piece, split


def test_prose_stays_together_and_tables_and_warnings_stand_alone():
    text = "## 一\n\n第一段\n\n| 量 | 单位 |\n|---|:-:|\n| 电压 | V |\n\n第二段\n\n- 甲\n- 乙\n\n"
    text += "> 警示：先断电\n> 再动手\n"
    assert split(text) == [
        Piece("text", "## 一\n\n第一段"),
        Piece("table", "量 | 单位\n电压 | V"),
        Piece("text", "第二段\n\n- 甲\n- 乙"),
        Piece("warning", "警示：先断电\n再动手"),
    ]


def test_a_paragraph_with_a_bar_in_it_is_prose():
    assert split("一次 | 二次") == [Piece("text", "一次 | 二次")]
