"""Twenty varied patients for two weeks; the whole year is lived under `make soak`."""

from storage.store import Store
from tests.lives import account_for, live, twenty
from tests.world import a_world


async def test_two_weeks_of_twenty_patients_leave_no_day_unexplained(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    async with a_world(store) as world:
        lives = await twenty(world, seed=20260302)
        await live(world, lives, days=14)
        accounts = [await account_for(world, life) for life in lives]
    await store.close()
    assert sum(account.doses for account in accounts) >= 20 * 13
    assert sum(account.prompts for account in accounts) >= 150
    assert sum(account.counted for account in accounts) >= 40
