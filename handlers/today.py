"""`/today`: where the patient stands."""

from handlers.screens import today as screens
from handlers.turn import Turn
from services.today import today_of


async def show(turn: Turn) -> None:
    """The day as the record stands now."""
    today = await today_of(turn.tx, turn.someone, turn.treated, turn.now)
    turn.say(screens.page(turn.texts, turn.someone, turn.treated, today, turn.now))
