"""Draws what the offers of a transfer lose, as bars beside the marks."""

from collections.abc import Sequence

from actions.ground import Ground
from actions.shown_money import shown_money, shown_percent
from conversations.reply import Attachment
from guidance.pictures.bars import Bar, Mark, bars
from guidance.transfer import Cost, Sent

NAME = "transfer.png"
MAX_BARS = 8


def transfer_picture(
    ground: Ground, title: str, sent: Sent, offers: Sequence[tuple[str, Cost]], variant: str
) -> Attachment | None:
    """A PNG with one bar for each offer; None where no share is known: there would be nothing to see."""
    if all(cost.share is None for _, cost in offers):
        return None
    say, marks = ground.wording.text, ground.transfer_marks
    target, most = (shown_percent(each, variant) for each in (marks.target_percent, marks.most_percent))
    content = bars(
        say("transfer_picture_title", variant, transfer=title),
        [_bar(ground, sent, *offer, variant) for offer in offers[:MAX_BARS]],
        (
            Mark(marks.target_percent, target, say("transfer_picture_target", variant, percent=target)),
            Mark(marks.most_percent, most, say("transfer_picture_most", variant, percent=most)),
        ),
    )
    return Attachment(NAME, "image/png", content)


def _bar(ground: Ground, sent: Sent, name: str, cost: Cost, variant: str) -> Bar:
    received = "" if cost.received is None else shown_money(ground, cost.received, sent.arrives_in, variant)
    unknown = ground.wording.text("transfer_picture_unknown", variant)
    return Bar(name, received, cost.share, unknown if cost.share is None else shown_percent(cost.share, variant))
