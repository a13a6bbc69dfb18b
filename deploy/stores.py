"""PostgreSQL and Redis for the tests: the ones named in the environment or on this machine, or else private ones."""

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import debian
from steps import Step, Stop

POSTGRES_FOLDERS = ["usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin"]
USED = range(4)  # broker, cache, channel layer, and the cache of the second of two test processes
OUR_KEYS = ["_kombu.*", "celery*", "unacked*", "asgi*", ":1:*"]


@contextlib.contextmanager
def database(step: Step) -> Iterator[str]:
    """Yield the URL of a fresh PostgreSQL database, dropped afterwards.

    :raises Stop: none was found and none could be started.
    """
    import psycopg
    from psycopg import sql

    with contextlib.ExitStack() as stack:
        server = _postgres_found() or stack.enter_context(_private_postgres(step))
        name = f"xuehui_yingji_{os.getpid()}_{int(time.time())}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                # pytest-django and xdist derive test_<name>_gw0 from it; an interrupted run leaves those behind.
                rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"%{name}%"])
                for (made,) in rows.fetchall():
                    connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(made)))


@contextlib.contextmanager
def redis(step: Step) -> Iterator[str]:
    """Yield the URL of a Redis server, without a database number.

    One found on this machine is used only if the databases we write to are empty, and is left empty again.
    """
    named = os.environ.get("REDIS_URL")
    if named:
        if not _redis_sizes(named):
            raise Stop("REDIS_URL names a Redis that does not answer.")
        yield named
        return
    local = "redis://127.0.0.1:6379"
    if _redis_sizes(local) == [0] * len(USED):
        try:
            yield local
        finally:
            _clean_redis(local)
        return
    with _private_redis(step) as private:
        yield private


def _postgres_found() -> str | None:
    import psycopg

    named = os.environ.get("DATABASE_URL")
    host = "127.0.0.1:5432/postgres"
    for url in [named] if named else [f"postgresql://postgres@{host}", f"postgresql://{getpass.getuser()}@{host}"]:
        try:
            with psycopg.connect(url, connect_timeout=3) as connection:
                row = connection.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
        except psycopg.Error as error:
            if named:
                raise Stop(f"DATABASE_URL names a PostgreSQL that does not answer: {error}".splitlines()[0]) from error
            continue
        if row and row[0]:
            return url
        if named:
            raise Stop("The user in DATABASE_URL may not create databases; the tests need a fresh one.")
    return None


@contextlib.contextmanager
def _private_postgres(step: Step) -> Iterator[str]:
    if not (programs := _postgres_programs()):
        debian.install(step, "postgresql", needed_for="PostgreSQL")
        programs = _postgres_programs()
    owner = _unprivileged()
    with tempfile.TemporaryDirectory(prefix="xuehui-postgres-") as folder:
        if owner:
            shutil.chown(folder, owner["user"])
        data, port = f"{folder}/data", _free_port()
        flags = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run([programs / "initdb", "-D", data, *flags], check=True, capture_output=True, cwd=folder, **owner)
        options = ["-D", data, "-p", str(port), "-k", folder, "-h", "127.0.0.1", "-c", "fsync=off"]
        with _process([str(programs / "postgres"), *options], signal.SIGINT, cwd=folder, **owner) as process:
            _wait_for(port, process, "PostgreSQL")
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def _private_redis(step: Step) -> Iterator[str]:
    if not shutil.which("redis-server"):
        debian.install(step, "redis-server", needed_for="Redis")
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="xuehui-redis-") as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with _process(["redis-server", *options], signal.SIGTERM, cwd=folder) as process:
            _wait_for(port, process, "Redis")
            yield f"redis://127.0.0.1:{port}"


@contextlib.contextmanager
def _process(command: list[str], ending: signal.Signals, **options: object) -> Iterator[subprocess.Popen]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    with subprocess.Popen(command, **quiet, **options) as process:
        try:
            yield process
        finally:
            process.send_signal(ending)


def _postgres_programs() -> Path | None:
    """Return the folder of initdb and postgres, the newest where there are several."""
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for pattern in POSTGRES_FOLDERS:
        folders += sorted(Path("/").glob(pattern), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _unprivileged() -> dict[str, object]:
    """Return the Popen options of someone who may start PostgreSQL, which refuses to run as root."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def _wait_for(port: int, process: subprocess.Popen, name: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise Stop(f"A private {name} could not be started.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _redis_sizes(url: str) -> list[int]:
    """Return how many keys each of the databases we use holds; empty when it does not answer."""
    import redis as client

    try:
        return [client.Redis.from_url(f"{url}/{number}", socket_timeout=3).dbsize() for number in USED]
    except client.RedisError:
        return []


def _clean_redis(url: str) -> None:
    import redis as client

    for number in USED:
        connection = client.Redis.from_url(f"{url}/{number}")
        for pattern in OUR_KEYS:
            if keys := list(connection.scan_iter(pattern)):
                connection.delete(*keys)
