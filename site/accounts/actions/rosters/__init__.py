"""What is done with a roster: handed in, read, decided on, taken in, removed in time."""
