"""What the template shows: an example of each kind, and a word on each column."""

from exams.enums import QuestionKind
from exams.rules.items import TRUE_FALSE, Draft
from exams.rules.scoring import Part

NOTES = [
    ["列", "怎样填写"],
    ["编码", "字母、数字、- 和 _，可不填，由系统编号；填写已有编码表示修改该题。"],
    ["题型", "判断题、单选题、多选题、填空题、排序题、匹配题。"],
    ["题干", "必填。填空题用 ____（四个下划线）表示一个空。"],
    ["选项A、选项B……", "每列一个选项，最多到 L。排序题按正确顺序填写；匹配题写成“左 → 右”。判断题、填空题不填。"],
    ["答案", "必填。选择题填字母，如 ABD；判断题填 正确 或 错误；填空题各空用；分隔，同一空的几种写法用 | 分隔。"],
    ["解析", "为什么选它。考生在成绩公布后看到。"],
    ["知识点", "考核大纲知识点的编码或名称，如 K11；可不填，导入时统一指定。"],
    ["难度", "1（易）到 5（难），或 易、中、难。"],
    ["来源", "法规、标准或教材，写到条款；可不填，导入时统一指定。"],
    ["案例编码、案例题干、案例中的序号", "几道题共用一个案例时填写，同一案例用同一编码。"],
    ["图片", "表格里的图片读不出来；请在导入后到题目里添加，或用 QTI、Moodle XML 导入。"],
    ["附加数据", "导出时自动填写，用来原样读回，请勿修改。"],
]


def _choice(kind: str, stem: str, options: tuple[str, ...], right: str, **more) -> Draft:
    parts = tuple(Part(place, text, "ABCDEFGHIJKL"[place] in right) for place, text in enumerate(options))
    return Draft(kind=kind, stem=stem, parts=parts, point="K11", source="《中华人民共和国安全生产法》", **more)


EXAMPLES = [
    _choice(QuestionKind.TRUE_FALSE, "特种作业人员必须持证上岗。", TRUE_FALSE, "A", explanation="未取得证书不得上岗。"),
    _choice(QuestionKind.SINGLE_CHOICE, "停电后首先应当（ ）。", ("挂牌", "验电", "接地", "送电"), "B", difficulty=2),
    _choice(
        QuestionKind.MULTIPLE_CHOICE, "下列属于安全用具的有（ ）。", ("绝缘手套", "验电器", "毛巾", "绝缘靴"), "ABD"
    ),
    Draft(
        kind=QuestionKind.FILL_IN,
        stem="安全电压的额定值有____V、____V等。",
        parts=(Part(0, "36", blank=0), Part(1, "三十六", blank=0), Part(2, "24", blank=1)),
        point="K11",
    ),
    Draft(
        kind=QuestionKind.ORDERING,
        stem="按先后排列停电检修的步骤。",
        parts=(Part(0, "停电"), Part(1, "验电"), Part(2, "挂接地线"), Part(3, "悬挂标示牌")),
        point="K11",
    ),
    Draft(
        kind=QuestionKind.MATCHING,
        stem="把安全色与含义对应起来。",
        parts=(Part(0, "红", match="禁止"), Part(1, "黄", match="警告"), Part(2, "", match="指令")),
        point="K11",
    ),
]
