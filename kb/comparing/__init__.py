"""Articles side by side: which are nearly the same, which give different numbers for the same thing. Pure."""
