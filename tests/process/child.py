"""`python -m bot ...` as a process of its own, which can be killed and started again."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
READY = "running as bot="
# The rest of our own environment (CI's settings, a developer's tokens) is none of the child's business.
_KEPT = ("PATH", "HOME", "LANG", "TZ", "PYTHONPATH", "SYSTEMROOT")


def environment(**settings: str) -> dict[str, str]:
    """A clean environment in which `bot` can be imported, with these settings."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join(part for part in (kept.get("PYTHONPATH"), str(ROOT)) if part)
    return {**kept, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **settings}


class Ended(NamedTuple):
    """A command that has come to its end."""

    status: int
    out: str
    err: str


async def command(*words: str, env: Mapping[str, str], cwd: Path, within: float = 30) -> Ended:
    """Run one command of the bot to its end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=dict(env),
        cwd=cwd,
    )
    try:
        async with asyncio.timeout(within):
            out, err = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


class Child:
    """`python -m bot run`. Its log is kept in a file over all its lives."""

    def __init__(self, env: Mapping[str, str], folder: Path) -> None:
        self.env = dict(env)
        self.folder = folder
        self.log_file = folder / "bot.log"
        self._process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace") if self.log_file.exists() else ""

    def tail(self, lines: int = 60) -> str:
        return "\n".join(self.log.splitlines()[-lines:])

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self, within: float = 30) -> None:
        """Start, and wait until it polls.

        Raises:
            AssertionError: it ended, or is not ready in time; with the end of its log.
        """
        assert not self.running, "it runs already"
        lives = self.log.count(READY)
        with self.log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.env,
                cwd=self.folder,
            )
        try:
            async with asyncio.timeout(within):
                while self.log.count(READY) == lives:
                    assert self.running, f"the bot ended: {self._process.returncode}\n{self.tail()}"
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"the bot is not ready\n{self.tail()}") from None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal at once."""
        assert self._process is not None
        if self.running:
            self._process.send_signal(number)

    async def wait(self, within: float = 15) -> int:
        """Its exit status, once it has ended."""
        assert self._process is not None
        async with asyncio.timeout(within):
            return await self._process.wait()

    async def kill(self) -> None:
        """Power failure."""
        self.signal(signal.SIGKILL)
        await self.wait()

    async def stop(self) -> int:
        """Ask politely; its exit status."""
        self.signal(signal.SIGTERM)
        return await self.wait()

    async def close(self) -> None:
        """Leave nothing running, whatever became of it."""
        if self.running:
            await self.kill()
