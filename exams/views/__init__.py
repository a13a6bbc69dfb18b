"""Pages and endpoints of the exam domain."""
