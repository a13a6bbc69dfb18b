"""What the room reads: a conversation as its device sees it, the desk, what is offered, what triage goes by."""
