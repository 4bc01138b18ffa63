"""From the clinic's first command to the clinician's digest: every step asserted as a person sees it."""

import struct
import traceback
from pathlib import Path

from botapi import LabError, StrictBotApi, VirtualUser

from tests.lab.scene import TOKEN, Scene

PATIENT, CLINICIAN, CLINIC = "Anabela", "Ruizova", "Harbour Pain Clinic"
DANGER = "I took codeine an hour ago"
PROMPT = "Time for tonight's dose: 1.5 mg."


async def live_through(folder: Path) -> int:
    """Run it all; the exit status."""
    async with StrictBotApi(TOKEN, bot_username="ldn_lab_bot", callback_ttl=None) as server:
        scene = Scene(folder, server)
        try:
            await _all(scene)
        except (AssertionError, LabError) as error:
            for user in server.users.values():
                print(user.transcript(n=60))
            print(f"--- the bot's last lines ---\n{scene.child.tail(60)}\n--- failed ---")
            traceback.print_exception(error, limit=-3)
            return 1
        finally:
            await scene.child.close()
    scene.says("Clean: no violation, nothing private in the log.")
    return 0


async def _all(scene: Scene) -> None:
    server = scene.server
    link = await _clinic(scene)
    ruiz = server.user(2001, CLINICIAN, "en")
    ana = server.user(1001, PATIENT, "en")
    invite = await _join_and_invite(scene, ruiz, link)
    code = await _first_contact(scene, ana, invite)
    if scene.clock is not None:
        await _three_nights(scene, ana)
    await _question(scene, ana)
    if scene.clock is not None:
        scene.at(3, "18:00")
    await _danger(scene, ana, ruiz, code)
    if scene.clock is not None:
        await _the_day_after(scene, ana)
        await _inbox(scene, ana, ruiz, code)
        await _digest(scene, ruiz, code)
    await server.idle()
    _look_back(scene, [link, invite])
    assert await scene.child.stop() == 0


async def _clinic(scene: Scene) -> str:
    scene.says("The clinic is made on the command line, the bot started")
    await scene.cli("clinic", "add", CLINIC, "--timezone", "Europe/London")
    await scene.child.start()
    invited = await scene.cli("clinician", "invite", "--clinic", CLINIC)
    link = invited.out.strip()
    assert link.startswith("https://t.me/ldn_lab_bot?start=")
    return link


async def _join_and_invite(scene: Scene, ruiz: VirtualUser, link: str) -> str:
    scene.says("The clinician joins and invites a patient")
    await ruiz.open_link(link)
    await scene.shows(ruiz, f"Welcome. You now read for {CLINIC}.")
    await ruiz.send("/invite")
    await scene.shows(ruiz, "Amount prescribed, in mg?")
    await ruiz.send("1,5")
    await scene.shows(ruiz, "1.5 mg. Which form?")
    await ruiz.press("Capsule")
    await ruiz.press("The label does not say")
    await scene.shows(ruiz, "First night?")
    await ruiz.press("Tonight")
    await scene.shows(ruiz, "Day of review?")
    await ruiz.press("In 4 weeks")
    await scene.shows(ruiz, "1.5 mg, capsule, first night")
    await ruiz.press("Make the link")
    picture = await scene.shows(ruiz, "For one patient, valid until")
    assert picture.kind == "photo"
    assert picture.file is not None
    data = picture.file.data or b""
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert width == height >= 200, "a QR code that a phone can read"
    return picture.text.split()[-1]


async def _first_contact(scene: Scene, ana: VirtualUser, invite: str) -> str:
    scene.says("First contact through the link")
    taps = 0

    async def press(label: str, then: str) -> None:
        nonlocal taps
        taps += 1
        await (await ana.press(label)).wait_answer()
        await scene.shows(ana, lambda one: then in one.text or any(then in row for row in one.button_texts))

    await ana.open_link(invite)
    await scene.shows(ana, f"Hello {PATIENT}")
    await press("I am 18 or over", "You decide what I may do.")
    await press("Reminders: off", "Reminders: ✅ on")
    await press("Check-ins: off", "Check-ins: ✅ on")
    await press("Sharing: off", "Sharing: ✅ on")
    await press("Continue", "Where are you now?")
    await ana.send("Leeds")
    await scene.shows(ana, "When do you want the prompt?")
    await press("22:00", "Leeds, United Kingdom. Emergency number 999.")
    await press("Right", "Your clinic recorded this plan: 1.5 mg, capsule")
    await press("Yes", "Where do you stand")
    await press("I already take it", "Since about when?")
    await press("1 to 4 weeks", "Safety check.")
    await press("None of these", "All set. Your code is")
    assert taps <= 12, taps
    done = await scene.shows(ana, "All set.")
    if scene.clock is not None:
        assert "Your first prompt comes Mon 22:00." in done.text
    scene.says(f"  {taps} taps")
    return done.text.partition("Your code is ")[2].partition(".")[0]


