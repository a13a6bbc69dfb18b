"""One whole database in a file and back: SQLite's online backup, PostgreSQL's pg_dump and pg_restore."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection


class DatabaseRefused(Exception):
    """The database's own program failed; its words are the message."""


def is_empty() -> bool:
    """Say whether the database has no table yet."""
    return not connection.introspection.table_names()


def dump(target: Path) -> None:
    """Write a consistent copy of the database to ``target`` while others go on working."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_sqlite_file())) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(source: Path, *, replace: bool) -> None:
    """Put the copy in the place of the database: all of it or, where that fails, nothing."""
    connection.close()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(_sqlite_file())) as target:
            copy.backup(target)
    else:
        options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _run("pg_restore", *options, *(["--clean", "--if-exists"] if replace else []), str(source))


def _sqlite_file() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    """Run a client program of PostgreSQL on our database; the password goes through the environment, never the line."""
    settings = connection.settings_dict
    given = {"--host": settings["HOST"], "--port": settings["PORT"], "--username": settings["USER"]}
    where = [f"{name}={value}" for name, value in given.items() if value]
    where += [f"--dbname={settings['NAME']}"]
    environment = {**os.environ, **({"PGPASSWORD": settings["PASSWORD"]} if settings["PASSWORD"] else {})}
    try:
        command = [program, *where, "--no-password", *arguments]
        subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603  (all of it is ours)
    except FileNotFoundError as error:
        raise DatabaseRefused(f"{program} is not installed") from error
    except subprocess.CalledProcessError as error:
        raise DatabaseRefused(error.stderr.decode(errors="replace").strip()[-500:]) from error
