"""The methods of the Bot API that the emulator knows."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.telegram_emulator import rules
from tests.telegram_emulator.rules import ApiError, broken
from tests.telegram_emulator.updates import Updates
from tests.telegram_emulator.world import BOT, Chat, Message, World

DELETABLE_SECONDS = 48 * 3600
ANSWERABLE_SECONDS = 60
MAX_POLL_SECONDS = 50
Parameters = Mapping[str, Any]
SENDING = {"chat_id", "reply_markup", "disable_notification", "protect_content", "parse_mode"}


class Methods:
    """Each method takes its parameters and gives its result, or raises `ApiError`."""

    def __init__(self, world: World, updates: Updates) -> None:
        self._world = world
        self._updates = updates
        self._known: dict[str, tuple[Callable[[Parameters], Awaitable[Any]], set[str]]] = {
            "getme": (self._get_me, set()),
            "getupdates": (self._get_updates, {"offset", "limit", "timeout", "allowed_updates"}),
            "setwebhook": (
                self._set_webhook,
                {"url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates"},
            ),
            "deletewebhook": (self._delete_webhook, {"drop_pending_updates"}),
            "getwebhookinfo": (self._get_webhook_info, set()),
            "sendmessage": (self._send_message, SENDING | {"text", "entities", "link_preview_options"}),
            "sendphoto": (self._send_photo, SENDING | {"photo", "caption"}),
            "senddocument": (self._send_document, SENDING | {"document", "caption"}),
            "sendchataction": (self._send_chat_action, {"chat_id", "action"}),
            "answercallbackquery": (self._answer_callback_query, {"callback_query_id", "text", "show_alert"}),
            "deletemessage": (self._delete_message, {"chat_id", "message_id"}),
            "deletemessages": (self._delete_messages, {"chat_id", "message_ids"}),
            "setmycommands": (self._set_my_commands, {"commands", "language_code", "scope"}),
            "leavechat": (self._leave_chat, {"chat_id"}),
        }

    async def call(self, method: str, parameters: Parameters) -> Any:
        """The result of a method; raises `ApiError`."""
        if method.lower() not in self._known:
            raise ApiError(404, "Not Found: method not found", is_violation=True)
        function, known = self._known[method.lower()]
        unknown = parameters.keys() - known
        if unknown:
            with self._world.lock:
                self._world.violations.append(f"{method}: unknown parameters {', '.join(sorted(unknown))}")
        return await function(parameters)

    async def _get_me(self, _given: Parameters) -> Any:
        return BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def _get_updates(self, given: Parameters) -> Any:
        kinds = rules.check_updates(given)
        if kinds is not None:
            self._updates.allowed = frozenset(kinds)
        limit = min(max(int(given.get("limit", 100)), 1), 100)
        timeout = min(max(int(given.get("timeout", 0)), 0), MAX_POLL_SECONDS)
        return await self._updates.poll(int(given.get("offset", 0)), limit, timeout)

    async def _set_webhook(self, given: Parameters) -> Any:
        url, secret = rules.check_webhook(given)
        kinds = rules.check_updates(given)
        with self._world.lock:
            self._updates.url, self._updates.secret = url, secret
            if kinds is not None:
                self._updates.allowed = frozenset(kinds)
            self._drop(given)
        self._updates.tell()
        return True

    async def _delete_webhook(self, given: Parameters) -> Any:
        with self._world.lock:
            self._updates.url = self._updates.secret = ""
            self._drop(given)
        return True

    def _drop(self, given: Parameters) -> None:
        if str(given.get("drop_pending_updates", "")).lower() in ("true", "1"):
            self._updates.waiting.clear()

    async def _get_webhook_info(self, _given: Parameters) -> Any:
        found = self._updates
        info = {"url": found.url, "has_custom_certificate": False, "pending_update_count": len(found.waiting)}
        trouble = {"last_error_date": int(self._world.now()), "last_error_message": found.last_error}
        return info | (trouble if found.last_error else {})

    async def _send_message(self, given: Parameters) -> Any:
        with self._world.lock:
            text = rules.check_text(given)
            return self._added(self._writable(given), {"text": text}, given)

    async def _send_photo(self, given: Parameters) -> Any:
        photo = given.get("photo")
        content = {"photo": [{"file_id": "p1", "file_unique_id": "u1", "width": 1, "height": 1}]}
        return await self._send_file(given, photo, content, is_photo=True)

    async def _send_document(self, given: Parameters) -> Any:
        document = given.get("document")
        name = getattr(document, "filename", None) or "file"
        content = {"document": {"file_id": "d1", "file_unique_id": "u2", "file_name": name}}
        return await self._send_file(given, document, content, is_photo=False)

    async def _send_file(self, given: Parameters, file: Any, content: dict[str, Any], is_photo: bool) -> Any:
        if not hasattr(file, "read"):
            raise broken(f"there is no {'photo' if is_photo else 'document'} in the request")
        held: bytes = await file.read()
        with self._world.lock:
            rules.check_file(held, is_photo)
            caption = rules.check_text(given, "caption", rules.MAX_CAPTION_UNITS)
            whole = content | ({"caption": caption} if caption else {})
            return self._added(self._writable(given), whole, given, held)

    async def _send_chat_action(self, given: Parameters) -> Any:
        with self._world.lock:
            rules.check_action(given)
            self._writable(given).typing_signs.append(self._world.now())
        return True

    async def _answer_callback_query(self, given: Parameters) -> Any:
        with self._world.lock:
            name = str(given.get("callback_query_id", ""))
            pressed_at = self._world.callback_queries.pop(name, 0.0)
            if self._world.now() - pressed_at > ANSWERABLE_SECONDS:
                words = "query is too old and response timeout expired or query ID is invalid"
                raise ApiError(400, f"Bad Request: {words}")
            self._world.answered_queries.append(name)
        return True

    async def _delete_message(self, given: Parameters) -> Any:
        with self._world.lock:
            message = self._chat(given).messages.get(int(given.get("message_id", 0)))
            if message is None or message.is_deleted:
                raise ApiError(400, "Bad Request: message to delete not found")
            self._check_deletable(message)
            message.is_deleted = True
        return True

    async def _delete_messages(self, given: Parameters) -> Any:
        """Unknown ones are passed over; one that is too old makes the whole call fail."""
        with self._world.lock:
            known = self._chat(given).messages
            found = [known[each] for each in rules.check_message_ids(given) if each in known]
            for message in found:
                if not message.is_deleted:
                    self._check_deletable(message)
            for message in found:
                message.is_deleted = True
        return True

    async def _set_my_commands(self, given: Parameters) -> Any:
        code, commands = rules.check_commands(given)
        with self._world.lock:
            self._world.commands[code] = commands
        return True

    async def _leave_chat(self, given: Parameters) -> Any:
        with self._world.lock:
            chat = self._chat(given)
            if chat.is_private:
                raise broken("chat member status can't be changed in private chats")
            self._check_member(chat)
            chat.has_bot = False
        return True

    def _check_deletable(self, message: Message) -> None:
        if self._world.now() - message.date > DELETABLE_SECONDS:
            raise ApiError(400, "Bad Request: message can't be deleted for everyone")

    def _added(self, chat: Chat, content: dict[str, Any], given: Parameters, file: bytes = b"") -> Any:
        message = self._world.add_message(chat, content, True, rules.check_keyboard(given), file)
        return self._world.shown(chat, message)

    def _writable(self, given: Parameters) -> Chat:
        chat = self._chat(given)
        if not chat.is_private:
            self._check_member(chat)
        elif chat.is_blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        elif not chat.has_started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def _check_member(self, chat: Chat) -> None:
        if not chat.has_bot:
            raise ApiError(403, f"Forbidden: bot is not a member of the {chat.chat['type']} chat")

    def _chat(self, given: Parameters) -> Chat:
        try:
            number = int(given.get("chat_id", ""))
        except ValueError:
            raise broken("chat_id is empty") from None
        if number not in self._world.chats:
            raise ApiError(400, "Bad Request: chat not found")
        return self._world.chats[number]
