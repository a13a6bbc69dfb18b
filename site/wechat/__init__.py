"""The official-account gateway: callback, crypto, messages."""
