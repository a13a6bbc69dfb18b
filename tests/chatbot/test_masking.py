"""Personal numbers are hidden, other numbers are not."""

import pytest

from chatbot.rules.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我身份证370202199003070017能报名吗", "我身份证***能报名吗"),
        ("37020219900307001X", "***"),
        ("37020219900307001x。", "***。"),
        ("370202 19900307 0017", "***"),
        ("370202900307001", "***"),
        ("打我13800138000", "打我***"),
        ("138-0013-8000", "***"),
        ("+86 138 0013 8000", "+***"),
        ("座机0532-85912345", "座机***"),
        ("卡号6222 0212 3456 7890 123", "卡号***"),
        ("护照E12345678", "护照***"),
        ("邮箱a.b@example.com谢谢", "邮箱***谢谢"),
        ("一三八零零一三八零零零", "***"),
    ],
)
def test_personal_numbers_are_hidden(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    ["打119还是120", "12350是什么", "GB 30871-2022", "2026-11-23考试", "380V和220V", "一二三四步", "准考证12345678"],
)
def test_other_numbers_stay(text):
    assert mask(text) == text
