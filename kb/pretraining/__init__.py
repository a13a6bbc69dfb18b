"""How the bundled encoder (``kb/model``) is made from public texts: a developer's work, never done at set-up."""
