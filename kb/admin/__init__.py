"""The knowledge base's own pages of the administration."""
