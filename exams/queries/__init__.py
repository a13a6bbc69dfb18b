"""Reading the exam domain."""
