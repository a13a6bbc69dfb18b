"""How often articles are shown as answers and what is said of them: told by whatever answers (KB_ARTICLE_USE)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Use:
    """Of one article in a span of time: answers shown, those found helpful or not, why not, those in a danger card."""

    shown: int = 0
    helped: int = 0
    not_helped: int = 0
    danger: int = 0
    complaints: Mapping[str, int] = field(default_factory=dict)

    @property
    def helpful(self) -> float | None:
        """Share of those judged that helped, in [0, 1]; None where nobody judged."""
        judged = self.helped + self.not_helped
        return self.helped / judged if judged else None

    @property
    def danger_share(self) -> float:
        """Share of the answers that were danger cards, in [0, 1]."""
        return self.danger / self.shown if self.shown else 0.0


UNUSED = Use()


def use_of_articles(*, since: datetime, slugs: list[str] | None = None) -> Mapping[str, Use]:
    """Return the use of articles by address since the moment; one that was not shown is missing."""
    path = settings.KB_ARTICLE_USE
    return import_string(path)(since=since, slugs=slugs) if path else {}
