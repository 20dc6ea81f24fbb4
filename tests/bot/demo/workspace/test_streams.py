"""Messages that appear piece by piece, and what the assistant pane shows, as Slack's documentation says."""

from dataclasses import replace

from tests.bot.demo.workspace.place import ADA, GENERAL, Place, refusal, section


async def test_a_stream_grows_and_ends_with_its_blocks_and_metadata(home: Place) -> None:
    channel = home.workspace.state.im(ADA).id
    root = await home.client.chat_postMessage(channel=channel, text="root")
    began = await home.client.chat_startStream(channel=channel, thread_ts=root["ts"], markdown_text="One ")
    place = {"channel": channel, "ts": began["ts"]}
    await home.client.chat_appendStream(**place, markdown_text="two")
    await home.client.chat_appendStream(**place, chunks=[{"type": "blocks", "blocks": [section("three")]}])
    metadata = {"event_type": "kept", "event_payload": {"key": "1"}}
    done = await home.client.chat_stopStream(**place, blocks=[section("four")], metadata=metadata)
    message = done["message"]
    assert message["text"] == "One two"
    assert [block["type"] for block in message["blocks"]] == ["markdown", "section", "section"]
    assert message["streaming_state"] == "completed"
    assert message["metadata"] == metadata
    assert await refusal(home.client.chat_appendStream(**place, markdown_text="x")) == "message_not_in_streaming_state"


async def test_a_stream_in_a_channel_names_its_reader_and_cannot_be_changed_before_it_ends(home: Place) -> None:
    root = await home.client.chat_postMessage(channel=GENERAL, text="root")
    place = {"channel": GENERAL, "thread_ts": root["ts"]}
    assert await refusal(home.client.chat_startStream(**place, markdown_text="x")) == "missing_recipient_team_id"
    began = await home.client.chat_startStream(
        **place, recipient_team_id=home.workspace.seed.team_id, recipient_user_id=ADA, markdown_text="x"
    )
    changed = home.client.chat_update(channel=GENERAL, ts=began["ts"], text="y")
    assert await refusal(changed) == "streaming_state_conflict"
    too_long = home.client.chat_appendStream(channel=GENERAL, ts=began["ts"], markdown_text="w" * 12_001)
    assert await refusal(too_long) == "msg_too_long"
    foreign = home.client.chat_appendStream(channel=GENERAL, ts=root["ts"], markdown_text="x")
    assert await refusal(foreign) == "message_not_in_streaming_state"


async def test_a_stream_ends_by_itself(home: Place) -> None:
    state = home.workspace.state
    state.seed = replace(state.seed, stream_seconds=0.0)
    channel = state.im(ADA).id
    root = await home.client.chat_postMessage(channel=channel, text="root")
    began = await home.client.chat_startStream(channel=channel, thread_ts=root["ts"], markdown_text="x")
    late = home.client.chat_stopStream(channel=channel, ts=began["ts"])
    assert await refusal(late) == "message_not_in_streaming_state"


async def test_prompts_need_no_thread_and_a_status_has_few_texts(home: Place) -> None:
    channel = home.workspace.state.im(ADA).id
    prompts = [{"title": "t", "message": "m"}]
    await home.client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
    assert home.workspace.state.statuses[channel, ""]["prompts"] == prompts
    root = await home.client.chat_postMessage(channel=channel, text="root")
    status = home.client.assistant_threads_setStatus(
        channel_id=channel, thread_ts=root["ts"], status="thinks", loading_messages=["x"] * 11
    )
    assert await refusal(status) == "invalid_arguments"
