"""What customers read."""

import json
import string
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.workspace import blocks
from bot.views import customer, home, reply_words, survey, texts
from bot.views.customer import SourceLink
from bot.views.ids import ActionId, BadReference, ConversationRef, RatingRef
from bot.views.post import Post
from storage.kinds import HandoffReason
from tests.bot.views.checking import fits, view_fits

REF = ConversationRef(conversation_id="c1")
SOURCE = SourceLink("Returns & <refunds>", "https://help.example.com/returns")


def answer(text: str, *, first: bool = False, language: str = "en") -> Post:
    return customer.answer(text, [SOURCE], ref=REF, first=first, language=language, company="Northpeak")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "sv", ""])
def test_the_way_to_a_person_stays_in_sight(language: str) -> None:
    for post in (
        answer("Yes.", language=language),
        customer.clarify("Which one?", ref=REF, first=False, language=language, company="Northpeak"),
        customer.empty_message(ref=REF, first=True, language=language, company="Northpeak"),
    ):
        assert ActionId.WANT_PERSON in str(fits(post).blocks)


def test_the_first_reply_says_that_it_is_an_assistant_and_the_next_does_not() -> None:
    assert "assistant of Northpeak" in str(answer("Yes.", first=True).blocks)
    assert "assistant of" not in str(answer("Yes.").blocks)


def test_sources_are_links_and_their_titles_escaped() -> None:
    assert "<https://help.example.com/returns|Returns &amp; &lt;refunds&gt;>" in str(answer("Yes.").blocks)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_sources_beyond_the_named_ones_are_counted(language: str) -> None:
    words = {"en": "and 2 more", "de": "und 2 weitere", "fr": "et 2 de plus", "es": "y 2 más"}
    links = [SourceLink(f"Article {number}", f"https://help.example.com/{number}") for number in range(5)]

    def last(sources: int) -> str:
        post = customer.answer("Yes.", links[:sources], ref=REF, first=False, language=language, company="")
        return str(fits(post).blocks)

    assert f"Article 2> {words[language]}" in last(5)
    assert "Article 3" not in last(5)
    assert "Article 2>'" in last(3)


@given(st.text(min_size=1, max_size=2000))
def test_whatever_a_model_writes_fits_and_notifies_nobody(text: str) -> None:
    if not text.strip():
        return
    shown = str(fits(answer("x" + text)).blocks)
    assert "<!" not in shown
    assert "<@" not in shown


@pytest.mark.parametrize("text", ["w" * 40_000, "word " * 8000, "\u202e مرحبا" * 500, "😀" * 5000])
def test_a_very_long_reply_fits_and_keeps_its_buttons(text: str) -> None:
    assert ActionId.WANT_PERSON in str(fits(answer(text)).blocks)


@pytest.mark.parametrize("reason", list(HandoffReason))
@pytest.mark.parametrize("language", list(texts.LANGUAGES))
def test_every_handoff_says_that_someone_answers_here(reason: HandoffReason, language: str) -> None:
    post = fits(customer.handed_off(reason, language=language, first=False, company="Northpeak"))
    assert texts.of(language).stays_here in post.text


def test_every_language_has_every_text_with_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for module in (texts, reply_words):
        assert module.LANGUAGES.keys() == texts.LANGUAGES.keys()
        for language, words in module.LANGUAGES.items():
            for key, text in asdict(words).items():
                assert text.strip(), f"{language}.{key}"
                assert places(text) == places(getattr(module.EN, key)), f"{language}.{key}"


def test_a_button_of_another_version_is_refused() -> None:
    assert ConversationRef.unpack(REF.pack()) == REF
    for garbage in ("", "{}", "null", '{"conversation_id": 5}', "<b>"):
        with pytest.raises(BadReference):
            ConversationRef.unpack(garbage)
    with pytest.raises(BadReference):
        RatingRef.unpack('{"conversation_id": "c", "score": 6}')


@pytest.mark.parametrize("text", ["w" * 40_000, "word " * 8000, "&<>" * 9000, "[a](https://x.example/b) " * 2000])
def test_a_very_long_reply_stays_below_what_slack_refuses_as_a_whole(text: str) -> None:
    sources = [SourceLink("title & " * 400, "https://help.example.com/" + "&" * 110)] * 9
    post = customer.answer(text, sources, ref=REF, first=True, language="en", company="C & C " * 900)
    assert len(json.dumps(fits(post).blocks, ensure_ascii=False)) < blocks.ALL_BLOCKS
    assert str(post.blocks).count("|title &amp;") == customer.MOST_SOURCES


@pytest.mark.parametrize("language", list(texts.LANGUAGES))
def test_every_word_to_the_customer_fits_in_every_language(language: str) -> None:
    said = [
        customer.claimed("<!channel> Ben", language),
        customer.resolved(by_person=True, language=language),
        customer.resolved(by_person=False, language=language),
        customer.given_back(REF, language),
        customer.elsewhere(["C1", "C2"], language),
        customer.elsewhere([], language),
        survey.ask(REF, language),
        *(survey.thanks(score, RatingRef(conversation_id="c1", score=score), language) for score in survey.SCORES),
        survey.commented(3, language),
    ]
    assert not any("<!" in str(fits(post)) or "{" in post.text for post in said)
    view_fits(home.for_customer("C & C " * 60, ["C1"], language))
    form = survey.comment_form(RatingRef(conversation_id="c1", score=2), language)
    assert all(len(form[part]["text"]) <= blocks.TITLE for part in ("title", "submit", "close"))
    assert RatingRef.unpack(form["private_metadata"]).score == 2


@pytest.mark.parametrize("language", list(texts.LANGUAGES))
def test_where_no_channel_is_served_the_customer_is_told_to_write_directly(language: str) -> None:
    words = texts.of(language)
    assert customer.elsewhere([], language).text == words.elsewhere_direct
    assert words.home_text_direct in str(home.for_customer("Northpeak", [], language))
    assert "<#C1>, <#C2>" in customer.elsewhere(["C1", "C2"], language).text


@pytest.mark.parametrize("language", list(texts.LANGUAGES))
def test_reasons_read_differently_and_blame_nobody(language: str) -> None:
    said = {
        customer.handed_off(reason, language=language, first=False, company="Northpeak").text
        for reason in (
            HandoffReason.WISH,
            HandoffReason.FRUSTRATION,
            HandoffReason.NOTHING_FOUND,
            HandoffReason.LOW_CONFIDENCE,
            HandoffReason.MODEL_FAILED,
        )
    }
    assert len(said) == 5


def test_the_longest_button_words_fit() -> None:
    for words in texts.LANGUAGES.values():
        assert max(len(text) for text in (words.solved_button, words.person_button, words.comment_button)) <= 40
