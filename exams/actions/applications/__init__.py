"""What happens to an application: filled in and submitted by its candidate, decided by an officer."""
