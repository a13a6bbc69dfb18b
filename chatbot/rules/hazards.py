"""How people say that someone is in danger, and which article says what to do.

The first hazard that matches wins, so the narrower ones come first. ``call`` is used only while the article cannot be
had; otherwise the numbers, like every word of the answer, are the article's. Words in capitals stand for the lists in
``WORDS``.
"""

import re
from dataclasses import dataclass

WORDS = {
    "SMOKE": "(?:FIRE|冒.?烟|爆炸|爆燃|smok|explod)",
    "FIRE": ("(?:着火|着大火|起火|起大火|失火|冒火|窜火|着了|点着了|燃起来|烧起来|烧着|大火|on fire|fire)"),
    "COLLAPSED": (
        "(?:晕|昏|倒了|倒下|倒在|中毒|没动静|没反应|没声|叫不应|叫不醒|喊不应|掉|出事|窒息|憋|塌方|塌了|埋|"
        "collaps|unconscious|faint|pass)"
    ),
    "ENCLOSED": (
        "(?:井里|井下|井底|窨井|下井|枯井|(?<!电)池子|化粪池|污水池|粪池|沼气池|沉淀池|酱菜池|腌菜池|泵房|储罐|油罐|罐里|罐内|"
        "反应釜|釜里|地窖|菜窖|船舱|舱里|下水道|管道里|管道内|涵管|料仓|粮仓|筒仓|有限空间|受限空间|密闭空间|manhole|sewer|"
        r"\btank|\bwell\b|\bsilo|confined space|septic)"
    ),
    "QUAKE": "(?:废墟|瓦砾|楼板|房子|房屋|楼|墙|预制板|地震|倒塌|塌方|垮塌|坍塌|垮|塌)",
    "WATER": ("(?:水里|水中|水下|水沟|河|江里|江中|湖|海里|池塘|水塘|鱼塘|水库|水坑|泳池|游泳池|深水|水)"),
    "ROOM": (
        "(?:家|房子|房间|屋里|屋子|楼道|走廊|楼梯|门外|楼下|楼上|隔壁|邻居|宿舍|厨房|卧室|客厅|阳台|楼里|大楼|仓库|厂房|车间|"
        "办公室|教室|商场|店里|饭店|酒店|宾馆)"
    ),
    "HOUSE": "(?:house|home|kitchen|bedroom|room|apartment|building|flat|office|stair|corridor)",
    "WIRED": (
        "(?:电器|插座|插线板|插排|排插|接线板|电视|空调|冰箱|洗衣机|配电箱|电箱|电闸|电表|电线|电路|线路|微波炉|电脑|电热毯|充电器|"
        "电机|变压器|电扇|风扇|取暖器|电暖|小太阳|路由器|灯)"
    ),
}


@dataclass(frozen=True)
class Hazard:
    """Words that tell of a danger; none of ``unless`` may be among them."""

    slug: str
    call: str
    says: re.Pattern
    unless: re.Pattern | None = None

    def is_in(self, text: str) -> bool:
        """Say whether the normalised text tells of this danger."""
        return bool(self.says.search(text)) and not (self.unless and self.unless.search(text))


def _hazard(slug: str, call: str, *says: str, unless: str = "") -> Hazard:
    return Hazard(slug, call, _compiled("|".join(says)), _compiled(unless) if unless else None)


def _compiled(pattern: str) -> re.Pattern:
    for name, words in WORDS.items():
        pattern = pattern.replace(name, words)
    return re.compile(pattern)


