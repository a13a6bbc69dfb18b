"""Tags of the knowledge base's pages."""
