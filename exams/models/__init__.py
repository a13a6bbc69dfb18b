"""The exam domain's data, one noun a file."""

from .admissions import Admission
from .attempts import Answer, Attempt, LateAnswer, Result
from .bank import Case, CaseVersion, KnowledgePoint, NearDuplicate, Option, Question, QuestionVersion
from .certificates import Certificate
from .duplicate_searches import DuplicateSearch
from .exchange import ImportItem, QuestionImport
from .operations import Category, Operation, OperationRule, PracticalSubject, Scheme
from .papers import Blueprint, BlueprintRow, Paper, PaperSlot
from .practicals import Practical, PracticalMark
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
    "DuplicateSearch",
    "ExamPoint",
    "ImportItem",
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
    "PracticalSubject",
    "Question",
    "QuestionImport",
    "QuestionVersion",
    "Result",
    "Room",
    "Scheme",
    "Sitting",
    "StemMedia",
]
