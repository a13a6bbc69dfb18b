"""The knowledge base: approved articles, their passages, the index and retrieval."""