async def _three_nights(scene: Scene, ana: VirtualUser) -> None:
    scene.at(0, "22:00")
    prompt = await scene.comes(ana, PROMPT)
    assert prompt.button_texts == [["Taken"], ["Snooze 15", "30", "60"], ["Skip"]]
    assert not prompt.params.get("disable_notification")
    await _first_questions(scene, ana)
    scene.at(1, "00:40")
    await ana.press("Taken", message=prompt)
    await scene.shows(ana, "Recorded as taken at 00:40.")

    scene.at(1, "08:00")
    await _morning(scene, ana, sleep=3, pain=6)

    scene.at(1, "22:00")
    prompt = await scene.comes(ana, PROMPT)
    await ana.press("Snooze 15", message=prompt)
    await scene.shows(ana, "I will ask again at 22:15.")
    scene.at(1, "22:15")
    prompt = await scene.comes(ana, PROMPT)
    await ana.press("Taken", message=prompt)
    await scene.shows(ana, "Recorded as taken at 22:15.")

    scene.at(2, "08:00")
    await _morning(scene, ana, sleep=2, pain=5)

    scene.at(2, "22:00")
    await scene.comes(ana, PROMPT)
    scene.at(2, "22:46")
    reminder = await scene.comes(ana, "A quiet reminder")
    assert reminder.params.get("disable_notification") in (True, "true", "True")
    scene.at(2, "23:40")
    await ana.expect_silence(2)
    assert not scene.news(ana), "one reminder, never more"

    scene.at(3, "08:00")
    await scene.comes(ana, "Last night's dose is not answered yet")
    await ana.press("Not sure")
    await _morning(scene, ana, sleep=4, pain=7)


async def _first_questions(scene: Scene, ana: VirtualUser) -> None:
    scene.says("  the first questions: PEG, the list of effects, a symptom's name")
    first = await scene.comes(ana, "A few questions once")
    assert first.params.get("disable_notification") in (True, "true", "True")
    for number, then in (("6", "enjoyment of life"), ("5", "general activity"), ("4", "Which of these")):
        await ana.press(number, message=first, exact=True)
        first = await scene.shows(ana, then)
    await ana.press("headache", message=first)
    graded = await scene.shows(ana, "headache. How bad is it?")
    await ana.press("Mild", message=graded)
    listed = await scene.shows(ana, "Which of these")
    await ana.press("Done", message=listed)
    await scene.shows(ana, "Type it in a word or two")
    await ana.send("brain fog")
    await scene.shows(ana, "I will ask about “brain fog” once a week.")


async def _morning(scene: Scene, ana: VirtualUser, *, sleep: int, pain: int) -> None:
    first = await scene.comes(ana, "How was your sleep")
    await ana.press(str(sleep), message=first, exact=True)
    second = await scene.shows(ana, "Your average pain in the last 24 hours?")
    assert second.message_id == first.message_id
    await ana.press(str(pain), message=second, exact=True)
    await scene.shows(ana, f"Thank you. Sleep {sleep}. Pain {pain}.")


async def _question(scene: Scene, ana: VirtualUser) -> None:
    scene.says("A question")
    await ana.send("what is LDN?")
    answer = await scene.shows(ana, "naltrexone")
    assert "Not yet reviewed by a clinician." in answer.text


