"""The exam domain as JSON: for candidates' own programs, and for the platforms of other houses."""
