"""What keeps a file from being read."""


class Unreadable(Exception):
    """The file is no table, or none that can be read; ``code`` says why, callers have the words."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
