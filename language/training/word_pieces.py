"""Learns the word pieces of the encoder from prepared texts of all languages."""

import json
from collections.abc import Iterable

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "<unk>"
MAX_PIECE_CHARS = 14


def learn_word_pieces(texts: Iterable[str], size: int) -> Tokenizer:
    """A Unigram model (Kudo 2018, https://arxiv.org/abs/1804.10959) of at most `size` pieces."""
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
    return _in_fixed_order(tokenizer)


def _in_fixed_order(tokenizer: Tokenizer) -> Tokenizer:
    """Pieces in the order of letters: the trainer orders equally frequent ones by chance."""
    document = json.loads(tokenizer.to_str())
    unknown, *pieces = document["model"]["vocab"]
    document["model"]["vocab"] = [unknown, *sorted([piece, round(score, 6)] for piece, score in pieces)]
    return Tokenizer.from_str(json.dumps(document))
