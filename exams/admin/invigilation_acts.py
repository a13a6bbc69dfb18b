"""The acts of the invigilator's console: each a form, one call, and what to say afterwards."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import attempts, emergency, invigilation, invigilation_ending, invigilation_time
from exams.documents.emergency import MAX_BYTES, BadFile
from exams.queries.invigilation import sittings_of

from . import invigilation_forms as forms


class Refused(Exception):
    """What the invigilator is told instead."""


def _people(count: int) -> str:
    return ngettext("%(count)s candidate", "%(count)s candidates", count) % {"count": count}


def start_room(form, **who):
    return _("Started: %(who)s.") % {"who": _people(invigilation_time.start_room(**who))}


def give_time(form, **who):
    data = form.cleaned_data
    given = invigilation_time.give_time(
        seconds=60 * data["minutes"], reason=data["reason"], attempt_id=data["attempt"], **who
    )
    return _("%(minutes)s minutes given to %(who)s.") % {"minutes": data["minutes"], "who": _people(given)}


def make_up(form, **who):
    since, until = form.interval(who["now"])
    given = invigilation_time.make_up_for(since=since, until=until, reason=form.cleaned_data["reason"], **who)
    return _("The interruption was made up for: %(who)s.") % {"who": _people(given)}


def pause(form, **who):
    data = form.cleaned_data
    stopped = invigilation_time.pause(reason=data["reason"], attempt_id=data["attempt"], **who)
    return _("Paused: %(who)s.") % {"who": _people(stopped)}


def resume(form, **who):
    return _("Resumed: %(who)s.") % {
        "who": _people(invigilation_time.resume(attempt_id=form.cleaned_data["attempt"], **who))
    }


def hand_in(form, **who):
    data = form.cleaned_data
    attempt = invigilation_ending.force_submit(attempt_id=data["attempt"], reason=data["reason"], **who)
    return _("Handed in, receipt %(receipt)s.") % {"receipt": attempt.receipt}


def void(form, **who):
    data = form.cleaned_data
    invigilation_ending.void(attempt_id=data["attempt"], reason=data["reason"], **who)
    return _("The attempt is voided.")


def move_seat(form, **who):
    data = form.cleaned_data
    admission = invigilation.move_seat(attempt_id=data["attempt"], seat=data["seat"], **who)
    return _("Seat %(seat)s.") % {"seat": admission.seat}


def release(form, **who):
    invigilation.release_device(attempt_id=form.cleaned_data["attempt"], **who)
    return _("Released: the next device that opens the exam goes on with it.")


def message(form, **who):
    data = form.cleaned_data
    invigilation.say(text=data["text"], attempt_id=data["attempt"], **who)
    return _("Sent.")


def incident(form, **who):
    data = form.cleaned_data
    invigilation.note_incident(kind=data["kind"], text=data["text"], attempt_id=data["attempt"], **who)
    return _("Written into the record.")


def check_in(form, **who):
    data = form.cleaned_data
    invigilation.check_in(admission_id=data["admission"], undo=data["undo"], **who)
    return _("The check-in was taken back.") if data["undo"] else _("Checked in.")


def emergency_file(form, **who):
    """Return what is in the file as the answer's ``look``, too."""
    data = form.cleaned_data
    content = data["file"].read(MAX_BYTES + 1)
    look = emergency.take_in(content=content, apply=data["apply"], **who)
    return _look_text(look), {
        "newer": look.newer,
        "applied": look.done,
        "takes_answers": look.takes_answers,
        "ticket": look.ticket,
    }


def _look_text(look: emergency.Look) -> str:
    told = _("%(name)s, ticket %(ticket)s: %(newer)s newer answers, %(older)s not newer, %(bad)s unreadable.") % {
        "name": look.name,
        "ticket": look.ticket,
        "newer": look.newer,
        "older": look.older,
        "bad": look.bad,
    }
    if not look.newer:
        return told
    if look.takes_answers:
        return told + " " + (_("They were taken in.") if look.done else _("They will count."))
    return (
        told
        + " "
        + (
            _("They were kept as evidence for an appeal.")
            if look.done
            else _("The exam is over: they will be kept as evidence for an appeal, and not scored.")
        )
    )


ACTS = {
    "start": (forms.forms.Form, start_room),
    "time": (forms.TimeForm, give_time),
    "make-up": (forms.InterruptionForm, make_up),
    "pause": (forms.ReasonForm, pause),
    "resume": (forms.OneForm, resume),
    "hand-in": (forms.ThatOneReasonForm, hand_in),
    "void": (forms.ThatOneReasonForm, void),
    "seat": (forms.SeatForm, move_seat),
    "release": (forms.ThatOneForm, release),
    "message": (forms.MessageForm, message),
    "incident": (forms.IncidentForm, incident),
    "check-in": (forms.CheckInForm, check_in),
    "emergency": (forms.EmergencyForm, emergency_file),
}


@require_POST
@role_required(Role.INVIGILATOR, Role.EXAM_OFFICER)
def act(request, sitting_id: int, name: str):
    """Do one act in a sitting on duty; the answer says what happened, or why nothing did."""
    get_object_or_404(sittings_of(request.user), pk=sitting_id)
    if name not in ACTS:
        raise Http404
    form_class, perform = ACTS[name]
    form = form_class(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    try:
        told = _perform(perform, form, sitting_id=sitting_id, by=request.user, now=request.now)
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=409)
    text, look = told if isinstance(told, tuple) else (told, None)
    return JsonResponse({"message": text, **({"look": look} if look else {})})


def _perform(perform, form, **who):
    try:
        return perform(form, **who)
    except (ObjectDoesNotExist, invigilation.NotOnDuty) as missing:
        raise Http404 from missing
    except attempts.NotAllowed as refused:
        raise Refused(refused.reason) from refused
    except invigilation.SeatTaken as refused:
        raise Refused(_("There is no such seat in this room, or somebody sits there.")) from refused
    except invigilation.NotPossible as refused:
        raise Refused(_("The state of this exam does not allow it. Look at the grid again.")) from refused
    except invigilation_time.NothingToGive as refused:
        raise Refused(_("There is nobody to give time to, or the minutes were given back before.")) from refused
    except BadFile as refused:
        raise Refused(_("This is no emergency file of this platform, or it was changed.")) from refused
    except emergency.OtherSitting as refused:
        raise Refused(_("This file belongs to an exam in another sitting.")) from refused
