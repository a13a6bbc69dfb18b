"""The one reader of the environment. Each value read is listed in docs/operations.md."""

import environ

env = environ.Env()
