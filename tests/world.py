"""People and a clock over the sandbox: the whole bot runs, only the network and the clock are pretended."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

from bot.app import Companion, companion
from bot.clock import SetClock
from bot.metrics import Metrics
from bot.settings import Settings
from clinical.amount import parse_amount_ug
from clinical.localtime import load_zone
from sandbox import Message, Person, Telegram
from sandbox.inprocess import SandboxRequest
from services import agenda, clinics, kinds
from services.clinics import InvitedPlan
from storage import doses, outbox, people
from storage.records import Dose
from storage.store import Store

OPERATOR = 9001
T0 = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)  # a Monday


class Someone:
    """A person with a phone: types, taps and looks. Texts are compared without their markup."""

    def __init__(self, world: "World", person: Person) -> None:
        self.world = world
        self.phone = person

    async def says(self, text: str) -> None:
        self.phone.say(text)
        await self.world.settle()

    async def starts(self, payload: str | None = None) -> None:
        self.phone.start(payload)
        await self.world.settle()

    async def taps(self, label: str, on: Message | None = None) -> None:
        """Tap the newest button of that label, or the one on an older message that was kept."""
        self.phone.tap(label, on=on)
        await self.world.settle()

    def keeps(self) -> Message:
        """The bot's newest message as it looks now: an old phone may still show it."""
        assert self.phone.last is not None
        return self.phone.last.copy()

    def sees(self, *parts: str, buttons: Sequence[str] | None = None) -> Message:
        """The bot's newest message holds every part, and has exactly these buttons where they are given."""
        last = self.phone.last
        assert last is not None, "the bot has written nothing"
        for part in parts:
            assert part in last.body, f"not seen: {part!r}\n{last.body}"
        if buttons is not None:
            assert last.labels == list(buttons)
        return last

    def saw(self, part: str) -> Message:
        """Some message of the bot holds the part."""
        found = [message for message in self.phone.received if part in message.body]
        assert found, f"never seen: {part!r}\n" + "\n---\n".join(one.body for one in self.phone.received)
        return found[-1]

    def never_saw(self, part: str) -> None:
        assert not [message.body for message in self.phone.received if part in message.body]

    def count(self, part: str) -> int:
        """How many messages of the bot hold the part."""
        return sum(part in message.body for message in self.phone.received)

    @contextlib.contextmanager
    def silence(self) -> "contextlib.Iterator[None]":
        """Nothing new arrives meanwhile."""
        before = len(self.phone.received)
        yield
        assert [one.body for one in self.phone.received[before:]] == []


