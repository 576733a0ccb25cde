"""Reads a short reply to a yes/no question: yes, no, skip, back, stop, or a correction of the answer before."""

import re
from collections.abc import Mapping
from pathlib import Path

from guidance.questionnaire_file import QuestionnaireError, read_document
from language.folding import skeleton

FILE = "replies.yml"
KINDS = ("yes", "no", "skip", "back", "correct_yes", "correct_no", "stop")
MAX_WORDS_AFTER = 8
"""More words after a yes or no tell a story, which is answered as a question of its own."""
_CLAUSE_END = re.compile(r"[,.;:!\n—–]+")


class Replies:
    """The wordings of each kind in all languages: people mix them.

    `by_language` has the kinds of each language's own wordings, which come first: “ага” is yes in Russian and an elder
    brother in Kazakh. `false_friends` are wordings of other languages that say something else in this one.
    """

    def __init__(
        self, by_language: Mapping[str, Mapping[str, str]], false_friends: Mapping[str, frozenset[str]]
    ) -> None:
        self._by_language = by_language
        self._all = {wording: kind for kinds in by_language.values() for wording, kind in kinds.items()}
        self._false_friends = false_friends

    @classmethod
    def load(cls, folder: Path) -> "Replies":
        """Read `replies.yml`; raises `QuestionnaireError` for a wording that means two things."""
        file = folder / FILE
        document = read_document(file)
        rows = document.get("replies")
        if not isinstance(rows, dict) or set(rows) != set(KINDS):
            raise QuestionnaireError(file, "replies", f"needs exactly {', '.join(KINDS)}")
        all_kinds: dict[str, str] = {}
        by_language: dict[str, dict[str, str]] = {}
        for kind, wordings_of in rows.items():
            for language, wording in ((name, str(each)) for name, wordings in wordings_of.items() for each in wordings):
                if all_kinds.setdefault(skeleton(wording), kind) != kind:
                    raise QuestionnaireError(file, wording, f"means {all_kinds[skeleton(wording)]} and {kind}")
                by_language.setdefault(language, {})[skeleton(wording)] = kind
        friends = document.get("false_friends") or {}
        return cls(by_language, {name: frozenset(map(skeleton, words)) for name, words in friends.items()})

    def read(self, text: str, language: str) -> str | None:
        """The kind of a reply of one who writes in `language`; None for everything else, a question above all."""
        if "?" in text:
            return None
        whole = self._kind(skeleton(text), language)
        if whole:
            return whole
        first, _, rest = _CLAUSE_END.sub(",", text.strip(), count=1).partition(",")
        kind = self._kind(skeleton(first), language) if rest else None
        if kind not in ("yes", "no") or len(rest.split()) > MAX_WORDS_AFTER:
            return None
        return kind

    def _kind(self, wording: str, language: str) -> str | None:
        own = self._by_language.get(language, {}).get(wording)
        if own or wording in self._false_friends.get(language, frozenset()):
            return own
        return self._all.get(wording)
