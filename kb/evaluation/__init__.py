"""How good retrieval is, measured on our own questions."""
