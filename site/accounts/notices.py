"""What people are told about their account."""

KINDS = ()
