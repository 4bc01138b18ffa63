"""A world on SQLite alone: what is tested here does not depend on the database."""

from collections.abc import AsyncIterator

import pytest

from storage.store import Store
from tests.world import World, a_world


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[Store]:
    opened = await Store.open(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_world(sqlite_store: Store) -> AsyncIterator[World]:
    async with a_world(sqlite_store) as made:
        yield made
