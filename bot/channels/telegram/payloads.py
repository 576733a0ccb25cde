"""Telegram's updates become events of the contract, or end here with the reason; no network.

An update is read from its JSON and not through python-telegram-bot, which gives up on a whole batch when one update in
it is not as expected. Shapes: https://core.telegram.org/bots/api#update
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.channel import AddedToGroup, Event, IncomingMessage, Reachability, UnreadableError
from bot.channels.telegram.commands import payload_of

CHANNEL = "telegram"
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that are asked for."""

KINDS = {
    "voice": "voice",
    "audio": "voice",
    "sticker": "sticker",
    "photo": "picture",
    "animation": "video",
    "video_note": "video",
    "video": "video",
    "document": "document",
    "venue": "location",
    "location": "location",
    "contact": "contact",
}
"""Contents of a message, the more telling first: an animation also comes as a document, a venue as a location."""

NO_CONTENT = frozenset(
    """
    message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count sender_business_bot
    sender_tag date business_connection_id chat forward_origin is_topic_message is_automatic_forward reply_to_message
    external_reply quote reply_to_story reply_to_checklist_task_id via_bot edit_date has_protected_content
    is_from_offline is_paid_post media_group_id author_signature paid_star_count entities link_preview_options
    suggested_post_info effect_id caption caption_entities show_caption_above_media has_media_spoiler reply_markup
    forward_from forward_from_chat forward_from_message_id forward_signature forward_sender_name forward_date
    """.split()
)
"""What every message may carry beside its content."""

SERVICE = frozenset(
    """
    new_chat_members new_chat_member new_chat_participant left_chat_member left_chat_participant chat_owner_left
    chat_owner_changed new_chat_title new_chat_photo delete_chat_photo group_chat_created supergroup_chat_created
    channel_chat_created message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id pinned_message
    successful_payment refunded_payment users_shared user_shared chat_shared gift unique_gift gift_upgrade_sent
    connected_website write_access_allowed passport_data proximity_alert_triggered boost_added chat_background_set
    checklist_tasks_done checklist_tasks_added direct_message_price_changed forum_topic_created forum_topic_edited
    forum_topic_closed forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden giveaway_created
    giveaway_completed paid_message_price_changed suggested_post_approved suggested_post_approval_failed
    suggested_post_declined suggested_post_paid suggested_post_refunded video_chat_scheduled video_chat_started
    video_chat_ended video_chat_participants_invited web_app_data
    """.split()
)
"""What Telegram itself puts into a chat: nobody has said anything."""

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")
_CALLBACK_ID = re.compile(r"[\x21-\x7e]{1,64}")
_MAX_WHOLE = 2**53
_MAX_ALBUM_CHARS = 64


def read(raw: Mapping[str, Any], now: datetime) -> tuple[Event, ...]:
    """What an update tells; nothing for what does not concern us. Raises `UnreadableError`."""
    update = _object(raw, "update")
    if "message" in update:
        return _message(_object(update["message"], "message"), now)
    if "edited_message" in update:
        return _edited(_object(update["edited_message"], "edited_message"), now)
    if "callback_query" in update:
        return _pressed(_object(update["callback_query"], "callback_query"), now)
    if "my_chat_member" in update:
        return _own_membership(_object(update["my_chat_member"], "my_chat_member"))
    return ()


def callback_id(raw: object) -> str | None:
    """The id under which a pressed button wants to be answered; None for any other update."""
    query = raw.get("callback_query") if isinstance(raw, Mapping) else None
    value = query.get("id") if isinstance(query, Mapping) else None
    return value if isinstance(value, str) and _CALLBACK_ID.fullmatch(value) else None


def update_id(raw: object) -> int | None:
    """The number of an update, even of one that cannot be read."""
    value = raw.get("update_id") if isinstance(raw, Mapping) else None
    is_number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MAX_WHOLE
    return value if is_number else None


def _message(message: Mapping[str, Any], now: datetime) -> tuple[Event, ...]:
    chat = _object(message.get("chat"), "message.chat")
    number, address = _whole(message.get("message_id"), "message.message_id"), str(_whole(chat.get("id"), "chat.id"))
    if not _is_private(chat):
        return (AddedToGroup(CHANNEL, address),)
    if _is_bot(message):
        return ()
    at, name = _time(message.get("date"), "message.date", now), f"m{number}"
    kind = _kind(message)
    if kind == "text":
        return (_said(message, _text(message["text"], "message.text"), name, at),)
    if kind is None:
        return ()
    unreadable = IncomingMessage(
        CHANNEL,
        address,
        _of_album(message) or name,
        "",
        None,
        at,
        kind,
        language_hint=_hint(message),
        platform_id=str(number),
    )
    caption = _caption(message)
    return (unreadable, _said(message, caption, f"{name}t", at)) if caption else (unreadable,)


def _of_album(message: Mapping[str, Any]) -> str | None:
    """The pictures of an album are one message to answer, though Telegram brings each by itself."""
    album = message.get("media_group_id")
    is_one = isinstance(album, str) and album.isascii() and album.isdigit() and len(album) <= _MAX_ALBUM_CHARS
    return f"g{album}" if is_one else None


