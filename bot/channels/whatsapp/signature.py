"""Whether a call comes from the platform: the signature of a webhook, and the verify token at its set-up.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
"""

import hashlib
import hmac

SIGNATURE_HEADER = "x-hub-signature-256"
_PREFIX = "sha256="


def is_genuine(body: bytes, header: str | None, app_secret: str) -> bool:
    """Whether the header signs these very bytes (HMAC-SHA256 with the app secret); compared in constant time."""
    signature = (header or "").strip()
    if not signature.startswith(_PREFIX):
        return False
    return _is_same(signature.removeprefix(_PREFIX).lower(), _digest(body, app_secret))


def signature_of(body: bytes, app_secret: str) -> str:
    """The value of the header for these bytes."""
    return _PREFIX + _digest(body, app_secret)


def is_verify_token(given: str, verify_token: str) -> bool:
    """Whether the word given at the set-up of the webhook is ours; compared in constant time."""
    return _is_same(given, verify_token)


def _digest(body: bytes, app_secret: str) -> str:
    return hmac.new(app_secret.encode("utf-8"), body, hashlib.sha256).hexdigest()


def _is_same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