async def _danger(scene: Scene, ana: VirtualUser, ruiz: VirtualUser, code: str) -> None:
    scene.says("Danger: the fixed reply, the alert, the pause")
    before = len(ruiz.received)
    await ana.send(DANGER)
    reply = await scene.shows(ana, "Do not take more opioid")
    for part in (
        "999",
        "111",
        "I have paused dose prompts until you have spoken to them.",
        "Whether to take it is for them to say.",
        "I am sending this to your clinic. Do not wait for them.",
    ):
        assert part in reply.text, part
    alert = await ruiz.wait_for("Same-day flag RF04 (opioid co-use)", timeout=5)
    assert code in alert.text
    assert "dose prompts are paused" in alert.text
    assert PATIENT not in alert.text
    assert "codeine" not in alert.text
    assert alert.button_texts == [["I have this", "Resume dose prompts"], ["Not useful"]]
    if scene.clock is not None:
        scene.at(3, "22:00")
        question = await scene.comes(ana, "Have you been able to speak to a health professional?")
        assert question.button_texts == [["Not yet"], ["Yes, told to continue"], ["Yes, told not to take it"]]
        assert not [one for one in scene.news(ana) if "Time for" in one.text]
    await ruiz.press("I have this")
    await scene.shows(ruiz, "You have it since")
    seen = await scene.comes(ana, "Seen by your clinic")
    assert "999" in seen.text
    await ruiz.press("Resume dose prompts")
    await scene.shows(ruiz, "Dose prompts resumed at")
    assert len(ruiz.received) - before == 1, "one alert, redrawn"


async def _the_day_after(scene: Scene, ana: VirtualUser) -> None:
    scene.at(4, "08:00")
    await scene.comes(ana, "Checking in after yesterday. Did you reach someone?")
    await ana.press("Yes")
    await scene.shows(ana, "Good. Thank you for telling me.")
    assert not [one for one in scene.news(ana) if "sleep" in one.text], "routine questions rest"
    scene.at(4, "22:00")
    await scene.comes(ana, PROMPT)
    await ana.press("Skip")
    await scene.shows(ana, "What was the reason?")
    await ana.press("Forgot")
    await scene.shows(ana, "Recorded as skipped: forgot.")


async def _inbox(scene: Scene, ana: VirtualUser, ruiz: VirtualUser, code: str) -> None:
    scene.says("A question is passed on, read and closed")
    await ana.send("do you know a good plumber")
    await scene.shows(ana, "Shall I pass the question on to your clinic?")
    await ana.press("Pass it on")
    await ruiz.send("/inbox")
    await scene.shows(ruiz, "0 alerts, 0 decisions, 1 question, 0 refills")
    await ruiz.press(f"1. {code}")
    await scene.shows(ruiz, "do you know a good plumber")
    await ruiz.press("I have this")
    await scene.comes(ana, "Read by your clinic")
    await ruiz.press("Phoned")
    await scene.shows(ruiz, "Your inbox is empty")


async def _digest(scene: Scene, ruiz: VirtualUser, code: str) -> None:
    scene.says("The digest")
    await ruiz.send("/digest")
    digest = await scene.shows(ruiz, "Week to Fri 8 Mar")
    lines = digest.text.splitlines()
    assert lines[1] == "1 patient: 0 alerts open, 0 waiting for you, 0 worse, 0 silent, 1 on track."
    assert (
        f"{code} on 1.5 mg: taken 2, skipped 1, unanswered 1, undelivered 0 of 4 expected; "
        "pain not enough data, sleep not enough data."
    ) in lines
    scene.says(f"  {next(line for line in lines if code in line)}")


def _look_back(scene: Scene, links: list[str]) -> None:
    server = scene.server
    for finding in server.warnings:
        scene.says(f"warning: {finding.method}: {finding.detail}")
    for words, times in server.rejections.items():
        scene.says(f"rejection: {times} x {words}")
    server.assert_clean()
    assert not server.unanswered_callbacks(), "a tap was not answered"
    tokens = [link.partition("start=")[2] for link in links]
    private = [
        TOKEN,
        TOKEN.partition(":")[2],
        PATIENT,
        CLINICIAN,
        CLINIC,
        "codeine",
        "Leeds",
        "LDN?",
        *tokens,
    ]
    found = [one for one in private if one in scene.child.log]
    assert not found, f"in the log: {found}"
    faults = [line for line in scene.child.log.splitlines() if " ERROR " in line or "Traceback" in line]
    assert not faults, "\n".join(faults)
