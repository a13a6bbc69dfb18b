"""What happens to a follower's message: received, answered, delivered now or later."""
