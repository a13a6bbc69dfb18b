"""What an API says when it does not do what was asked: a stable code, a sentence, and the reasons."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError


class ProblemOut(Schema):
    """``code`` is for programs and stays the same; ``message`` and ``reasons`` are for people."""

    code: str
    message: str
    reasons: list[str] = []


class Problem(Exception):
    """The request is answered with ``status`` and what is wrong."""

    def __init__(self, status: int, code: str, message: str, reasons: Sequence[str] = ()):
        super().__init__(code)
        self.status, self.code, self.message, self.reasons = status, code, message, list(reasons)


def answer_problems(api: NinjaAPI) -> None:
    """Let ``api`` answer each problem, and what Ninja itself refuses, in one form."""

    @api.exception_handler(Problem)
    def problem(request, raised):
        told = {"code": raised.code, "message": str(raised.message), "reasons": raised.reasons}
        return api.create_response(request, told, status=raised.status)

    @api.exception_handler(AuthenticationError)
    def unknown(request, raised):
        told = {"code": "unknown_caller", "message": _("Log in, or send a key that counts."), "reasons": []}
        return api.create_response(request, told, status=401)

    @api.exception_handler(ValidationError)
    def invalid(request, raised):
        reasons = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in raised.errors]
        told = {
            "code": "invalid",
            "message": _("The request has fields that are missing or wrong."),
            "reasons": reasons,
        }
        return api.create_response(request, told, status=422)
