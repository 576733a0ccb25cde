"""Makes a small encoder folder: random vectors for the words of the test project."""

import json
import zlib
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from language.static_encoder import FOLDER_MARK, PREPARATION, prepared

DIMENSION = 32


def make_encoder(folder: Path, texts: list[str]) -> Path:
    """Write an encoder that knows the words of these texts."""
    words = sorted({word for text in texts for word in prepared(text).split()})
    vocabulary = {"[UNK]": 0} | {word: number for number, word in enumerate(words, 1)}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    vectors = [np.random.default_rng(zlib.crc32(word.encode())).standard_normal(DIMENSION) for word in vocabulary]
    save_file({"embedding.weight": np.array(vectors, dtype=np.float32)}, folder / "model.safetensors")
    (folder / FOLDER_MARK).write_text(json.dumps({"preparation": PREPARATION}), "utf-8")
    return folder
