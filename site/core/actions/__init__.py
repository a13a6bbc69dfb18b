"""What the kernel writes: the audit trail, and what retention takes away."""