HAZARDS = (
    _hazard(
        "rescue-do-not-enter",
        "119",
        "ENCLOSED.{0,12}COLLAPSED",
        "COLLAPSED.{0,10}ENCLOSED",
        unless="泳池|drown",
    ),
    _hazard("lightning-outdoors", "120", "雷击|雷劈|被雷|雷电击中|struck by lightning"),
    _hazard("clothes-on-fire", "119", "(?:身上|衣服|裤子|裙子|头发|袖子).{0,5}FIRE", "clothes.{0,12}fire"),
    _hazard(
        "lpg-cylinder-fire",
        "119",
        "(?:煤气罐|煤气瓶|液化气|液化石油气|气罐|(?<!氧)气瓶|瓦斯罐|瓦斯桶|煤气坛).{0,10}(?:FIRE|喷火)",
        "FIRE.{0,3}(?:煤气罐|煤气瓶|液化气罐|液化气瓶|瓦斯桶)",
        "gas (?:cylinder|bottle).{0,12}fire",
    ),
    _hazard(
        "oil-pan-fire",
        "119",
        "(?:油锅|锅里|锅(?!炉)|炒菜|炒着菜|油炸|炸东西|炸.{0,3}油|(?<![加汽柴煤机])油).{0,8}FIRE",
        "(?:oil|grease|pan|wok|frying).{0,16}(?:fire|flame|burning)",
        unless="加油站|汽油|柴油|煤油|机油|油漆|油罐|油烟机|输油|漏油|干烧|烧干",
    ),
    _hazard(
        "lithium-powerbank-fire",
        "119",
        "(?:充电宝|移动电源|行动电源|手机|平板|笔记本).{0,10}SMOKE",
        "(?:power ?bank|phone|laptop).{0,16}(?:fire|smok|explod)",
        unless="枕头|会不会|打火",
    ),
    _hazard(
        "ebike-battery-fire",
        "119",
        "(?:电动车|电动自行车|电动摩托|电瓶|锂电池|蓄电池|电池).{0,12}SMOKE",
        "(?:e-?bike|scooter|battery).{0,16}(?:fire|smok|explod)",
    ),
    _hazard(
        "electrical-fire",
        "119",
        "WIRED.{0,8}(?:SMOKE|火花|焦味|烧焦|糊味)",
        "(?:electrical|socket|outlet|appliance|wiring).{0,16}(?:fire|smok|spark)",
    ),
    _hazard(
        "co-poisoning",
        "120",
        "(?:煤气|一氧化碳|碳气|炭火|烧炭|煤炉|瓦斯|天然气|燃气).{0,4}中毒|一氧化碳.{0,4}(?:泄漏|报警|警报|超标)|煤烟中毒",
        "(?:烧炭|炭火|炭盆|煤炉|烧煤|热水器|壁挂炉|洗澡|发电机).{0,12}(?:晕|头疼|头痛|恶心|想吐|呕吐|倒了|没力气)",
        "(?:一家|全家|几个人|大家|都).{0,6}(?:头晕|头疼|头痛).{0,8}(?:恶心|想吐|吐|没力)",
        "carbon monoxide|co (?:poison|alarm|detector)",
        unless="触电|要不要装|装在|会中毒吗",
    ),
    _hazard(
        "gas-smell",
        "119",
        "(?:煤气|燃气|天然气|液化气|瓦斯|沼气).{0,5}(?:泄漏|泄露|漏|味|臭|报警|警报)|臭鸡蛋味|漏气了|漏煤气|漏燃气|漏天然气",
        "闻(?:到|见).{0,6}(?:煤气|燃气|天然气|液化气|瓦斯)|可燃气体?报警",
        "gas.{0,4}leak|smell.{0,8}gas|gas smell",
        unless="地震|肥皂水|怎么检查|漏不漏",
    ),
    _hazard(
        "fallen-power-line",
        "95598",
        "(?:高压线|电线|电缆|电线杆).{0,8}(?:掉|断|落|垂|倒|刮)|(?:掉|断).{0,4}(?:高压线|电线)",
        "power line.{0,12}(?:down|fall|fell)",
        unless="挑开|剪断|割断|台风",
    ),
    _hazard(
        "electric-shock-rescue",
        "120",
        "触电|感电|电击|(?<![停来充供发省])电到|电着人|电着了|电倒|电晕|电住|过电了|漏电.{0,3}(?:打|电|麻)|被电(?![动瓶视梯信脑话影])",
        "electric shock|electrocut",
        unless="积水里会不会",
    ),
    _hazard(
        "fall-through-ice",
        "119",
        "冰窟|冰(?:面|层|上|里).{0,8}(?:掉|落|破|裂|塌|碎)|掉.{0,3}冰(?:里|下|水)|fell through.{0,8}ice",
    ),
    _hazard(
        "car-in-water",
        "119",
        "车(?!间).{0,6}(?:掉|冲|沉|坠|落|开|栽).{0,3}(?:水|河|江|湖|海|池塘|水库)|车.{0,2}落水|car.{0,16}(?:water|river|lake|sink)",
        unless="熄火|积水|隧道|桥洞|underpass",
    ),
    _hazard(
        "drowning-rescue",
        "119",
        "溺水|落水|淹着|快淹|淹死|(?:掉|跌|摔|滑|冲|卷|栽|失足)(?:进|到|入|下|落)?(?:了)?WATER|跳(?:河|江)了|沉下去|drown",
        unless="(?:手机|电脑|钥匙|耳机|相机|手表|东西|证件|电器|插座).{0,4}(?:掉|进)|冰|会溺水|车",
    ),
    _hazard(
        "trapped",
        "119",
        "QUAKE.{0,12}(?:埋|压住|压在|困)",
        "(?:埋|压|困)(?:在|住)?.{0,4}QUAKE",
        "被埋(?!地|线|管)|trapped under|buried (?:under|alive)",
        unless="FIRE|火灾|烟|电梯|泥石流|雪",
    ),
    _hazard(
        "earthquake-indoor",
        "119",
        "地震了|正在地震|在地震|地震来了|(?:房子|楼|屋子|吊灯)(?:在|一直)晃|earthquake (?:now|happening)",
        unless="停了|过后|结束|以后|之后|外面|室外|户外|开车|车上|路上|街上|海边|山上|桥上|预警|手机响",
    ),
    _hazard("heatstroke", "120", "中暑|热射病|(?:热|晒)(?:晕|昏|倒)|heat ?stroke", unless="怎么知道|规定"),
    _hazard(
        "heavy-bleeding",
        "120",
        "大出血|(?:流血|出血|血).{0,4}(?:不止|止不住|停不|一直流|一直喷|喷|流个不停|涌)|止不住.{0,2}血|流.{0,2}(?:很多|好多|一地|大量)血",
        "(?:割|划|砍|刺).{0,3}(?:动脉|手腕)|动脉.{0,4}(?:破|断|出血)",
        "(?:heavy|severe|heavily|badly).{0,4}bleed|bleeding (?:heavily|badly|a lot|won't)|(?:won't|not) stop bleeding",
        unless="鼻|脑出血|胃出血",
    ),
    _hazard(
        "heimlich",
        "120",
        "噎|(?:卡|堵|呛).{0,4}(?:喉|嗓|气管)|异物.{0,4}(?:喉|气管)|卡住不能说话|卡住不能呼吸|chok(?:e|ing)",
        unless="鱼刺",
    ),
    _hazard(
        "smoke-escape",
        "119",
        "(?:火灾|着火|起火|失火|大火|浓烟|烟).{0,12}(?:困|出不去|跑不出|逃不出|堵|呛)|困.{0,8}(?:火|烟)|浓烟",
        "ROOM.{0,6}(?:FIRE|全是烟|都是烟|冒烟|进烟)",
        "HOUSE.{0,16}(?:fire|smoke)|(?:fire|smoke).{0,12}HOUSE|trapped.{0,16}(?:fire|smoke)",
        unless="电梯|灭火器|紧急电话|打什么电话|糊味|锅|忘关火|烧炭|炭火|防火|消防",
    ),
    _hazard(
        "how-to-call-119",
        "119",
        "(?:着火|起火|失火|着大火|起大火)(?:了|怎么办|咋办|咋整)|^(?:着火|起火|失火|冒烟)$",
        "(?:车|船|草|树|山|林|垃圾|货|柴|油漆|汽油|酒精).{0,4}(?:着火|起火|失火|烧起来)",
        "on fire|\\ba fire\\b(?! ext| drill| door)",
        unless="电梯|手机响|楼梯",
    ),
    _hazard(
        "cpr",
        "120",
        "昏迷|不省人事|(?:没|没有|停止|停了)呼吸|不呼吸|没气了|(?:没|没有)心跳|心跳.{0,2}停|心脏.{0,2}停|骤停|呼吸.{0,2}停|猝死",
        "(?:叫|喊|摇)不(?:醒|应)|失去意识|(?:没|没有)意识|意识不清|晕倒|昏倒|晕过去|昏过去|突然倒(?:下|地)|倒地不",
        "unconscious|not breathing|stopped breathing|cardiac arrest|no pulse|collapsed|passed out|fainted",
        unless="溺水|触电|池|煤气",
    ),
)
