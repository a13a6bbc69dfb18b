"""What may be done in the exam domain; the only writers of its rows."""
