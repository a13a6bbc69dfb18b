"""Small words that tell a cry for help from a question: none of them is about a danger."""

import re

CUES = {
    "knows": (  # asks what is right, how much, when, who
        "吗|能不能|可不可以|可以|能否|要不要|行不|得不得|好不好|是不是|会不会|有没有|多久|多少|几(?!个人|下|分钟)|为什么|为何|为啥|"
        "什么|哪(?!点跑|里跑)|啥(?!都)|是否|对不|怎么(?!办|救|弄|处理|整|急救|做)|咋(?!办|整|弄|救)|如何|谁|区别|意思|还是|点样|点解|多[深高厚远大长宽重快]|不[?]?$|得唔得|可唔可以|要唔要|使唔使|系唔系|有冇|么[?]?$|"
        r"\b(?:which|why|when|where|who|is it|can i|can my|do i need|does|what is|what are)\b|"
        r"\bhow (?:much|many|long|often|far)\b|\bhow (?:to|do|can|should)\b(?! (?:i |we )?(?:help|save|rescue))"
    ),
    "help": (
        "怎么办|咋办|咋整|怎么救|怎么弄|怎么处理|怎么急救|点算|哪能办|咋弄|咋救|救命|救救|快来|快点|快告诉|急救|急$|急[!,，。]|教我|"
        "帮帮|往哪|what (?:do|should|to)|help|first aid"
    ),
    "now": (
        "现在|正在|已经|还在|刚刚|刚才|刚被|刚(?!性)|马上要|一直|越来越|快要|"
        r"right now|\bnow\b|still|can't|won't|is \w+ing|are \w+ing"
    ),
    "aspect": r"了|着(?!火)|咗|紧(?!急)|咯|起来|住(?!院|宅|处)|\bgot\b|\bfell\b|\bjust\b",
    "person": (
        "我|俺|咱|阿拉|老公|老婆|爸|妈|爷|奶|外公|外婆|孩|宝宝|娃|婴|囡|老人|老头|同事|工友|师傅|邻居|室友|朋友|同学|他|她|有人|"
        r"人(?=[^员行工])|\b(?:my|he|she|our|we|someone|i'm|im|her|his|they)\b"
    ),
    "cries": r"!|\?\?",
    "supposes": (
        "如果|假如|要是|万一|真要|倘若|遇到|遇上|碰到|碰上|赶上|的话|时(?:候)?(?:要|该|怎|能|可)|以后|平时|"
        r"\bif\b|in case|would"
    ),
    "recalls": (
        "昨|前天|去年|前年|上次|上周|上个月|以前|之前|那次|那天|后来|当时|听说|看到新闻|没事了|"
        "yesterday|last (?:week|year|month|time)|(?:days|weeks|months|years?) ago"
    ),
    "learns": (
        "为什么|为何|原理|原因|预防|防止|防范|避免|怎么防|如何防|哪能防|有哪些|是什么|什么是|什么叫|含义|定义|几种|等级|标准|规定|规范|"
        "考试|考题|题库|培训|区别|检查|选购|安装|演练|宣传|举报|投诉|赔|保险|统计|案例|新闻|征兆|危害|报名|证书|操作证|证|流程|要求|"
        "制度|why |prevent|what is|cause|definition|regulation|safe"
    ),
}
COMPILED = {name: re.compile(pattern) for name, pattern in CUES.items()}


def in_text(text: str) -> dict[str, bool]:
    """Return for each cue whether it is in the normalised text."""
    return {name: bool(pattern.search(text)) for name, pattern in COMPILED.items()}


def only_tells(text: str) -> bool:
    """Say whether the normalised text tells what is, now, asks nothing but help and supposes nothing."""
    seen = in_text(text)
    return not any(seen[name] for name in ("knows", "supposes", "recalls", "learns"))


def cries(text: str) -> bool:
    """Say whether the normalised text only tells, of somebody, of a change, of now, or calls for help."""
    seen = in_text(text)
    return only_tells(text) and any(seen[name] for name in ("help", "now", "aspect", "person"))
