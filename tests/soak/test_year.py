"""A year of twenty patients: no day unexplained, no prompt dropped, the message budget never exceeded."""

from storage.store import Store
from tests.lives import account_for, live, several
from tests.world import a_world

_DAYS = 365


async def test_a_year_of_twenty_patients_leaves_no_day_unexplained(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    async with a_world(store) as world:
        lives = await several(world, seed=365)
        await live(world, lives, _DAYS, say=lambda words: print(f"\r{words}", end="", flush=True))
        accounts = [await account_for(world, life) for life in lives]
    await store.close()
    doses, prompts, counted = (
        sum(getattr(account, name) for account in accounts) for name in ("doses", "prompts", "counted")
    )
    print(f"\n20 patients, {_DAYS} days: {doses} doses, {prompts} prompts, {counted} counted messages")
    assert doses >= 20 * 300
    assert prompts >= 20 * 60
