"""What the encoder says of the order of words, which the mean of its vectors does not know."""

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from language.encoder import Encoder, load_encoder

FOLDER = Path(__file__).parents[2] / "models" / "encoder"
ONE, OTHER = "the son helps the mother", "the mother helps the son"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(str(FOLDER))


def test_the_order_of_words_is_told_by_vectors_of_their_own(encoder: Encoder) -> None:
    means, orders = encoder.encode([ONE, OTHER]), encoder.encode_order([ONE, OTHER])
    assert float(means[0] @ means[1]) == pytest.approx(1, abs=1e-3)
    assert np.linalg.norm(orders, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert float(orders[0] @ orders[1]) < 0.6
    assert orders[0] == pytest.approx(encoder.encode_order([ONE])[0])


def test_the_order_of_nothing_is_nothing(encoder: Encoder) -> None:
    assert not encoder.encode_order(["", "…"]).any()


def test_another_model_of_sentence_transformers_needs_no_vectors_of_order(tmp_path: Path) -> None:
    SentenceTransformer(str(FOLDER), device="cpu").save(str(tmp_path / "plain"))
    assert load_encoder(str(tmp_path / "plain")).encode_order([ONE]).shape == (1, 0)
