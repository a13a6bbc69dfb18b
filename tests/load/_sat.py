"""Attempts that were sat, thousands of them, stored in bulk from papers that were really drawn."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from accounts.enums import IdKind
from accounts.models import Person
from core.encryption import blind_index
from exams.actions.attempts import new_receipt
from exams.actions.papers import draw
from exams.enums import AttemptStatus
from exams.models import Admission, Answer, Attempt, Paper, PaperSlot, Result, Sitting
from exams.queries.keys import keyed_papers
from exams.queries.papers import right_response
from exams.rules.breakdown import pack
from exams.rules.grading import grade

PAPERS = 100  # drawn one by one; every candidate gets a copy of one
AT_ONCE = 200
PASS_MARK = 80


class Hall:
    """A sitting and what its candidates answer: two in three are right, one in twenty is none."""

    def __init__(self, sitting: Sitting, serial: int, now: datetime):
        self.sitting, self.serial, self.now, self.random = sitting, serial, now, Random(serial)
        papers = [draw(blueprint=sitting.blueprint, seed=seed, now=now).pk for seed in range(PAPERS)]
        self.keyed = list(keyed_papers(papers).values())
        self.slots = [list(PaperSlot.objects.filter(paper=paper).order_by("number")) for paper in papers]

    def hand_in(self, people: int) -> None:
        """Let ``people`` new persons hand in, with slots and answers as rows."""
        for attempts in self._attempts(people, AttemptStatus.SUBMITTED):
            slots, answers = [], []
            for attempt in attempts:
                which = self.random.randrange(PAPERS)
                slots += [self._copy(slot, attempt.paper_id) for slot in self.slots[which]]
                answers += [
                    Answer(attempt=attempt, slot=slot, response=given, marked=False, seq=1, saved_at=self.now)
                    for slot, given in self._answers(which).items()
                ]
            PaperSlot.objects.bulk_create(slots)
            Answer.objects.bulk_create(answers)

    def be_graded(self, people: int) -> None:
        """Let ``people`` new persons have results; statistics read nothing else."""
        for attempts in self._attempts(people, AttemptStatus.GRADED):
            results = []
            for attempt in attempts:
                which = self.random.randrange(PAPERS)
                score = grade(slots=self.keyed[which], answers=self._answers(which), pass_mark=PASS_MARK)
                results.append(
                    Result(
                        attempt=attempt,
                        number=1,
                        score=score.score,
                        full_marks=score.full_marks,
                        passed=score.passed,
                        breakdown=pack(score.slots),
                        graded_at=self.now,
                    )
                )
            Result.objects.bulk_create(results)

    def _answers(self, which: int) -> dict[int, str]:
        able = self.random.gauss(0.67, 0.15)
        given = {}
        for slot in self.keyed[which]:
            if self.random.random() < 0.95:
                knows = self.random.random() < able
                given[slot.number] = right_response(slot.key) if knows else self.random.choice("AB")
        return given

    def _attempts(self, people: int, status: AttemptStatus) -> Iterator[list[Attempt]]:
        for start in range(0, people, AT_ONCE):
            numbers = range(self.serial + start, self.serial + min(start + AT_ONCE, people))
            persons = Person.objects.bulk_create(self._person(number) for number in numbers)
            papers = Paper.objects.bulk_create(
                Paper(blueprint=self.sitting.blueprint, seed=number, drawn_at=self.now) for number in numbers
            )
            admissions = Admission.objects.bulk_create(
                Admission(sitting=self.sitting, person=person, ticket=f"B{person.pk}", admitted_at=self.now)
                for person in persons
            )
            yield Attempt.objects.bulk_create(
                self._attempt(admission, paper, status) for admission, paper in zip(admissions, papers, strict=True)
            )

    def _person(self, number: int) -> Person:
        return Person(
            name=f"甲{number}",
            id_kind=IdKind.RESIDENT,
            id_number=f"{number}",
            id_digest=blind_index(f"bench{number}"),
            created_at=self.now,
        )

    def _attempt(self, admission: Admission, paper: Paper, status: AttemptStatus) -> Attempt:
        end = self.now + timedelta(hours=2)
        return Attempt(
            id=uuid.uuid4(),
            admission=admission,
            person_id=admission.person_id,
            paper=paper,
            status=status,
            started_at=self.now,
            deadline=end,
            accepts_until=end,
            submitted_at=self.now,
            receipt=new_receipt(),
        )

    @staticmethod
    def _copy(slot: PaperSlot, paper_id: int) -> PaperSlot:
        return PaperSlot(
            paper_id=paper_id,
            number=slot.number,
            version_id=slot.version_id,
            kind=slot.kind,
            order=slot.order,
            width=slot.width,
            marks=slot.marks,
            scoring=slot.scoring,
        )