def _edited(message: Mapping[str, Any], now: datetime) -> tuple[Event, ...]:
    """New words are a new message; whatever else was edited (a live location moves all the time) is nothing new."""
    chat = _object(message.get("chat"), "edited_message.chat")
    number = _whole(message.get("message_id"), "edited_message.message_id")
    _whole(chat.get("id"), "chat.id")
    if not _is_private(chat) or _is_bot(message):
        return ()
    edited_on = _whole(message.get("edit_date"), "edited_message.edit_date")
    words = _text(message["text"], "edited_message.text") if "text" in message else _caption(message)
    if not words:
        return ()
    at = _time(edited_on, "edited_message.edit_date", now)
    return (_said(message, words, f"m{number}e{edited_on}", at),)


def _said(message: Mapping[str, Any], words: str, name: str, at: datetime) -> IncomingMessage:
    address, number = str(message["chat"]["id"]), str(message["message_id"])
    payload = payload_of(words)
    return IncomingMessage(CHANNEL, address, name, words, payload, at, language_hint=_hint(message), platform_id=number)


def _pressed(query: Mapping[str, Any], now: datetime) -> tuple[Event, ...]:
    """A button under a message of ours, however old; its message is Telegram's to keep, so it has no platform id."""
    number = query.get("id")
    if not isinstance(number, str) or not _CALLBACK_ID.fullmatch(number):
        raise UnreadableError("callback_query.id is no short text")
    if "message" not in query or "data" not in query:
        return ()
    data = _text(query["data"], "callback_query.data")
    message = _object(query["message"], "callback_query.message")
    chat = _object(message.get("chat"), "callback_query.message.chat")
    address = str(_whole(chat.get("id"), "chat.id"))
    if not _is_private(chat):
        return ()
    title = _title(message, data)
    hint = _hint(query)
    return (IncomingMessage(CHANNEL, address, f"c{number}", title, None, now, pressed=data, language_hint=hint),)


def _title(message: Mapping[str, Any], data: str) -> str:
    """What stands on the button; Telegram sends a keyboard along while the message is not too old."""
    markup = message.get("reply_markup")
    rows = markup.get("inline_keyboard") if isinstance(markup, Mapping) else None
    for row in rows if isinstance(rows, list) else ():
        for button in row if isinstance(row, list) else ():
            if isinstance(button, Mapping) and button.get("callback_data") == data:
                title = button.get("text")
                return title if isinstance(title, str) else ""
    return ""


def _own_membership(change: Mapping[str, Any]) -> tuple[Event, ...]:
    chat = _object(change.get("chat"), "my_chat_member.chat")
    address = str(_whole(chat.get("id"), "chat.id"))
    member = _object(change.get("new_chat_member"), "my_chat_member.new_chat_member")
    status = _text(member.get("status"), "my_chat_member.new_chat_member.status")
    if _is_private(chat):
        return (Reachability(CHANNEL, address, status == "member"),) if status in ("member", "kicked") else ()
    is_in = status in ("member", "administrator", "creator") or (status == "restricted" and member.get("is_member"))
    return (AddedToGroup(CHANNEL, address),) if is_in else ()


def _kind(message: Mapping[str, Any]) -> str | None:
    """`text`, a kind that cannot be read, or None where nobody has said anything."""
    if "text" in message:
        return "text"
    found = next((kind for field, kind in KINDS.items() if field in message), None)
    if found == "document" and _is_picture(message["document"]):
        return "picture"
    if found or SERVICE & message.keys():
        return found
    return "other" if message.keys() - NO_CONTENT else None


def _is_picture(document: object) -> bool:
    media_type = document.get("mime_type") if isinstance(document, Mapping) else None
    return isinstance(media_type, str) and media_type.startswith("image/")


def _caption(message: Mapping[str, Any]) -> str:
    return _text(message["caption"], "message.caption") if "caption" in message else ""


def _is_private(chat: Mapping[str, Any]) -> bool:
    return _text(chat.get("type"), "chat.type") == "private"


def _is_bot(message: Mapping[str, Any]) -> bool:
    sender = message.get("from")
    return isinstance(sender, Mapping) and sender.get("is_bot") is True


def _hint(said: Mapping[str, Any]) -> str | None:
    sender = said.get("from")
    tag = sender.get("language_code") if isinstance(sender, Mapping) else None
    return tag if isinstance(tag, str) and _TAG.fullmatch(tag) else None


def _time(value: object, name: str, now: datetime) -> datetime:
    """Telegram's time, in whole seconds; never later than now, whatever the clocks say."""
    try:
        return min(datetime.fromtimestamp(_whole(value, name), UTC), now)
    except (ValueError, OverflowError, OSError):
        raise UnreadableError(f"{name} is no time") from None


def _object(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise UnreadableError(f"{name} is no object")
    return value


def _whole(value: object, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= _MAX_WHOLE:
        raise UnreadableError(f"{name} is no whole number")
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise UnreadableError(f"{name} is no text")
    return value
