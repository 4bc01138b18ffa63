"""Ten varied patients for ten days; a year of twenty is lived under `make soak`."""

from storage.store import Store
from tests.lives import account_for, live, several
from tests.world import a_world


async def test_ten_days_of_ten_patients_leave_no_day_unexplained(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    async with a_world(store) as world:
        lives = await several(world, seed=20260302, count=10)
        await live(world, lives, days=10)
        accounts = [await account_for(world, life) for life in lives]
    await store.close()
    assert sum(account.doses for account in accounts) >= 10 * 9
    assert sum(account.prompts for account in accounts) >= 40
    assert sum(account.counted for account in accounts) >= 15
