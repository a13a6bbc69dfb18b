"""What the base template needs on every page."""

CARE_COOKIE = "care"


def look(request) -> dict:
    """Return ``care``: whether this visitor chose the care mode (长辈版)."""
    return {"care": request.COOKIES.get(CARE_COOKIE) == "1"}
