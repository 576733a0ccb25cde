"""The part of a report that tells how well danger is noticed, and names each sentence that was missed."""

from collections.abc import Sequence

from publishing.danger_figures import (
    DangerFigures,
    Share,
    alarmed,
    by_sign,
    missed,
    missed_threads,
    of_languages,
    of_sets,
)
from publishing.evaluate import Judged

COLUMNS = ("danger noticed", "urgent noticed", "false alarms", "everyday alarms", "threads noticed", "thread alarms")


def danger_table(judged: Sequence[Judged]) -> str:
    """Markdown: a row a language, a row a set; per cent with 95 % intervals (Wilson)."""
    sets = of_sets(judged)
    return _table("language", of_languages(judged)) + (f"\n\n{_table('set', sets)}" if len(sets) > 1 else "")


def danger_page(judged: Sequence[Judged]) -> str:
    """The tables, the figures by sign, and all sentences that were missed or raised an alarm for nothing."""
    parts = [
        f"## Danger\nIn per cent, with 95 % intervals (Wilson). {_MEANING}\n\n{danger_table(judged)}",
        f"### By sign\n{_signs(judged)}",
        f"### Danger that was missed\n{_listed(missed(judged))}",
        f"### Dangerous threads that were missed\n{_listed(missed_threads(judged))}",
        f"### Harmless sentences with an alarm\n{_listed(alarmed(judged))}",
    ]
    return "\n\n".join(parts)


_MEANING = (
    "*False alarms*: at near misses, written to mislead. *Everyday alarms*: at questions on the other topics. "
    "*Threads*: several messages of one person; noticed when any of them, read with those before it, raised an alarm."
)


def _table(name: str, rows: Sequence[DangerFigures]) -> str:
    lines = [f"| {name} | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 1) + "|"]
    return "\n".join([*lines, *(f"| {row.name} | {' | '.join(map(_cell, _shares(row)))} |" for row in rows)])


def _shares(row: DangerFigures) -> tuple[Share, ...]:
    return row.noticed, row.urgent, row.false_alarms, row.everyday, row.threads, row.thread_alarms


def _cell(share: Share) -> str:
    if not share.of:
        return "–"
    return f"{100 * share.share:.1f} ({100 * share.low:.0f}–{100 * share.high:.0f}) of {share.of}"


def _signs(judged: Sequence[Judged]) -> str:
    lines = ["| sign | noticed | sign named |", "|---|---|---|"]
    return "\n".join(
        [*lines, *(f"| {sign} | {_cell(seen)} | {_cell(named)} |" for sign, (seen, named) in by_sign(judged).items())]
    )


def _listed(items: Sequence[Judged]) -> str:
    lines = [f"* {item.row.language}, {item.row.written}, {_what(item)}: {_text(item)}" for item in items]
    return "\n".join(lines) or "None."


def _what(item: Judged) -> str:
    if item.has_alarm:
        return f"{item.answer['danger']}: {', '.join(item.answer.get('signs', ()))}"
    return item.row.sign or str(item.row.danger)


def _text(item: Judged) -> str:
    return " / ".join((*item.row.before, item.row.text)).replace("\n", " ")
