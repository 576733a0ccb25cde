"""How dangerous a message sounds, and by which signs: a model and read phrases, without Rasa."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from guidance.danger_features import folded, windows
from guidance.danger_model import DangerModel, Scored, Seen
from guidance.danger_phrases import Phrases
from guidance.danger_signs import LEVELS, Level
from language.encoder import Encoder, EncoderError, load_encoder

__all__ = ["LEVELS", "NO_DANGER", "Danger", "DangerDetector", "DangerModelError", "Level"]

ENCODER_FOLDER = "encoder"
WORDS_FILE = "danger.json"
WORDING = "wording"
CONTEXT_TEXTS = 3
"""So many messages before the one in hand are looked at with it."""
CONTEXT_MARGIN = 0.4
"""How far, as a logit, several messages must be over the threshold together (found on the first set, cut in pieces)."""
SURE_SIGN = 0.2
"""From this likelihood on a sign is named: three in four dangers have it, of everyday messages that raise an alarm one
in three (first set). Without a sign the level alone leads, so that few with a parking fine hear of the army."""
ALSO_LIKELY = 0.8
"""A sign is named beside the likeliest one when it is at least so likely as a share of it."""


class DangerModelError(Exception):
    """The folder holds no whole danger model."""


@dataclass(frozen=True)
class Danger:
    """The level; the ids of the signs seen (`data/danger/signs.yml`), surest first; a score from 0 to 1.

    Where no sign is sure none is named. An alarm of the model begins at 0.5; a phrase scores 1. `evidence` says what
    showed the signs: phrases, folded, and “wording” for the model.
    """

    level: Level
    signs: tuple[str, ...]
    score: float
    evidence: tuple[str, ...] = ()


NO_DANGER = Danger("none", (), 0.0)


class DangerDetector:
    """Looks at a message, and at the ones before it where it tells of no danger alone."""

    def __init__(
        self, model: DangerModel | None, phrases: Phrases, levels: Mapping[str, Level], encoder: Encoder | None = None
    ) -> None:
        """`levels`: of every sign, in the order of the model's columns. Without a model only phrases are known."""
        self._model = model
        self._phrases = phrases
        self._levels = dict(levels)
        self._signs = np.array(list(levels))
        self._encoder = encoder

    @classmethod
    def load(cls, folder: Path) -> "DangerDetector":
        """Read a trained detector, and the release's encoder beside it; raises `DangerModelError`."""
        try:
            words = json.loads((folder / WORDS_FILE).read_text("utf-8"))
            model = DangerModel.load(folder) if words["has_model"] else None
            encoder = load_encoder(str(folder.parent / ENCODER_FOLDER)) if words["has_encoder"] else None
        except (OSError, KeyError, TypeError, ValueError, EncoderError) as error:
            raise DangerModelError(f"{folder}: no danger model ({error}). Run `safar train`.") from error
        if model and encoder and encoder.dimension != model.of_vector.shape[1]:
            raise DangerModelError(f"{folder}: made with another encoder. Run `safar train`.")
        return cls(model, Phrases(words["phrases"]), words["levels"], encoder)

    def save(self, folder: Path) -> None:
        """Write the detector."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._model:
            self._model.save(folder)
        words = {
            "has_model": self._model is not None,
            "has_encoder": self._encoder is not None,
            "levels": self._levels,
            "phrases": self._phrases.raw,
        }
        (folder / WORDS_FILE).write_text(json.dumps(words, ensure_ascii=False), "utf-8")

    def assess(self, text: str, before: Sequence[str] = (), language: str = "") -> Danger:
        """The danger in a message; `before` are the migrant's last messages, oldest first.

        Several messages may tell together what none tells alone. What was told before is not told again: a message
        counts only where danger begins with it.
        """
        seen = self._see(text, *windows(text))
        alone = self._assess(text, seen, language)
        if alone.level != "none" or not before or not any(map(str.isalpha, text)):
            return alone
        whole = "\n".join((*before, text))
        seen_together = self._see(whole)
        over = seen.over(seen_together) if seen and seen_together else None
        together = self._assess(whole, over, language, CONTEXT_MARGIN)
        if together.level == "none" or self._was_told(before, language):
            return alone
        return together

    def _was_told(self, before: Sequence[str], language: str) -> bool:
        whole = "\n".join(before)
        return self._assess(whole, self._see(whole, *before), language).level != "none"

    def _see(self, *parts: str) -> Seen | None:
        return self._model.see(parts, self._encoder) if self._model and folded(parts[0]) else None

    def _assess(self, text: str, seen: Seen | None, language: str, margin: float = 0.0) -> Danger:
        by_phrase = self._by_phrase(folded(text))
        if self._model is None or seen is None or not any(map(str.isalpha, folded(text))):
            return by_phrase
        scored = self._model.score(seen, language)
        return self._with_model(by_phrase, replace(scored, danger=scored.danger - margin))

    def _by_phrase(self, whole: str) -> Danger:
        found = {sign: phrase for sign, phrase in self._phrases.found(whole).items() if sign in self._levels}
        if not found:
            return NO_DANGER
        signs = tuple(sorted(found, key=lambda sign: -LEVELS.index(self._levels[sign])))
        return Danger(self._levels[signs[0]], signs, 1.0, tuple(found[sign] for sign in signs))

    def _with_model(self, by_phrase: Danger, scored: Scored) -> Danger:
        score = round(1 / (1 + math.exp(-max(-30.0, min(30.0, scored.danger)))), 4)
        if scored.danger < 0:
            return by_phrase if by_phrase.signs else replace(NO_DANGER, score=score)
        modelled: Level = "urgent" if scored.urgent >= 0 else "concern"
        level = max(by_phrase.level, modelled, key=LEVELS.index)
        signs = tuple(dict.fromkeys((*by_phrase.signs, *self._likeliest(scored, modelled))))
        return Danger(level, signs, max(by_phrase.score, score), (*by_phrase.evidence, WORDING))

    def _likeliest(self, scored: Scored, level: Level) -> tuple[str, ...]:
        """The likeliest signs; the first is one of this level, so that level and signs agree; none that is not sure."""
        order = np.argsort(-scored.signs, kind="stable")
        names = [str(name) for name in self._signs[order]]
        first = next(name for name in names if self._levels[name] == level)
        highest = float(scored.signs[list(self._signs).index(first)])
        if highest < SURE_SIGN:
            return ()
        least = ALSO_LIKELY * highest
        likely = zip(names, scored.signs[order], strict=True)
        others = (name for name, value in likely if value > max(least, 0) and self._levels[name] in ("concern", level))
        return tuple(dict.fromkeys((first, *others)))[:2]
