"""What domain calls refuse, as problems of the API."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from accounts.rules.identity import InvalidIdNumber
from clients.problems import Problem
from exams.actions import admissions, booking
from exams.actions.applications import filling, receiving
from exams.models import Application, Sitting
from exams.models.applications import WrongStatus
from exams.rules.composition import BankTooSmall


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the named exceptions of applying and booking into problems with stable codes."""
    try:
        yield
    except (Application.DoesNotExist, Sitting.DoesNotExist) as error:
        raise Problem(404, "not_found", _("There is no such thing, or it is not yours.")) from error
    except filling.NoRules as error:
        raise Problem(409, "no_rules", _("Nobody can apply for this operation today.")) from error
    except filling.NotEligible as error:
        reasons = [str(check.reason) for check in error.checks]
        raise Problem(409, "not_eligible", _("The conditions are not met."), reasons) from error
    except filling.Incomplete as error:
        reasons = [*(str(check.reason) for check in error.checks), *error.documents]
        raise Problem(409, "incomplete", _("Something is missing."), reasons) from error
    except WrongStatus as error:
        raise Problem(409, "wrong_status", _("It stands where this cannot be done.")) from error
    except admissions.RoomFull as error:
        raise Problem(409, "room_full", _("Every seat of this sitting is taken.")) from error
    except admissions.NotEligible as error:
        raise Problem(409, "not_eligible", str(error.reason)) from error
    except booking.BookingClosed as error:
        raise Problem(409, "booking_closed", _("Booking is closed; a seat you hold stays yours.")) from error
    except admissions.AlreadyStarted as error:
        raise Problem(409, "already_started", _("Your exam has begun or is over.")) from error
    except booking.WrongSitting as error:
        raise Problem(409, "wrong_sitting", _("This application cannot book that sitting.")) from error
    except BankTooSmall as error:
        raise Problem(409, "no_paper", _("No paper can be drawn for this sitting yet. Tell the bureau.")) from error
    except InvalidIdNumber as error:
        raise Problem(422, "bad_id_number", _("This id number cannot be right.")) from error
    except receiving.NameDiffers as error:
        raise Problem(409, "name_differs", _("Name and id number do not belong together.")) from error