class World:
    """A bot, its people and its clock. `at` moves the clock through every event on the way."""

    def __init__(self, bot: Companion, telegram: Telegram, clock: SetClock) -> None:
        self.bot = bot
        self.telegram = telegram
        self.clock = clock
        self._ids = iter(range(1001, 9999))

    @property
    def store(self) -> Store:
        return self.bot.store

    async def settle(self) -> None:
        """Handle what came in and send what is due, until nothing moves."""
        for _ in range(30):
            handled = await self.bot.poller.run_once()
            before = len(self.telegram.calls)
            await self.bot.run_once()
            if not handled and len(self.telegram.calls) == before:
                return
        raise AssertionError("the bot does not come to rest")

    async def at(self, when: datetime | str, zone: str = "Europe/Lisbon") -> None:
        """Move the clock to a local time (or an instant), stopping at everything that falls due before."""
        target = (
            when
            if isinstance(when, datetime)
            else datetime.fromisoformat(when).replace(tzinfo=load_zone(zone)).astimezone(UTC)
        )
        assert target >= self.clock.at, "time only goes forward here"
        while True:
            async with self.store.read() as tx:
                following = await agenda.next_event_at(tx, self.clock.at)
            if following is None or following > target:
                break
            self.clock.at = following
            await self.settle()
        self.clock.at = target
        await self.settle()

    async def later(self, **delta: float) -> None:
        await self.at(self.clock.at + timedelta(**delta))

    def newcomer(self, name: str, language: str = "en") -> Someone:
        return Someone(self, self.telegram.person(next(self._ids), name, language))

    def operator(self) -> Person:
        """Whoever runs the bot, as OPERATOR_CHAT_ID names them."""
        person = self.telegram.person(OPERATOR, "Operator")
        person.start()
        return person

    async def doses(self, someone: Someone) -> list[Dose]:
        """The patient's doses as they stand in the record, earliest first."""
        async with self.store.read() as tx:
            person = await people.person_by_telegram_id(tx, someone.phone.id)
            assert person is not None
            patient = await people.patient_of(tx, person.id)
            assert patient is not None
            return await doses.doses(tx, patient.id)

    async def clinician(
        self, name: str, clinic: str = "Harbour Pain Clinic", *, test_alert: bool = False
    ) -> Someone:
        """Somebody who has joined a clinic through a link of the command line.

        Their first test alert is left out, unless it is what is tested.
        """
        async with self.store.write() as tx:
            try:
                found = await clinics.clinic_named(tx, clinic)
            except clinics.NoSuchClinic:
                found = await clinics.add_clinic(tx, clinic, "Europe/Lisbon", self.clock.at)
            token = await clinics.invite_clinician(tx, found.id, self.clock.at, by="test")
        someone = self.newcomer(name)
        await someone.starts(token)
        someone.sees("Welcome. You now read for")
        if not test_alert:
            async with self.store.write() as tx:
                person = await people.person_by_telegram_id(tx, someone.phone.id)
                assert person is not None
                await outbox.withdraw_from(tx, person.id, (kinds.TEST_ALERT,), "left out")
        return someone

    async def invite(self, clinician: Someone, mg: str = "1.5", days: int = 0, review: int = 28) -> str:
        """A patient token carrying a plan that starts in so many days."""
        today = self.clock.at.date()
        async with self.store.write() as tx:
            person = await people.person_by_telegram_id(tx, clinician.phone.id)
            assert person is not None
            desk = await people.clinician_of(tx, person.id)
            assert desk is not None
            plan = InvitedPlan(
                parse_amount_ug(mg),
                "capsule",
                today + timedelta(days=days),
                today + timedelta(days=review),
            )
            return await clinics.invite_patient(tx, desk, plan, self.clock.at)

    async def patient(
        self,
        name: str,
        *,
        clinician: Someone | None = None,
        mg: str = "1.5",
        bedtime: str = "22:00",
        town: str = "Lisbon",
        checkins: bool = True,
        sharing: bool = True,
        ticks: Sequence[str] = (),
    ) -> Someone:
        """Somebody who went through first contact, tap by tap, and takes it already."""
        someone = self.newcomer(name)
        await someone.starts(await self.invite(clinician, mg) if clinician else None)
        await someone.taps("I am 18 or over")
        await someone.taps("Reminders: off")
        if checkins:
            await someone.taps("Check-ins: off")
        if clinician is not None and sharing:
            await someone.taps("Sharing: off")
        await someone.taps("Continue")
        await someone.says(town)
        await someone.says(bedtime)
        await someone.taps("Right")
        if clinician is not None:
            await someone.taps("Yes")
        else:
            await someone.says(mg)
            await someone.taps("Capsule")
        await someone.taps("I already take it")
        await someone.taps("1 to 4 weeks")
        for tick in ticks:
            await someone.taps(tick)
        await someone.taps("Done" if ticks else "None of these")
        return someone


@contextlib.asynccontextmanager
async def a_world(
    store: Store,
    start: datetime = T0,
    *,
    enrolment: str = "open",
    metrics: Metrics | None = None,
    **settings: object,
) -> AsyncIterator[World]:
    """A bot on an open database, its sandbox and its clock."""
    clock = SetClock(start)
    telegram = Telegram(clock.now, callback_ttl=timedelta(days=365))
    given: dict[str, object] = {
        "telegram_bot_token": telegram.token,
        "data_keys": "unused",
        "enrolment": enrolment,
        "unreviewed_content": "serve",
        "send_rate": 1000,
        "operator_chat_id": OPERATOR,
        **settings,
    }
    chosen = Settings.model_construct(
        **{**{name: field.default for name, field in Settings.model_fields.items()}, **given}
    )
    from pydantic import SecretStr

    chosen.telegram_bot_token = SecretStr(telegram.token)
    request = SandboxRequest(telegram)
    async with companion(
        chosen,
        store,
        clock,
        request=request,
        updates_request=SandboxRequest(telegram),
        per_chat=False,
        metrics=metrics,
    ) as bot:
        yield World(bot, telegram, clock)
