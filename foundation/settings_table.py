"""The table of settings: everything that a host can set, with its default and one sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One row: the environment variable, the field of `Settings`, its kind, default and sentence."""

    name: str
    field: str
    kind: str
    default: str
    sentence: str
    is_secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("SAFAR_HOME", "home", "path", "var", "Folder of database, logs and releases."),
    Setting("SAFAR_CONTENT", "content", "path", "data", "Folder that the content team edits."),
    Setting("SAFAR_HOST", "host", "text", "127.0.0.1", "Address on which the gateway listens."),
    Setting("SAFAR_PORT", "port", "port", "8080", "Port of the gateway, which the internet reaches."),
    Setting("SAFAR_CONSOLE_HOST", "console_host", "text", "127.0.0.1", "Address on which the console listens."),
    Setting("SAFAR_CONSOLE_PORT", "console_port", "port", "0", "Port of the console; 0 is the gateway's port plus 1."),
    Setting(
        "SAFAR_PUBLIC_URL", "public_url", "text", "", "Address under which people reach the gateway, if not local."
    ),
    Setting("SAFAR_ALLOWED_ORIGINS", "allowed_origins", "list", "", "Other sites that may use the web chat, by comma."),
    Setting(
        "SAFAR_DATABASE_URL",
        "database_url",
        "database",
        "",
        "Database: sqlite:///file or postgresql://…; empty is SQLite in SAFAR_HOME.",
        is_secret=True,
    ),
    Setting("SAFAR_TELEGRAM_TOKEN", "telegram_token", "text", "", "Token from BotFather; empty: off.", is_secret=True),
    Setting(
        "SAFAR_TELEGRAM_API_URL", "telegram_api_url", "address", "https://api.telegram.org", "Address of the Bot API."
    ),
    Setting(
        "SAFAR_TELEGRAM_MODE",
        "telegram_mode",
        "telegram_mode",
        "polling",
        "polling, or webhook, which needs SAFAR_PUBLIC_URL and SAFAR_TELEGRAM_SECRET.",
    ),
    Setting(
        "SAFAR_TELEGRAM_SECRET",
        "telegram_secret",
        "text",
        "",
        "Secret that Telegram sends along with the webhook: 1-256 letters, digits, _ and -.",
        is_secret=True,
    ),
    Setting(
        "SAFAR_WHATSAPP_TOKEN", "whatsapp_token", "text", "", "Token of the Cloud API; empty: off.", is_secret=True
    ),
    Setting(
        "SAFAR_WHATSAPP_PHONE_NUMBER_ID", "whatsapp_phone_number_id", "text", "", "Id of the number in the Cloud API."
    ),
    Setting(
        "SAFAR_WHATSAPP_APP_SECRET",
        "whatsapp_app_secret",
        "text",
        "",
        "Secret of the app, with which WhatsApp signs what it sends.",
        is_secret=True,
    ),
    Setting(
        "SAFAR_WHATSAPP_VERIFY_TOKEN",
        "whatsapp_verify_token",
        "text",
        "",
        "Word of your own, told to WhatsApp when the webhook is set up.",
        is_secret=True,
    ),
    Setting(
        "SAFAR_WHATSAPP_API_URL",
        "whatsapp_api_url",
        "address",
        "https://graph.facebook.com",
        "Address of the Graph API.",
    ),
    Setting(
        "SAFAR_WHATSAPP_TEMPLATE",
        "whatsapp_template",
        "text",
        "",
        "Name of the approved template that asks a person to read after 24 hours; empty: messages wait.",
    ),
    Setting(
        "SAFAR_WHATSAPP_TEMPLATE_LANGUAGES",
        "whatsapp_template_languages",
        "list",
        "ru,uz,kk,ky_KG,en",
        "Its languages at Meta, by comma; the first serves all others.",
    ),
    Setting("SAFAR_ENCODER", "encoder", "text", "models/encoder", "Folder or name of a sentence-transformers model."),
    Setting("SAFAR_LANGUAGES", "languages", "languages", "ru,uz,uz-Cyrl,tg,ky,kk,en", "Languages offered, by comma."),
    Setting("SAFAR_DEFAULT_COUNTRY", "default_country", "country", "RU", "Country whose emergency number comes first."),
    Setting("SAFAR_ENGINE_TIMEOUT_SECONDS", "engine_timeout_seconds", "seconds", "20", "Longest wait for the engine."),
    Setting("SAFAR_SLOW_NOTICE_SECONDS", "slow_notice_seconds", "seconds", "8", "Wait before people are told of it."),
    Setting("SAFAR_MESSAGES_PER_MINUTE", "messages_per_minute", "whole", "20", "Messages of one person in a minute."),
    Setting(
        "SAFAR_RETENTION_DAYS", "retention_days", "whole", "90", "Days after which a silent conversation is erased."
    ),
    Setting(
        "SAFAR_KEEP_OLD_ENGINE_SECONDS",
        "keep_old_engine_seconds",
        "seconds",
        "600",
        "Time for which the engine of the release before stays warm.",
    ),
)


def example_file() -> str:
    """The text of `.env.example`."""
    lines = ["# Settings of Safar. Copy to .env and change what you need. Secrets also from NAME_FILE.", ""]
    for setting in SETTINGS:
        lines += [f"# {setting.sentence}", f"#{setting.name}={setting.default}", ""]
    return "\n".join(lines)
