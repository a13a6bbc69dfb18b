"""People, the organisations they belong to, and what they agreed to; one noun a file."""

from .consents import Consent, ErasureRequest, PrivacyNotice
from .organisations import District, Invitation, Membership, Organisation, OrganisationManager
from .persons import Person
from .rosters import RosterImport, RosterLine
from .users import User

__all__ = [
    "Consent",
    "District",
    "ErasureRequest",
    "Invitation",
    "Membership",
    "Organisation",
    "OrganisationManager",
    "Person",
    "PrivacyNotice",
    "RosterImport",
    "RosterLine",
    "User",
]
