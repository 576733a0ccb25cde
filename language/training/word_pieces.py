"""Learns the word pieces of the encoder from prepared texts of all languages."""

import json
from collections.abc import Iterable

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "<unk>"
MAX_PIECE_CHARS = 14
WORD_START = "▁"
FEWEST_WORD_CHARS = 3
WHOLE_WORD_RANK = 0.6
"""A whole word that is added is as likely as the learnt piece at this place of the order: likelier than most."""


def learn_word_pieces(texts: Iterable[str], size: int, whole_words: Iterable[str] = ()) -> Tokenizer:
    """A Unigram model (Kudo 2018, https://arxiv.org/abs/1804.10959) of at most `size` learnt pieces.

    `whole_words` become pieces of their own, so that what is known of a word stays together.
    """
    tokenizer = Tokenizer(models.Unigram())
    # `language.static_encoder.prepared` does more; this much helps those who load the folder without it.
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=False), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        max_piece_length=MAX_PIECE_CHARS,
        shrinking_factor=0.75,
        n_sub_iterations=2,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return _with_words(tokenizer, whole_words)


class WordPieces:
    """Numbers of the pieces of each word; a word is cut once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._seen: dict[str, list[int]] = {}

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Of all pieces of `words`, one after the other."""
        return [number for word in words for number in self._of_word(word)]

    def _of_word(self, word: str) -> list[int]:
        found = self._seen.get(word)
        if found is None:
            found = self._seen[word] = list(self._tokenizer.encode(word, add_special_tokens=False).ids)
        return found


def _with_words(tokenizer: Tokenizer, words: Iterable[str]) -> Tokenizer:
    """Pieces in the order of letters: the trainer orders equally frequent ones by chance."""
    document = json.loads(tokenizer.to_str())
    unknown, *learnt = document["model"]["vocab"]
    pieces = {piece: round(score, 6) for piece, score in learnt}
    likely = sorted(pieces.values(), reverse=True)[int(len(pieces) * WHOLE_WORD_RANK)] if pieces else 0.0
    for word in words:
        if len(word) >= FEWEST_WORD_CHARS and " " not in word and not any(map(str.isdigit, word)):
            pieces.setdefault(WORD_START + word, likely)
    document["model"]["vocab"] = [unknown, *sorted([piece, score] for piece, score in pieces.items())]
    return Tokenizer.from_str(json.dumps(document))
