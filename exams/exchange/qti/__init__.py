"""QTI 2.1, 2.2 and 3.0: items alone and in content packages. Source: 1EdTech, QTI 2.2.4 and 3.0 information models."""

from .packages import read, write

__all__ = ["read", "write"]
