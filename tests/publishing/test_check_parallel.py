"""Checks of the parallel corpus: each fault that is put into a sound corpus is named with its file and line."""

from pathlib import Path

import pytest

from publishing.check_parallel import check_parallel
from publishing.parallel_corpus import COLUMNS, LANGUAGES, SECOND_COLUMNS, CorpusError, read_corpus

SOUND = (
    (
        "bans.check-001",
        "plain",
        "migrant",
        "Before I buy a ticket I want to know whether they will let me in.",
        "Прежде чем брать билет, хочу узнать, пустят ли меня.",
        "Chipta olishdan oldin meni kiritishadimi, bilib olmoqchiman.",
        "Пеш аз харидани чипта донистан мехоҳам, ки маро медароранд ё не.",
        "Билет алардан мурун мени киргизишеби, билгим келет.",
        "Билет алмас бұрын мені кіргізе ме, соны білгім келеді.",
    ),
    (
        "bans.check-002",
        "colloquial",
        "family",
        "My brother was turned back at the airport and nobody told him why.",
        "Брата развернули в аэропорту, и никто не объяснил почему.",
        "Akamni aeroportdan qaytarib yuborishdi, sababini hech kim aytmadi.",
        "Бародарамро аз фурудгоҳ баргардонданд ва ҳеҷ кас сабабашро нагуфт.",
        "Байкемди аэропорттон кайра жөнөтүштү, себебин эч ким айткан жок.",
        "Ағамды әуежайдан кері қайтарды, себебін ешкім айтпады.",
    ),
)
SECOND = (
    "bans.check-002",
    "They sent my brother home from the airport without a single word.",
    "Моего брата прямо из аэропорта отправили домой без единого слова.",
    "Ukamni bir ogʻiz gap aytmay aeroportning oʻzidan uyga joʻnatishdi.",
    "Додарамро бе ягон сухан аз худи фурудгоҳ ба хона фиристоданд.",
    "Инимди бир ооз сөз айтпай эле аэропорттон үйгө кайтарып салышты.",
    "Інімді бір ауыз сөз айтпастан әуежайдан үйге жіберді.",
)


def _corpus(folder: Path, rows: list[list[str]]) -> Path:
    head = "\t".join(COLUMNS)
    (folder / "bans.tsv").write_text("\n".join([head, *("\t".join(row) for row in rows)]) + "\n", "utf-8")
    second = "\t".join(SECOND_COLUMNS) + "\n" + "\t".join(SECOND) + "\n"
    (folder / "bans.paraphrases.tsv").write_text(second, "utf-8")
    return folder


def _faults(folder: Path, rows: list[list[str]], topics: tuple[str, ...] = ("bans.check",)) -> list[str]:
    return [str(finding) for finding in check_parallel(read_corpus(_corpus(folder, rows)), topics, ())]


def _changed(row: int, column: str, value: str) -> list[list[str]]:
    rows = [list(each) for each in SOUND]
    rows[row][COLUMNS.index(column)] = value
    return rows


def test_a_sound_corpus_has_no_fault(tmp_path: Path) -> None:
    assert _faults(tmp_path, [list(row) for row in SOUND]) == []


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        (1, "tg", SOUND[1][4], "tg reads like ru"),
        (1, "ky", SOUND[1][8], "ky reads like kk"),
        (1, "kk", SOUND[1][7], "kk is a copy of ky"),
        (1, "uz", "", "uz is empty"),
        (1, "tg", SOUND[1][6].replace("бародарамро", "").replace("сабабашро", "сабабыңро"), "letters of another"),
        (1, "en", "My brother was turned back and nobody ever told him or us why.", None),
        (1, "ru", "Брата развернули, а никто ничего.", None),
        (1, "kk", "Ағамды қайтарды.", "kk is much shorter"),
        (1, "ru", "Прежде чем брать билет, хочу узнать, пустят меня или нет.", "nearly the same as bans.tsv:2"),
        (1, "style", "poetic", "style must be one of"),
        (1, "speaker", "robot", "speaker one of"),
        (1, "id", "bans.check-001", "stands in line 2 too"),
        (1, "id", "bans check 2", "must be a topic"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, row: int, column: str, value: str, message: str | None) -> None:
    faults = _faults(tmp_path, _changed(row, column, value))
    if message is None:
        assert faults == []
    else:
        where = f"{tmp_path / 'bans'}"
        assert any(message in fault and fault.startswith(where) and ":2: " not in fault for fault in faults), faults


def test_a_second_wording_without_its_row_is_named(tmp_path: Path) -> None:
    (fault,) = _faults(tmp_path, _changed(1, "id", "bans.check-003"))
    assert "bans.paraphrases.tsv:2: error: there is no row bans.check-002" in fault


def test_a_frame_in_more_than_three_rows_is_named(tmp_path: Path) -> None:
    names = ("Ош", "Баткен", "Нарын", "Талас")
    rows = [
        [
            f"bans.check-{number:03d}",
            "plain",
            "migrant",
            *(f"{language} wish number {number}" for language in ("en",)),
            f"Хочу уехать домой в город {name}",
            *(["x"] * 4),
        ]
        for number, name in enumerate(names, 1)
    ]
    faults = _faults(tmp_path, rows)
    assert any("the frame “хочу уехать домой в город #” stands in 4 rows" in fault for fault in faults)


def test_a_topic_with_few_rows_is_a_warning(tmp_path: Path) -> None:
    faults = _faults(tmp_path, [list(row) for row in SOUND], ("bans.check", "bans.appeal"))
    assert [fault for fault in faults if "warning" in fault and "bans.appeal has only 0 rows" in fault]


def test_a_line_with_too_few_cells_is_named(tmp_path: Path) -> None:
    _corpus(tmp_path, [list(SOUND[0]), list(SOUND[1])[:-1]])
    with pytest.raises(CorpusError, match=r"bans\.tsv:3: 8 cells instead of 9"):
        read_corpus(tmp_path)


def test_another_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bans.tsv").write_text("id\tru\n", "utf-8")
    with pytest.raises(CorpusError, match=r"bans\.tsv:1"):
        read_corpus(tmp_path)


def test_no_corpus_is_no_fault(tmp_path: Path) -> None:
    assert check_parallel(read_corpus(tmp_path), ("bans.check",), ()) == []


def test_every_column_is_a_language_of_ours() -> None:
    assert set(LANGUAGES) == {"ru", "uz", "tg", "ky", "kk", "en"}
