"""Pages on which an administrator gives programs of other houses access, and sees what they were told."""
