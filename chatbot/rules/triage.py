"""Whether a question tells of someone in danger, and whether that is happening now."""

import re
from dataclasses import dataclass

from .hazards import HAZARDS

NOW = re.compile(
    "救命|救救|快来|快点|正在|已经|马上要|出不去|没反应|叫不醒|(?:我|我们|我家|家里|邻居|隔壁|孩子|小孩|宝宝|老人|爸|妈|爷爷|奶奶|同事|工友|"
    "老公|老婆|朋友|同学|有人|别人|他|她).{0,8}(?:了|着|住|倒|昏|晕|掉)|help|right now|is happening"
)
HELP = re.compile("怎么办|咋办|咋整|怎么整|怎么救|咋救|急救|自救|处理|what (?:to|should i|do i) do|first aid")
LEARNING = re.compile(
    "为什么|为何|原理|原因|预防|防止|防范|避免|怎么防|如何防|防溺水|防触电|防火|防中毒|有哪些|是什么|什么是|什么叫|啥是|含义|定义|多少种|几种|等级|标准|规定|"
    "规范|考试|考题|试题|题库|培训|多久|区别|检查|选购|安装|演练|宣传|举报|投诉|会不会|赔|保险|统计|案例|新闻|征兆|危害|报名|证书|操作证|"
    "why |prevent|what is|cause|definition|regulation"
)


@dataclass(frozen=True)
class Case:
    """A danger that the question tells of: its article, the number while there is none, and whether it is now."""

    slug: str
    call: str
    ongoing: bool


def triage(text: str) -> Case | None:
    """Return the danger in the normalised text, or None. In doubt it is happening now."""
    for hazard in HAZARDS:
        if hazard.is_in(text):
            return Case(hazard.slug, hazard.call, sounds_ongoing(text))
    return None


def sounds_ongoing(text: str) -> bool:
    """Say whether the text asks for help rather than for knowledge."""
    return not LEARNING.search(text) or bool(NOW.search(text))


def asks_for_help(text: str) -> bool:
    """Say whether the text itself says that help is wanted, whatever it is about."""
    return sounds_ongoing(text) and bool(NOW.search(text) or HELP.search(text))
