"""A pretend Telegram: the Bot API over HTTP or in-process, people in front of it, a page of chats.

    telegram = Telegram(now)                              # `now()` gives an aware UTC instant
    ana = telegram.person(1001, "Ana", "es")
    ana.start("invite-code")                              # an update waits for the bot
    ana.last.text, ana.last.labels                        # what the bot wrote
    ana.tap("Taken"); ana.say("1.5"); ana.block()
    telegram.faults.add("flood", "sendMessage", retry_after=3)

The bot reaches it through `sandbox.inprocess.SandboxRequest` (tests) or `sandbox.http.bot_api` with
`base_url=f"{url}/bot"` and `base_file_url=f"{url}/file/bot"`; `sandbox.page` shows the chats in a browser.
It knows nothing of the product, and it refuses what Telegram would refuse, with Telegram's sentences.
"""

from sandbox.core import Call, Change, Query, Telegram
from sandbox.errors import ApiError, ConnectionLost
from sandbox.groups import Group
from sandbox.model import Answer, Button, File, Key, Keyboard, Message, Upload
from sandbox.people import Person

__all__ = [
    "Answer",
    "ApiError",
    "Button",
    "Call",
    "Change",
    "ConnectionLost",
    "File",
    "Group",
    "Key",
    "Keyboard",
    "Message",
    "Person",
    "Query",
    "Telegram",
    "Upload",
]
