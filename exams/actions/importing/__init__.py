"""What is done with a file of questions: handed in, read, compared, decided on, taken in, approved, removed in time."""
