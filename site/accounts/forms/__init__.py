"""Forms of people's own affairs: how they come in, and what they tell about themselves."""
