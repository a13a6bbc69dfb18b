"""Serve ordinary HTTP by WSGI workers: ``python deploy/serve_http.py [port]``; sockets and streams stay with uvicorn.

WEB_WORKERS says how many processes there are (2), WEB_THREADS how many requests each answers at once (4).
"""

import os
import sys

from granian import Granian
from granian.constants import Interfaces


def serve(port: int) -> None:
    """Run the workers until they are told to stop."""
    Granian(
        "config.wsgi:application",
        address=os.environ.get("WEB_HOST", "127.0.0.1"),
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("WEB_WORKERS", "2")),
        blocking_threads=int(os.environ.get("WEB_THREADS", "4")),
        backlog=4096,
        backpressure=2048,
        respawn_failed_workers=True,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    serve(int(sys.argv[1]) if len(sys.argv) > 1 else 8002)
