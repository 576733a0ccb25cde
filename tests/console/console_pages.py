"""A console with something on every page, and the addresses of all its pages."""

from dataclasses import dataclass

from conversations.commands import Understood
from conversations.inbox import Inbox, NewMessage
from conversations.internal_notes import InternalNotes
from conversations.outbox import Outbox
from conversations.platform_messages import PlatformMessages
from conversations.reply import Reply
from conversations.turn import finish_turn
from tests.console.conftest import Street


@dataclass(frozen=True)
class Scene:
    """Conversations that Madina holds, Rustam holds, that wait, and that the bot has."""

    mine: str
    others: str
    waiting: str
    of_bot: str

    @property
    def conversations(self) -> tuple[str, ...]:
        """The address of each."""
        return tuple(f"/conversations/{each}" for each in (self.mine, self.others, self.waiting, self.of_bot))

    @property
    def pages(self) -> tuple[str, ...]:
        """The addresses of all pages for operators."""
        return ("/", "/conversations", *self.conversations, "/referrals", "/needs")


def set_scene(street: Street) -> Scene:
    """Fill the database: a long conversation on WhatsApp with everything that its page can show, and three others."""
    mine = street.conversations.create("whatsapp", "996500044444", None, street.clock()).id
    street.conversations.remember(mine, variant="tg", country="RU", citizenship="TJ")
    entry, permit = "registration/arrival-uz-tj-ru", "work.permit_payment"
    _asks(street, mine, "Ман 3 рӯз пеш омадам, чӣ кор кунам?", Understood("registration.arrival", 0.87, entry), "p1")
    _asks(street, mine, "патент чан пул?", Understood("meta.out_of_scope", 0.21), "p2")
    _asks(street, mine, "патент чанд пул аст?", Understood(permit, 0.77, None), "p3", edits="p2")
    understood = Understood("trafficking.forced_labour", 0.93)
    _asks(street, mine, "хӯҷаин паспортамро гирифт ва намедиҳад", understood, "p4", danger="concern")
    street.handovers.open(mine, "asked for a person", "concern", street.clock())
    street.handovers.take(mine, "Madina", street.clock())
    for text in ("Салом! Ман Мадина, оператор. Паспорти шумо ҳоло дар дасти кист?", "Дар куҷо ҳастед?"):
        street.clock.move(minutes=1)
        street.handovers.answer(mine, "Madina", text, street.clock())
    _deliver(street, mine)
    InternalNotes(street.database).write(mine, "Rustam", "Уже писал на прошлой неделе.", street.clock())
    others, waiting = street.waits("Салом"), street.waits("Кӯмак лозим", danger="urgent")
    street.handovers.take(others, "Rustam", street.clock())
    of_bot = street.arrives("kk", "KZ", "UZ")
    street.writes(of_bot, "патент тамом шуд")
    return Scene(mine, others, waiting, of_bot)


def _asks(
    street: Street,
    conversation_id: str,
    text: str,
    understood: Understood,
    platform_id: str,
    edits: str | None = None,
    danger: str = "none",
) -> None:
    street.clock.move(minutes=2)
    inbox, now = Inbox(street.database), street.clock()
    signs = ("papers",) if danger != "none" else ()
    inbox.store(
        NewMessage(conversation_id, platform_id, text, None, danger, signs, "tg", platform_id, edits=edits), now
    )
    claimed = inbox.claim("worker", now, 30)
    assert claimed is not None
    reply = Reply("Дар 15 рӯз бояд бақайд гиред.", (("Ҳа", "/affirm"), ("Не", "/deny")))
    assert finish_turn(street.database, claimed, [reply], [understood], "r1", now)


def _deliver(street: Street, conversation_id: str) -> None:
    """All is read but the last, which was refused."""
    outbox, platform = Outbox(street.database), PlatformMessages(street.database)
    cursors = []
    while due := outbox.due(street.clock(), 50, ["whatsapp"]):
        for each in due:
            platform.taken(conversation_id, each.cursor, f"w{each.cursor}", street.clock())
            outbox.delivered(each.cursor, street.clock())
            cursors.append(each.cursor)
    for cursor in cursors[:-1]:
        platform.mark("whatsapp", f"w{cursor}", "read", None, street.clock(), street.clock())
    platform.mark("whatsapp", f"w{cursors[-1]}", "failed", "undeliverable", street.clock(), street.clock())
