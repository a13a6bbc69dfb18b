"""16,000 questions from one XLSX: read, compared, taken in, and the memory it takes. DATABASE_URL chooses where."""

from _machine import Watch, set_up

set_up()

import io
import json
import random
import time

from django.conf import settings
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from accounts.actions import roles
from accounts.enums import Role
from accounts.models import User
from exams.actions.importing import comparing, deciding, reading, taking
from exams.enums import ImportState
from exams.models import KnowledgePoint, QuestionImport, QuestionVersion

QUESTIONS = 16_000
WORDS = ("停电", "验电", "接地", "绝缘", "高压", "电缆", "熔断器", "检修", "安全带", "触电", "潮湿", "照明", "线路")
draw = random.Random(7)


def phrase(count: int) -> str:
    return "".join(draw.choice(WORDS) for _ in range(count))


def table() -> bytes:
    book = Workbook(write_only=True)
    book.create_sheet("填写说明").append(["请按要求填写"])
    sheet = book.create_sheet("题库")
    sheet.append(["某培训机构题库"])
    sheet.append(["序号", "题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "知识点", "难度", "依据"])
    for number in range(1, QUESTIONS + 1):
        stem = f"{number}、第{number}项{phrase(6)}作业时，下列做法正确的是（ ）。"
        options = [f"{phrase(3)}{letter}" for letter in "甲乙丙丁"]
        kind, answer = [("单选题", "B"), ("多选题", "ABD"), ("判断题", "√")][number % 3]
        options = options if kind != "判断题" else [""] * 4
        sheet.append([number, kind, stem, *options, answer, phrase(8), "K11", "中", "《安全生产法》第三十条"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def run() -> None:
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    by = User.objects.create_user(username="bench-author")
    roles.grant(user=by, role=Role.QUESTION_AUTHOR, by=None, now=timezone.now())
    point = KnowledgePoint.objects.filter(code="K11").select_related("operation").first()
    data, before = table(), QuestionVersion.objects.count()
    made = deciding.upload(
        operation=point.operation, filename="题库.xlsx", data=data, point=point, by=by, now=timezone.now()
    )
    started, cpu = time.perf_counter(), time.process_time()
    with Watch() as watch:
        reading.read(import_id=made.pk, clock=timezone.now)
    made = QuestionImport.objects.get(pk=made.pk)
    assert (made.state, made.read) == (ImportState.READ, QUESTIONS + 1), (made.state, made.read, made.fault)
    watch.tell(f"{QUESTIONS} questions read", f"{connection.vendor}, {len(data) / 1e6:.1f} MB XLSX")
    read_in, cpu_in = time.perf_counter() - started, time.process_time() - cpu
    with Watch() as watch:
        comparing.compare(import_id=made.pk, clock=timezone.now)
    watch.tell(f"{QUESTIONS} questions compared with the bank and each other", connection.vendor)
    deciding.confirm(import_id=made.pk, doubtful=True, alike=True, by=by, now=timezone.now())
    started, cpu = time.perf_counter(), time.process_time()
    with Watch() as watch:
        taking.take_in(import_id=made.pk, clock=timezone.now)
    made = QuestionImport.objects.get(pk=made.pk)
    assert (made.state, made.done) == (ImportState.DONE, QUESTIONS), (made.state, made.done)
    assert QuestionVersion.objects.count() == before + QUESTIONS
    watch.tell(f"{QUESTIONS} questions taken in", connection.vendor)
    total, cpu = read_in + time.perf_counter() - started, cpu_in + time.process_time() - cpu
    detail = f"{connection.vendor}; {cpu:.1f} s CPU; without the search for near-duplicates"
    row = {"name": f"{QUESTIONS} questions from XLSX, read and stored", "unit": "s", "value": round(total, 1)}
    print(json.dumps({**row, "detail": detail}), flush=True)


run()
