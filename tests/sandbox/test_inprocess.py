import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from sandbox.inprocess import SandboxRequest

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big") + b"rest"


@pytest.fixture
async def bot(telegram):
    request = SandboxRequest(telegram)
    async with Bot(telegram.token, request=request, get_updates_request=request) as bot:
        yield bot


async def test_the_library_sends_edits_and_answers_without_a_network(telegram, ana, bot):
    assert bot.username == "ldn_companion_bot"
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Taken", callback_data="t")]])
    sent = await bot.send_message(1001, "<b>Dose?</b>", parse_mode="HTML", reply_markup=markup)
    assert sent.text_html == "<b>Dose?</b>"
    ana.tap("Taken")
    updates = await bot.get_updates(timeout=30, allowed_updates=["message", "callback_query"])
    assert await updates[-1].callback_query.answer("Noted")
    await sent.edit_text("Recorded.")
    assert ana.answers[-1].text == "Noted"
    assert (ana.last.text, ana.last.labels) == ("Recorded.", [])


async def test_the_library_sends_and_fetches_files(ana, bot):
    photo = await bot.send_photo(1001, PNG, caption="Week 1")
    assert photo.photo[-1].width == 640
    await photo.edit_caption("Week 2")
    sent = await bot.send_document(1001, b"%PDF", filename="report.pdf")
    assert sent.document.file_name == "report.pdf"
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"%PDF"
    assert [message.body for message in ana.received] == ["Week 2", ""]


async def test_the_rest_of_the_bots_calls_are_known(ana, bot):
    assert await bot.set_my_commands([("help", "What I can do")])
    assert await bot.set_my_description("A bot")
    assert await bot.set_my_short_description("A bot")
    assert await bot.set_my_name("Companion")
    assert await bot.send_chat_action(1001, "typing")
    assert (await bot.get_chat(1001)).first_name == "Ana"
    assert await bot.delete_webhook(drop_pending_updates=True)
    message = await bot.send_message(1001, "short-lived")
    assert await message.delete()


async def test_refusals_and_faults_arrive_as_the_librarys_own_errors(telegram, ana, bot, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it, the library warns about its own attribute
    with pytest.raises(BadRequest, match="an't parse entities: "):
        await bot.send_message(1001, "<b>x", parse_mode="HTML")
    for kind, error in (("flood", RetryAfter), ("reset", NetworkError), ("lost_response", TimedOut)):
        telegram.faults.add(kind, "sendMessage")
        with pytest.raises(error):
            await bot.send_message(1001, kind)
    assert ana.last.text == "lost_response"
    telegram.faults.add("block", "sendMessage")
    with pytest.raises(Forbidden):
        await bot.send_message(1001, "x")


async def test_another_token_opens_nothing(telegram):
    with pytest.raises(InvalidToken):
        await Bot("1:other", request=SandboxRequest(telegram)).initialize()


async def test_a_whole_application_runs_on_it(telegram, ana):
    async def start(update, context):
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
        await update.message.reply_text(f"Hello {context.args}", reply_markup=markup, do_quote=True)

    async def go(update, context):
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("Gone")

    request = SandboxRequest(telegram)
    builder = Application.builder().token(telegram.token).request(request).get_updates_request(request)
    application = builder.updater(None).build()
    application.add_handlers([CommandHandler("start", start), CallbackQueryHandler(go)])
    async with application:
        for act in (lambda: ana.start("code"), lambda: ana.tap("Go")):
            act()
            for update in await application.bot.get_updates(offset=telegram.updates[-1]["update_id"]):
                await application.process_update(update)
    assert ana.last.text == "Gone"
    assert ana.last.history == ["Hello ['code']"]
    assert ana.last.reply_to == ana.messages[1].message_id
    assert telegram.unanswered == []
