"""`memory`: what 100,000 patients cost a bot that has nothing to do; the real process on the local server."""

import asyncio
import json
import sys

from bot.bench.figures import Figure, below, progress, scale, scaled
from bot.bench.line import Server, server
from bot.bench.world import ROOT, child, crowd

_PEER_JOBS = 10_000
DUE = 990


async def memory() -> list[Figure]:
    """Resident memory above an empty bot, time to ready after a restart, CPU while nothing is due."""
    size = scaled(100_000, 200)
    idle_s = max(3.0, min(20.0, 20 * scale()))
    full = f"sqlite:///{await crowd(size, scaled(DUE, 30))}"
    empty = f"sqlite:///{await crowd(0, 0)}"
    async with server() as line:
        progress("memory: an empty bot")
        ready_empty, mb_empty, _ = await _life(line, empty, 2)
        progress(f"memory: {size} patients")
        await _life(line, full, 0)
        ready, mb, cpu = await _life(line, full, idle_s)
    progress(f"peer: {_PEER_JOBS} jobs of PTB")
    peer_mb, peer_s = await _peer(scaled(_PEER_JOBS, 100))
    jobs = f"PTB run_daily, {scaled(_PEER_JOBS, 100)} jobs"
    return [
        below(
            "memory",
            f"resident above an empty bot, {size} patients",
            mb - mb_empty,
            "MB",
            30,
            **{jobs: peer_mb},
        ),
        Figure("memory", "resident, empty bot", mb_empty, "MB"),
        below(
            "memory",
            "start of the process until it polls, restarted",
            ready,
            "s",
            2,
            **{"empty bot": ready_empty, f"{jobs}, registering alone": peer_s},
        ),
        below("memory", f"idle CPU over {idle_s:.0f} s", cpu / idle_s * 100, "% of a core", 2),
    ]


async def _life(line: Server, database: str, idle_s: float) -> tuple[float, float, float]:
    """One life of a bot: seconds to its first poll, resident MB after idling, CPU seconds while idle."""
    polled_before = len((await line.stats())["polls"])
    async with child(database, line.url) as bot:
        async with asyncio.timeout(60):
            while len(polls := (await line.stats())["polls"]) <= polled_before:
                if bot.process.returncode is not None:
                    raise RuntimeError(bot.log.read_text(encoding="utf-8")[-500:])
                await asyncio.sleep(0.02)
        ready = polls[polled_before] - bot.began
        if idle_s:
            # The first ticks find what a restart left, and the texts are warmed up once polling has begun.
            await asyncio.sleep(8)
        before = bot.cpu_seconds()
        await asyncio.sleep(idle_s)
        return ready, bot.resident_mb(), bot.cpu_seconds() - before


async def _peer(jobs: int) -> tuple[float, float]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.bench.schedulers", str(jobs)), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    out, _ = await process.communicate()
    found = json.loads(out)
    return float(found["mb"]), float(found["seconds"])
