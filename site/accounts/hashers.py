"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: the least that OWASP's Password Storage Cheat Sheet (2025) allows.

    About 25 ms of one core, so that twenty people a second can log in on two; Django's own default (100 MiB, eight
    lanes) takes a multiple. See docs/measurements.md.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
