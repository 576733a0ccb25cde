"""The last texts of a conversation: a few, cut, forgotten with the conversation; and danger told in pieces."""

from collections.abc import Callable

from bot.last_texts import KEPT_CHARS, MAX_CONVERSATIONS, LastTexts
from guidance.danger import CONTEXT_TEXTS
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson


def test_the_last_texts_are_kept_oldest_first() -> None:
    texts = LastTexts()
    assert texts.before("one") == ()
    for number in range(CONTEXT_TEXTS + 2):
        texts.keep("one", str(number))
    assert texts.before("one") == ("2", "3", "4")
    assert texts.before("two") == ()


def test_of_a_long_text_its_end_is_kept_and_an_erased_one_is_forgotten() -> None:
    texts = LastTexts()
    texts.keep("one", "a" * KEPT_CHARS + "b")
    assert len(texts.before("one")[0]) == KEPT_CHARS and texts.before("one")[0].endswith("b")
    texts.forget("one")
    assert texts.before("one") == ()


def test_memory_has_an_end() -> None:
    texts = LastTexts()
    for number in range(MAX_CONVERSATIONS + 1):
        texts.keep(str(number), "text")
    assert texts.before("0") == () and texts.before("1") == ("text",)


def test_danger_told_in_two_messages_is_noticed_by_the_gateway_with_the_engine_away(
    sqlite_environ: dict[str, str],
    begin: Callable[[dict[str, str]], GatewayThread],
    meet: Callable[..., WebPerson],
    engine: EngineStandIn,
) -> None:
    engine.stop()
    alone, told = (meet(begin(sqlite_environ).url) for _ in range(2))
    alone.write("паспорт и спрятал")
    told.write("Хозяин забрал")
    told.write("паспорт и спрятал")
    told.until(lambda: told.notice("безопасно писать"), seconds=5)
    alone.read()
    assert alone.notice("безопасно писать") == []
