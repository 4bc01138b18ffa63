import pytest
from telegram import Update

from sandbox.entities import piece


def offer(telegram, text, *labels, **more):
    row = [{"text": label, "callback_data": f"{text}|{label}"} for label in labels]
    telegram.call(
        "sendMessage", {"chat_id": 1001, "text": text, "reply_markup": {"inline_keyboard": [row]}, **more}
    )


def test_every_update_is_one_that_the_library_accepts(telegram, ana):
    ana.say("hello")
    ana.start("invite-1")
    ana.send_location(52.5, 13.4)
    ana.send_photo(b"\xff\xd8\xff", "look")
    ana.send_document("a.txt", b"x")
    ana.send_voice()
    ana.send_sticker()
    ana.forward("somebody's words", "Somebody")
    ana.edit(ana.say("typo"), "no typo")
    offer(telegram, "Q", "Yes")
    ana.tap("Yes")
    ana.block()
    ana.unblock()
    updates = [Update.de_json(update, None) for update in telegram.updates]
    assert all(update.effective_user.first_name == "Ana" for update in updates)
    assert not any(update.api_kwargs for update in updates)
    assert not any(update.message.api_kwargs for update in updates if update.message)
    assert updates[1].message.date == telegram.now()


def test_a_start_link_arrives_as_a_command_with_its_payload(telegram, ana):
    ana.open_link("https://t.me/ldn_companion_bot?start=invite-1")
    message = telegram.updates[-1]["message"]
    assert message["text"] == "/start invite-1"
    assert piece(message["text"], message["entities"][0]) == "/start"
    ana.open_link("https://example.org")
    assert ana.opened == ["https://example.org"]
    with pytest.raises(ValueError, match="no link can carry"):
        ana.start("not a payload!")


def test_the_exact_label_on_the_newest_message_is_tapped(telegram, ana):
    offer(telegram, "old", "Skip")
    offer(telegram, "new", "Skip", "Skip tonight")
    ana.tap("Skip")
    assert telegram.updates[-1]["callback_query"]["data"] == "new|Skip"
    ana.tap("Skip t")
    assert telegram.updates[-1]["callback_query"]["data"] == "new|Skip tonight"
    ana.tap("old|Skip")
    assert telegram.updates[-1]["callback_query"]["data"] == "old|Skip"


def test_a_missing_button_is_reported_with_those_that_are_there(telegram, ana):
    offer(telegram, "Q", "Yes", "No")
    with pytest.raises(LookupError, match="Ana sees no button 'Maybe'; visible: 'Yes', 'No'"):
        ana.tap("Maybe")


def test_an_old_phone_can_still_tap_what_an_edit_took_away(telegram, ana):
    offer(telegram, "Q", "Yes")
    kept = ana.last.copy()
    telegram.call("editMessageText", {"chat_id": 1001, "message_id": kept.message_id, "text": "Done"})
    with pytest.raises(LookupError):
        ana.tap("Yes")
    ana.tap("Yes", on=kept)
    assert telegram.updates[-1]["callback_query"]["message"]["text"] == "Done"
    ana.tap_data(kept, "forged|1")
    assert telegram.updates[-1]["callback_query"]["data"] == "forged|1"


def test_keys_of_a_reply_keyboard_say_their_label(telegram, ana):
    keyboard = {"keyboard": [["Later", {"text": "Share location", "request_location": True}]]}
    telegram.call("sendMessage", {"chat_id": 1001, "text": "Where?", "reply_markup": keyboard})
    ana.tap("Later")
    assert telegram.updates[-1]["message"]["text"] == "Later"
    with pytest.raises(LookupError, match="send_location"):
        ana.tap("Share location")
    telegram.call(
        "sendMessage", {"chat_id": 1001, "text": "Thanks", "reply_markup": {"remove_keyboard": True}}
    )
    assert ana.keyboard is None


def test_a_group_has_its_own_messages_and_buttons(telegram, ana):
    team = telegram.group(-100500, "Team", [ana])
    team.say(ana, "/digest@ldn_companion_bot")
    update = Update.de_json(telegram.updates[-1], None)
    assert (update.effective_chat.type, update.effective_chat.title) == ("supergroup", "Team")
    offer(telegram, "Seen?", "Yes", chat_id=-100500)
    team.tap(ana, "Yes")
    assert telegram.updates[-1]["callback_query"]["message"]["chat"]["id"] == -100500
    team.remove_bot()
    with pytest.raises(Exception, match="Forbidden: bot was kicked"):
        offer(telegram, "Again?", "Yes", chat_id=-100500)
