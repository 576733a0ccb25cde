"""The webhook: who calls is checked first, then the update is stored, then it is acknowledged."""

import hmac
import json
import logging

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.telegram.intake import Intake
from bot.failures import failure_code

SECRET_HEADER = "x-telegram-bot-api-secret-token"

log = logging.getLogger(__name__)


class Webhook:
    """Answers 200 to every genuine update, also to one that nobody can read: Telegram would bring it for ever."""

    def __init__(self, secret: str, intake: Intake) -> None:
        self._secret = secret.encode()
        self._intake = intake

    async def take(self, request: Request) -> Response:
        """POST /telegram/webhook: 401 without the secret, 403 with another, 400 for no JSON, 503 while not stored."""
        given = request.headers.get(SECRET_HEADER)
        if given is None:
            return _refused("missing_secret", 401)
        if not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), self._secret):
            return _refused("wrong_secret", 403)
        try:
            raw = json.loads(await request.body())
        except (ValueError, RecursionError):
            return _refused("bad_json", 400)
        try:
            await self._intake.take(raw)
        except Exception as error:  # the database is away: Telegram will bring the update again
            log.error("an update was not stored (%s); Telegram will bring it again", failure_code(error))
            return Response(status_code=503, headers={"Retry-After": "2"})
        return Response(status_code=200)


def _refused(code: str, status: int) -> Response:
    log.warning("a call of the webhook was refused (%s)", code)
    return Response(status_code=status)
