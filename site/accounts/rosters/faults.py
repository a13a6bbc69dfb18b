"""What keeps a file from being read."""


class Unreadable(Exception):
    """The file is none, or no roster; ``code`` is a key of ``rules.rosters.reasons.FILE``."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
