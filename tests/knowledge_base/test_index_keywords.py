"""The keyword index: shares of a question's weight, by entry."""

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.keywords import Keywords, keywords

DOCUMENTS = ("патент оплата чек", "патент срок", "паспорт потерян", "регистрация срок штраф")


@pytest.fixture
def index() -> Keywords:
    """Four documents; the second and the last belong to one entry, and the order is not that of the entries."""
    return Keywords.build(DOCUMENTS, [2, 0, 1, 0])


def test_an_entry_has_the_share_of_its_best_document(index: Keywords) -> None:
    of_patent, of_passport, of_fee = index.coverage("патент срок")
    assert of_patent > of_fee > 0
    assert of_passport == 0
    alone = Keywords.build(DOCUMENTS, range(4)).coverage("патент срок")
    assert of_patent == pytest.approx(max(alone[1], alone[3]))


def test_the_shares_are_those_of_bm25(index: Keywords) -> None:
    for text in ("патент", "патент патент срок", "потерян паспорт, а регистрация?", "чек"):
        words = [word for word in dict.fromkeys(keywords(text)) if word in index._model.vocab_dict]
        of_documents = index._model.get_scores(words)
        best = [max(of_documents[1], of_documents[3]), of_documents[2], of_documents[0]]
        found = index.coverage(text)
        assert found / found.max() == pytest.approx(np.array(best) / max(best), abs=1e-5)


def test_words_that_no_document_has_lower_the_share(index: Keywords) -> None:
    assert 0 < index.coverage("патент дирижабль")[0] < index.coverage("патент")[0] <= 1
    assert not index.coverage("дирижабль").any()
    assert not index.coverage("").any()


def test_an_empty_library_has_no_shares() -> None:
    assert Keywords.build([], []).coverage("патент").shape == (0,)


def test_kept_keywords_say_the_same(tmp_path: Path, index: Keywords) -> None:
    index.save(tmp_path)
    assert Keywords.load(tmp_path).coverage("патент срок") == pytest.approx(index.coverage("патент срок"))
