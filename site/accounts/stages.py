"""The steps of a log-in that differ from allauth's."""

from allauth.account.stages import PhoneVerificationStage


class PhoneStage(PhoneVerificationStage):
    """Registration wants a phone number, but staff and people whom the bureau registered may have none and log in."""

    def handle(self):
        user = self.login.user
        return (None, True) if user and not user.phone else super().handle()
