"""The limits of the Cloud API that Safar meets, with their units.

Sources: https://github.com/facebook/openapi (schemas of messages), and the pages messages, webhooks, throughput and
business-phone-numbers/media of https://developers.facebook.com/documentation/business-messaging/whatsapp
"""

from datetime import timedelta

from bot.channels.channel import Limits

API_VERSION = "v25.0"
"""Version of the Graph API: introduced on 18 February 2026, served until 29 July 2028."""

MAX_TEXT_CHARS = 4096
MAX_INTERACTIVE_BODY_CHARS = 1024
MAX_REPLY_BUTTONS = 3
MAX_REPLY_BUTTON_TITLE_CHARS = 20
MAX_LIST_ROWS = 10
MAX_ROW_TITLE_CHARS = 24
MAX_ROW_DESCRIPTION_CHARS = 72
MAX_LIST_BUTTON_CHARS = 20

MAX_WEBHOOK_BYTES = 3 * 1024 * 1024
"""The largest payload of a webhook."""

WINDOW = timedelta(hours=24)
"""So long after the person's last message they may be answered freely; after that only templates are let through."""
WINDOW_MARGIN = timedelta(minutes=5)
"""So long before its end the window counts as closed: a message under way must not cross the border."""

PAIR_PAUSE_SECONDS = 6.0
"""Between two messages to the same person, once the burst that is allowed is used up."""

MAX_IMAGE_BYTES = 5 * 1024 * 1024
MAX_DOCUMENT_BYTES = 100 * 1024 * 1024
IMAGE_TYPES = frozenset({"image/jpeg", "image/png"})
DOCUMENT_TYPES = frozenset(
    {
        "text/plain",
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)

LIMITS = Limits(MAX_TEXT_CHARS, MAX_LIST_ROWS, MAX_ROW_DESCRIPTION_CHARS)
"""What this channel can show at most: a longer title stands whole in the description of its row."""
