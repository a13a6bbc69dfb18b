"""The exam domain's data, one noun a file."""

from .admissions import Admission
from .attempts import Answer, Attempt, LateAnswer, Result
from .bank import Case, CaseVersion, KnowledgePoint, NearDuplicate, Option, Question, QuestionVersion
from .certificates import Certificate
from .operations import Category, Operation, OperationRule, PracticalSubject, Scheme
from .papers import Blueprint, BlueprintRow, Paper, PaperSlot
from .practical_sessions import DrawnTask, PracticalSession
from .practical_tasks import ChecklistItem, PracticalTask, VetoItem
from .practicals import Practical, PracticalMark
from .score_sheets import EvidencePhoto, ItemMark, ScoreSheet, VetoMark
from .sittings import ExamPoint, Room, Sitting
from .sources import LegalSource, StemMedia

__all__ = [
    "Admission",
    "Answer",
    "Attempt",
    "Blueprint",
    "BlueprintRow",
    "Case",
    "CaseVersion",
    "Category",
    "Certificate",
    "ChecklistItem",
    "DrawnTask",
    "EvidencePhoto",
    "ExamPoint",
    "ItemMark",
    "KnowledgePoint",
    "LateAnswer",
    "LegalSource",
    "NearDuplicate",
    "Operation",
    "OperationRule",
    "Option",
    "Paper",
    "PaperSlot",
    "Practical",
    "PracticalMark",
    "PracticalSession",
    "PracticalSubject",
    "PracticalTask",
    "Question",
    "QuestionVersion",
    "Result",
    "Room",
    "Scheme",
    "ScoreSheet",
    "Sitting",
    "StemMedia",
    "VetoItem",
    "VetoMark",
]
