"""The exam domain's data, one noun a file."""

from .admissions import Admission
from .applications import Application, ApplicationDocument
from .attempts import Answer, Attempt, LateAnswer, Result
from .bank import Case, CaseVersion, KnowledgePoint, NearDuplicate, Option, Question, QuestionVersion
from .certificate_acts import CertificateEvent, CertificateProposal, CertificateReminder, CertificateReview
from .certificate_jobs import CertificateBatch, CertificateBatchLine, CertificateImport, CertificateImportLine
from .certificates import Certificate, CertificateSeries
from .credentials import Credential
from .drawings import BankState, Drawing
from .duplicate_searches import DuplicateSearch
from .duties import SittingDuty
from .exchange import ImportItem, QuestionImport
from .invigilation import Allowance, Incident, IntegrityEvent, Presence, SittingMessage
from .manual_entries import ManualEntry
from .operations import Category, Operation, OperationRule, PracticalSubject, Scheme
from .papers import Blueprint, BlueprintRow, Paper, PaperSlot
from .practical_sessions import DrawnTask, PracticalSession
from .practical_tasks import ChecklistItem, PracticalTask, VetoItem
from .practicals import Practical, PracticalMark
from .practice import PracticeAnswer, PracticeItem
from .results import AnomalyHint, Appeal, KeyChange, VersionStatistic
from .score_sheets import EvidencePhoto, ItemMark, ScoreSheet, VetoMark
from .sittings import ExamPoint, Room, Sitting
from .sources import LegalSource, StemMedia

__all__ = [
    "Admission",
    "Allowance",
    "AnomalyHint",
    "Answer",
    "Appeal",
    "Application",
    "ApplicationDocument",
    "Attempt",
    "BankState",
    "Blueprint",
    "BlueprintRow",
    "Case",
    "CaseVersion",
    "Category",
    "Certificate",
    "CertificateBatch",
    "CertificateBatchLine",
    "CertificateEvent",
    "CertificateImport",
    "CertificateImportLine",
    "CertificateProposal",
    "CertificateReminder",
    "CertificateReview",
    "CertificateSeries",
    "ChecklistItem",
    "Credential",
    "Drawing",
    "DrawnTask",
    "DuplicateSearch",
    "EvidencePhoto",
    "ExamPoint",
    "ImportItem",
    "Incident",
    "IntegrityEvent",
    "ItemMark",
    "KeyChange",
    "KnowledgePoint",
    "LateAnswer",
    "LegalSource",
    "ManualEntry",
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
    "PracticeAnswer",
    "PracticeItem",
    "Presence",
    "Question",
    "QuestionImport",
    "QuestionVersion",
    "Result",
    "Room",
    "Scheme",
    "ScoreSheet",
    "Sitting",
    "SittingDuty",
    "SittingMessage",
    "StemMedia",
    "VersionStatistic",
    "VetoItem",
    "VetoMark",
]
