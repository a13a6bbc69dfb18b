"""Parts of addresses that are words of the house."""

from .enums import Purpose


class PurposeConverter:
    """A purpose of personal data: account, real_name, photo."""

    regex = "|".join(Purpose.values)

    def to_python(self, value: str) -> Purpose:
        return Purpose(value)

    def to_url(self, value: Purpose) -> str:
        return str(value)
