"""What every test can ask for: an empty database of either kind, and a world of people over the sandbox."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage.encryption import new_key, use_keys
from storage.store import Store
from tests import postgres
from tests.world import World, a_world

KEYS = [new_key()]


def missing(sentence: str) -> None:
    """Skip with a sentence; where `CI` is set nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(autouse=True)
def _keys() -> None:
    use_keys(KEYS)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str | None]:
    with postgres.server() as url:
        yield url


async def _execute(url: str, *statements: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()


_template_made: set[str] = set()


@pytest.fixture
async def postgres_url(postgres_server: str | None) -> AsyncIterator[str]:
    """An empty, migrated database of its own on a real PostgreSQL."""
    if postgres_server is None:
        missing(postgres.MISSING)
    assert postgres_server is not None
    template = make_url(postgres_server).set(database="ldn_template")
    if postgres_server not in _template_made:
        await _execute(
            postgres_server, "DROP DATABASE IF EXISTS ldn_template", "CREATE DATABASE ldn_template"
        )
        store = await Store.open(template.render_as_string(hide_password=False))
        await store.close()
        _template_made.add(postgres_server)
    name = f"ldn_test_{os.getpid()}"
    await _execute(
        postgres_server, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} TEMPLATE ldn_template"
    )
    yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    await _execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: migrating takes longer than most tests."""
    import asyncio

    path = tmp_path_factory.mktemp("template") / "bot.db"

    async def make() -> None:
        use_keys(KEYS)
        await (await Store.open(f"sqlite:///{path}")).close()

    asyncio.run(make())
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    target = tmp_path / "bot.db"
    target.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{target}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    opened = await Store.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """Open enrolment, Monday 2 March 2026, 18:00 in Lisbon; once on each kind of database."""
    opened = await Store.open(database_url)
    try:
        async with a_world(opened) as made:
            yield made
    finally:
        await opened.close()
