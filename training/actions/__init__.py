"""What may be done in training: enrol, study, load the seeded courses."""
