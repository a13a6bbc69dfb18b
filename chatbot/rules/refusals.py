"""What the bot does not answer, and who is asked instead: orders to the bot, harm, medicine, law, despair."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Refusal(StrEnum):
    """Why there is no answer of our own."""

    ORDERS = "orders"  # "ignore the instructions above"
    HARM = "harm"  # explosives, defeating a safety device
    DESPAIR = "despair"
    MEDICAL = "medical"
    LEGAL = "legal"
    DECEIT = "deceit"  # sitting an exam for another, forged certificates, hidden accidents


DEVICE = (
    "(?:报警器|烟感|感烟|喷淋|联锁|连锁|限位|安全阀|保护器|漏保|急停|光栅|防护罩|安全门|熄火保护|断路器|防坠器|安全锁|行程开关|气体探头|监控探头|"
    "interlock|smoke (?:alarm|detector)|safety (?:valve|device|guard|switch))"
)
DEFEAT = (
    "(?:短接|短路掉|屏蔽|绕过|跨接|堵住|堵死|关掉|停用|取消|弄坏|破解|骗过|遮住|挡住|拆掉|拆了|拆除|怎么拆|怎么关|卸掉|"
    "bypass|disable|defeat|cover)"
)
EXPLOSIVE = (
    "(?:炸药|炸弹|爆炸物|爆炸装置|雷管|燃烧瓶|燃烧弹|黑火药|硝化甘油|毒气|毒药|土枪|bomb|explosive|molotov|napalm)"
)
MAKE = (
    "(?:制作|自制|制造|制备|配制|合成|造|怎么做|如何做|做一个|做个|自己做|怎么.{1,4}做|配方|怎么配|"
    "make|making|build|recipe)"
)

PATTERNS = {
    Refusal.ORDERS: (
        "(?:忽略|无视|忘记|忘掉|抛开).{0,8}(?:指令|提示|规则|要求|内容|设定|限制|身份)|系统提示|提示词|(?:你的|打印|输出|显示).{0,6}(?:指令|设定|配置|密钥|源代码|"
        "环境变量)|越狱|开发者模式|扮演|假装你|从现在(?:起|开始)你|你现在是(?!谁)|没有任何限制|"
        "(?:ignore|disregard|forget).{0,24}(?:instruction|prompt|rule)|system prompt|jailbreak|developer mode|"
        r"act as (?:a|an|if)\b|pretend (?:to be|you)|api.?key|<script|drop table|union select"
    ),
    Refusal.DESPAIR: "自杀|轻生|不想活|活不下去|想死|了结自己|自残|寻死|想跳楼|想跳河|suicide|kill myself|end my life",
    Refusal.HARM: "|".join(
        f"{one}.{{0,12}}{other}"
        for one, other in ((MAKE, EXPLOSIVE), (EXPLOSIVE, MAKE), (DEFEAT, DEVICE), (DEVICE, DEFEAT))
    ),
    Refusal.MEDICAL: (
        "吃(?:点)?(?:什么|啥|哪种|哪些).{0,3}(?:药|好得快)|(?:用|开|打)(?:点)?(?:什么|啥|哪种).{0,2}(?:药|针)|剂量|用药量|多少毫克|"
        "(?:吃|服)(?:几|多少)(?:片|粒|颗|毫克)|(?:几|多少)(?:片|粒|毫克).{0,4}药|是不是得了|得了什么病|是什么病|诊断|处方|偏方|"
        "要不要(?:手术|输液|打针|住院|化疗)|how many (?:pills|tablets)|dosage|diagnos|prescri"
    ),
    Refusal.LEGAL: (
        "判几年|判多少年|判刑|坐牢|量刑|拘留几天|赔(?:偿)?多少|能赔|谁赔|索赔|打官司|起诉|能不能告|可以告|告他|告公司|告老板|算(?:不算)?工伤|是不是工伤|"
        "(?:谁|我|他|老板|公司).{0,4}(?:负|承担).{0,4}责任|责任(?:怎么|如何)(?:认定|划分)|是谁的责任|算不算犯罪|犯了什么罪|犯法吗|"
        r"\bsue\b|lawsuit|go to jail|liab"
    ),
}
COMPILED = {refusal: re.compile(pattern) for refusal, pattern in PATTERNS.items()}


def check(text: str) -> Refusal | None:
    """Return why the normalised text gets no answer of our own, or None."""
    return next((refusal for refusal, pattern in COMPILED.items() if pattern.search(text)), None)


@dataclass(frozen=True)
class Told:
    """What is said instead of an answer: whom to ask if it ``refers``, and whom to call."""

    refers: bool
    calls: tuple[str, ...]
    text: str


def told(refusal: Refusal) -> Told:
    """Return what is said instead of an answer."""
    return {
        Refusal.ORDERS: lambda: Told(
            False,
            (),
            _(
                "I only answer questions about safety, from approved articles. "
                "Ask me what to do when something happens."
            ),
        ),
        Refusal.HARM: lambda: Told(
            False,
            (),
            _(
                "I do not help to make dangerous things or to defeat safety devices. If a device is faulty, stop "
                "and have it repaired. A hazard at work can be reported to 12350."
            ),
        ),
        Refusal.DESPAIR: lambda: Told(
            True,
            ("12356", "120", "110"),
            _(
                "You need not bear this alone. Call 12356, the psychological support line, or stay with someone you "
                "trust. If you or someone else is in danger now, call 120 or 110."
            ),
        ),
        Refusal.MEDICAL: lambda: Told(
            True,
            ("120",),
            _("I cannot judge illnesses or medicines. Ask a doctor or a pharmacist; in an emergency call 120."),
        ),
        Refusal.LEGAL: lambda: Told(
            True,
            ("12348",),
            _("I cannot judge legal cases. Ask a lawyer, or call 12348, the public legal service line."),
        ),
        Refusal.DECEIT: lambda: Told(
            False,
            (),
            _(
                "I do not help to cheat, to forge papers or to hide an accident. What the rules ask for is in the "
                "articles; a breach can be reported to 12350."
            ),
        ),
    }[refusal]()
