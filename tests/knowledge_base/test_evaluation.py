"""Figures of a retriever."""

from knowledge_base.evaluation import Question, evaluate
from knowledge_base.retriever import Retriever


def test_figures_count_right_entries_and_refusals(retriever: Retriever) -> None:
    found = evaluate(
        retriever,
        [
            Question("Какой штраф за просрочку регистрации?", "registration/fines-ru", "ru", "RU"),
            Question("Потерял паспорт, что делать?", "registration/fines-ru", "ru", "RU"),
            Question("Как получить патент?", "no/such-entry", "ru", "RU"),
            Question("расскажи анекдот про погоду", None, "ru"),
        ],
    )
    assert found.questions == 4
    assert found.first == 1 / 3
    assert 1 / 3 < found.mean_reciprocal_rank <= 1 / 2
    assert found.in_content == 1.0
    assert found.refused == 1.0
