import json

import pytest

from sandbox import ApiError, ConnectionLost, Telegram, Upload

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big") + b"rest"


def refusal(telegram, method, /, files=None, **params):
    with pytest.raises(ApiError) as refused:
        telegram.call(method, params, files)
    return refused.value.code, refused.value.description


def send(telegram, text="Hello", **more):
    return telegram.call("sendMessage", {"chat_id": 1001, "text": text, **more})


def inline(*rows):
    return {
        "inline_keyboard": [[{"text": label, "callback_data": data} for label, data in row] for row in rows]
    }


def keys(count, per_row=1):
    labels = [(str(number), f"k{number}") for number in range(count)]
    return inline(*[labels[at : at + per_row] for at in range(0, count, per_row)])


TO_ANA = {"chat_id": 1001, "text": "x"}


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendMessage", TO_ANA | {"colour": "red"}, 'sendMessage has no parameter "colour"'),
        ("sendMessage", TO_ANA | {"chat_id": 5}, "chat not found"),
        ("sendMessage", TO_ANA | {"chat_id": "@nobody"}, "chat not found"),
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1001}, "message text is empty"),
        ("sendMessage", TO_ANA | {"text": " \n"}, "message text is empty"),
        ("sendMessage", TO_ANA | {"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ("sendMessage", TO_ANA | {"text": "x" * 4097}, "message is too long"),
        ("sendMessage", TO_ANA | {"parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ("sendMessage", TO_ANA | {"reply_markup": inline([("a", "")])}, "BUTTON_DATA_INVALID"),
        ("sendMessage", TO_ANA | {"reply_markup": inline([("a", "é" * 33)])}, "BUTTON_DATA_INVALID"),
        ("sendMessage", TO_ANA | {"reply_markup": keys(9, 9)}, "REPLY_MARKUP_TOO_LONG"),
        ("sendMessage", TO_ANA | {"reply_markup": keys(101)}, "REPLY_MARKUP_TOO_LONG"),
        ("sendMessage", TO_ANA | {"reply_markup": {"what": 1}}, "object expected as reply markup"),
        (
            "sendMessage",
            TO_ANA | {"protect_content": "?"},
            'parameter "protect_content" must be of type bool',
        ),
        ("sendMessage", TO_ANA | {"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ("sendMessage", TO_ANA | {"reply_markup": "[]"}, 'parameter "reply_markup" must be of type object'),
        (
            "sendMessage",
            TO_ANA | {"entities": [{"type": "bold"}]},
            "can't parse MessageEntity: offset and length must be non-negative Numbers",
        ),
        ("editMessageText", TO_ANA | {"message_id": 99}, "message to edit not found"),
        ("editMessageText", TO_ANA | {"message_id": 1}, "message can't be edited"),
        ("deleteMessage", {"chat_id": 1001, "message_id": 99}, "message to delete not found"),
        ("sendChatAction", {"chat_id": 1001, "action": "dancing"}, "wrong parameter action in request"),
        ("sendDocument", {"chat_id": 1001}, "there is no document in the request"),
        ("sendDocument", {"chat_id": 1001, "document": "?"}, "wrong file identifier/HTTP URL specified"),
        ("getFile", {"file_id": "nonsense"}, "invalid file_id"),
        ("setMyCommands", {"commands": [{"command": "Ü", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
    ],
)
def test_what_telegram_refuses_is_refused_with_its_sentence(telegram, ana, method, params, description):
    assert refusal(telegram, method, **params) == (400, f"Bad Request: {description}")


def test_an_unknown_method_is_not_found(telegram):
    assert refusal(telegram, "sendNothing") == (404, "Not Found")
    assert telegram.call("getme", {})["is_bot"]


@pytest.mark.parametrize(
    "button",
    [
        {"text": "", "callback_data": "x"},
        {"text": "both", "callback_data": "x", "url": "https://example.org"},
        {"text": "neither"},
        {"text": "odd link", "url": "example"},
        {"text": "game", "callback_game": {}},
    ],
)
def test_a_button_needs_a_label_and_exactly_one_action(telegram, ana, button):
    code, _ = refusal(
        telegram, "sendMessage", chat_id=1001, text="x", reply_markup={"inline_keyboard": [[button]]}
    )
    assert code == 400


def test_values_may_arrive_as_text_as_they_do_over_http(telegram, ana):
    markup = json.dumps(inline([("Yes", "y"), ("No", "n")]))
    send(
        telegram,
        "<b>Hi</b>",
        chat_id="1001",
        parse_mode="HTML",
        disable_notification="true",
        reply_markup=markup,
    )
    assert ana.last.text == "Hi"
    assert ana.last.html == "<b>Hi</b>"
    assert ana.last.silent
    assert ana.last.labels == ["Yes", "No"]


def test_the_limit_of_a_text_is_counted_after_parsing(telegram, ana):
    send(telegram, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    assert len(ana.last.text) == 4096


def test_a_mention_by_id_names_the_person(telegram, ana):
    told = send(telegram, '<a href="tg://user?id=1001">you</a>', parse_mode="HTML")
    assert told["entities"][0]["type"] == "text_mention"
    assert told["entities"][0]["user"]["first_name"] == "Ana"


def test_entities_may_come_instead_of_tags(telegram, ana):
    bold = {"type": "bold", "offset": 1, "length": 2}
    assert send(telegram, " ab", entities=[bold])["entities"] == [{"type": "bold", "offset": 0, "length": 2}]


def test_an_edit_shows_in_place_and_keeps_the_earlier_text(telegram, ana, clock):
    sent = send(telegram, "Time for tonight's dose.", reply_markup=inline([("Taken", "d1|taken|42")]))
    clock.passes(minutes=5)
    telegram.call("editMessageText", {"chat_id": 1001, "message_id": sent["message_id"], "text": "Recorded."})
    assert (ana.last.text, ana.last.labels, ana.last.history) == (
        "Recorded.",
        [],
        ["Time for tonight's dose."],
    )
    assert ana.last.edit_date == clock()
    assert len(ana.messages) == 2


def test_an_edit_that_changes_nothing_is_refused(telegram, ana):
    sent = send(telegram, "Same", reply_markup=inline([("A", "a")]))
    same = {"chat_id": 1001, "message_id": sent["message_id"], "reply_markup": inline([("A", "a")])}
    _, text = refusal(telegram, "editMessageText", **same, text=" Same ")
    assert text.startswith(
        "Bad Request: message is not modified: specified new message content and reply markup"
    )
    _, markup = refusal(telegram, "editMessageReplyMarkup", **same)
    assert markup == text
    telegram.call("editMessageReplyMarkup", {"chat_id": 1001, "message_id": sent["message_id"]})
    assert ana.last.labels == []


def test_a_message_with_a_reply_keyboard_cannot_be_edited(telegram, ana):
    keyboard = {"keyboard": [[{"text": "Share", "request_location": True}]], "one_time_keyboard": True}
    sent = send(telegram, "Where?", reply_markup=keyboard)
    code = refusal(telegram, "editMessageText", chat_id=1001, message_id=sent["message_id"], text="x")
    assert code == (400, "Bad Request: message can't be edited")
    assert ana.keyboard.rows[0][0].asks == "location"
    ana.send_location(40.4, -3.7)
    assert ana.keyboard is None


def test_a_picture_is_told_from_other_bytes(telegram, ana):
    told = telegram.call("sendPhoto", {"chat_id": 1001, "caption": "Week 1"}, {"photo": Upload("w.png", PNG)})
    assert (told["photo"][0]["width"], told["photo"][0]["height"]) == (640, 480)
    assert ana.last.caption == "Week 1"
    failed = refusal(telegram, "sendPhoto", {"photo": Upload("w.png", b"no")}, chat_id=1001)
    assert failed == (400, "Bad Request: IMAGE_PROCESS_FAILED")
    telegram.call("sendPhoto", {"chat_id": 1001, "photo": told["photo"][0]["file_id"]})
    assert ana.last.photo.data == PNG
    long = refusal(
        telegram, "editMessageCaption", chat_id=1001, message_id=ana.last.message_id, caption="x" * 1025
    )
    assert long == (400, "Bad Request: message caption is too long")
    telegram.call(
        "editMessageCaption", {"chat_id": 1001, "message_id": ana.last.message_id, "caption": "Week 2"}
    )
    assert ana.last.caption == "Week 2"


def test_a_document_keeps_its_name(telegram, ana):
    params = {"chat_id": 1001, "document": "attach://part", "caption": "Your report"}
    told = telegram.call("sendDocument", params, {"part": Upload("report.pdf", b"%PDF")})
    assert told["document"]["mime_type"] == "application/pdf"
    assert (ana.last.document.name, ana.last.document.data) == ("report.pdf", b"%PDF")


def test_updates_stay_until_an_offset_confirms_them(telegram):
    ana = telegram.person(1001, "Ana")
    for text in ("one", "two", "three"):
        ana.say(text)
    waiting = telegram.call("getUpdates", {"limit": 2})
    assert [update["message"]["text"] for update in waiting] == ["one", "two"]
    assert len(telegram.call("getUpdates", {})) == 3
    rest = telegram.call("getUpdates", {"offset": waiting[1]["update_id"] + 1, "timeout": 10})
    assert [update["message"]["text"] for update in rest] == ["three"]
    assert telegram.call("getUpdates", {"offset": rest[0]["update_id"] + 1}) == []


def test_allowed_updates_and_dropping_work_as_in_telegram(telegram, ana):
    telegram.call("deleteWebhook", {"drop_pending_updates": True})
    telegram.call("getUpdates", {"allowed_updates": ["callback_query"]})
    ana.say("ignored")
    assert telegram.call("getUpdates", {}) == []


def test_a_tap_is_answered_once_it_is_seen_and_not_too_late(telegram, ana, clock):
    send(telegram, "Dose?", reply_markup=inline([("Taken", "d1|taken"), ("Skip", "d1|skip")]))
    query = ana.tap("Taken")
    assert telegram.updates[-1]["callback_query"]["data"] == "d1|taken"
    telegram.call(
        "answerCallbackQuery", {"callback_query_id": query, "text": "Well done", "show_alert": True}
    )
    assert (ana.answers[-1].text, ana.answers[-1].alert) == ("Well done", True)
    late = ana.tap("Skip")
    assert [query.id for query in telegram.unanswered] == [late]
    clock.passes(minutes=2)
    assert "query is too old" in refusal(telegram, "answerCallbackQuery", callback_query_id=late)[1]


def test_who_cannot_be_written_to_is_forbidden(telegram, ana):
    telegram.person(7, "New")
    assert refusal(telegram, "sendMessage", chat_id=7, text="x") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    ana.block()
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert refusal(telegram, "sendMessage", chat_id=1001, text="x") == blocked
    assert telegram.updates[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    with pytest.raises(ValueError, match="has blocked the bot"):
        ana.say("hello?")
    ana.unblock()
    send(telegram)
    ana.deactivate()
    assert refusal(telegram, "sendMessage", chat_id=1001, text="x") == (403, "Forbidden: user is deactivated")


def test_planned_faults_happen_as_often_as_planned(telegram, ana):
    telegram.faults.add("flood", "sendMessage", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(ApiError, match="Too Many Requests: retry after 7") as flooded:
            send(telegram)
        assert flooded.value.parameters == {"retry_after": 7}
    telegram.faults.add("server_error", code=502)
    assert refusal(telegram, "sendMessage", chat_id=1001, text="x") == (502, "Bad Gateway")
    telegram.faults.add("reset", "sendMessage", chat_id=1001)
    telegram.faults.add("lost_response", "sendMessage")
    for executed in (False, True):
        with pytest.raises(ConnectionLost) as lost:
            send(telegram)
        assert lost.value.executed is executed
    assert len(ana.received) == 1
    telegram.faults.add("block", "sendMessage")
    assert refusal(telegram, "sendMessage", chat_id=1001, text="x")[0] == 403
    assert ana.chat.blocked


def test_a_flood_limit_can_be_switched_on(clock):
    telegram = Telegram(clock, messages_per_second=2)
    telegram.person(1001, "Ana").start()
    send(telegram)
    send(telegram)
    assert refusal(telegram, "sendMessage", chat_id=1001, text="x") == (
        429,
        "Too Many Requests: retry after 1",
    )
    clock.passes(seconds=1)
    send(telegram)


def test_listeners_hear_of_every_change(telegram, ana):
    heard = []
    stop = telegram.on_change(lambda change: heard.append(change.kind))
    sent = send(telegram)
    telegram.call("editMessageText", {"chat_id": 1001, "message_id": sent["message_id"], "text": "Other"})
    telegram.call("deleteMessage", {"chat_id": 1001, "message_id": sent["message_id"]})
    ana.say("hi")
    stop()
    ana.say("unheard")
    assert heard == ["message", "edit", "delete", "message", "update"]
