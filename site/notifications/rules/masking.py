"""Addresses as a screen may show them. Pure."""


def mask_phone(phone: str) -> str:
    """Return a number with its last four digits and, where it is long enough, its first three: 138****0000."""
    local = phone.removeprefix("+86")
    return f"{local[:3]}****{local[-4:]}" if len(local) >= 11 else f"****{local[-4:]}" if len(local) > 6 else "****"


def mask_email(email: str) -> str:
    """Return an address with the first character of its name and the whole domain."""
    name, at, domain = email.rpartition("@")
    return f"{name[:1]}***{at}{domain}" if at else "***"
