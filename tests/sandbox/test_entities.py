import pytest

from sandbox import ApiError
from sandbox.entities import parse_html, piece, trim, with_found


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("plain", "plain", []),
        ("<b>1.5 mg</b> at <i>22:00</i>", "1.5 mg at 22:00", ["bold", "italic"]),
        (
            "<strong>a</strong><em>b</em><ins>c</ins><del>d</del>",
            "abcd",
            ["bold", "italic", "underline", "strikethrough"],
        ),
        ("a &lt; b &amp; c &gt; d &quot;e&quot; &#65;&#x42;", 'a < b & c > d "e" AB', []),
        ("&nbsp; & &unknown;", "&nbsp; & &unknown;", []),
        ("a > b", "a > b", []),
        ("<b><i>both</i></b>", "both", ["bold", "italic"]),
        ("<b></b>x", "x", []),
        ("<span class='tg-spoiler'>x</span><tg-spoiler>y</tg-spoiler>", "xy", ["spoiler", "spoiler"]),
        ("<blockquote expandable>q</blockquote>", "q", ["expandable_blockquote"]),
        ('<pre><code class="language-py">x</code></pre>', "x", ["pre"]),
        ("<B>loud</B>", "loud", ["bold"]),
    ],
)
def test_html_becomes_plain_text_and_entities(source, text, kinds):
    plain, entities = parse_html(source)
    assert plain == text
    assert [entity["type"] for entity in entities] == kinds


def test_offsets_count_utf16_units():
    plain, (bold, link) = parse_html('🌙🌙 <b>Zeit</b> <a href="https://example.org/?a=1&amp;b=2">hier</a>')
    assert (bold["offset"], bold["length"]) == (5, 4)
    assert piece(plain, bold) == "Zeit"
    assert piece(plain, link) == "hier"
    assert link["url"] == "https://example.org/?a=1&b=2"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_with_the_place(source, reason):
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.code == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_white_space_around_a_text_goes_and_entities_move_along():
    assert trim(*parse_html("\n <b> x</b> ")) == ("x", [{"type": "bold", "offset": 0, "length": 1}])
    assert trim(" \n ", []) == ("", [])


def test_commands_links_and_mentions_are_found_outside_code():
    text = "/start x, see https://example.org/a. or t.me/somebot, ask @someone; 1/2, a@b.c, /time/24"
    found = [(entity["type"], piece(text, entity)) for entity in with_found(text, [])]
    assert found == [
        ("bot_command", "/start"),
        ("url", "https://example.org/a"),
        ("url", "t.me/somebot"),
        ("mention", "@someone"),
    ]
    assert [e["type"] for e in with_found(*parse_html("<code>/start</code>"))] == ["code"]
