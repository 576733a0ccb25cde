"""The sentence encoder: its vectors, its folder, its training."""

import csv
import json
import shutil
from argparse import ArgumentParser
from pathlib import Path
from random import Random

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from language.encoder import Encoder, EncoderError, load_encoder
from language.static_encoder import prepared
from language.training import encoder as training
from language.training.batches import ConceptPairs, ParallelPairs
from language.training.english import FIRST_WORD, EnglishError, read_english
from language.training.inflection import inflected
from language.training.lessons import Lessons
from language.training.lexicon import read_lexicon
from language.training.parallel_text import language_of, read_corpus_rows
from language.training.prepared_lexicon import prepare_lexicon

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "models" / "encoder"
TEXTS = (
    "Баъди омадан ба Русия дар чанд рӯз бояд ба қайд гирам?",
    "Сколько дней у меня есть, чтобы зарегистрироваться?",
    "Oʻzbekiston fuqarosiman, patent kerakmi",
    "Паспортумду жоготуп алдым",
    "Маған жалақы төлемейді!!!",
    "I lost my passport",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(str(FOLDER))


def near(encoder: Encoder, one: str, other: str) -> float:
    first, second = encoder.encode([one, other])
    return float(first @ second)


def test_vectors_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_the_quick_way_equals_sentence_transformers(encoder: Encoder) -> None:
    """The folder is a plain sentence-transformers model; without torch it must say the same."""
    slow = SentenceTransformer(str(FOLDER), device="cpu")
    expected = slow.encode([prepared(text) for text in TEXTS], normalize_embeddings=True)
    assert encoder.encode(TEXTS) == pytest.approx(np.asarray(expected, dtype=np.float32), abs=2e-3)


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "?!", "\x00"])
def test_a_text_without_letters_has_a_vector_of_length_zero(encoder: Encoder, text: str) -> None:
    assert not encoder.encode([text]).any()


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_a_very_long_text_is_encoded(encoder: Encoder) -> None:
    assert encoder.encode(["паспорт " * 100_000])[0] @ encoder.encode(["паспорт"])[0] > 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Паспортимни йўқотиб қўйдим", "Pasportimni yoʻqotib qoʻydim"),
        ("Шиносномаамро гум кардам, чӣ кор кунам?", "shinosnomaamro gum kardam chi kor kunam"),
        ("Я потерял паспорт", "ya poteryal pasport"),
        ("ПАСПОРТ!!!", "паспорт"),
    ],
)
def test_scripts_and_typing_habits_meet(encoder: Encoder, one: str, other: str) -> None:
    assert near(encoder, one, other) > 0.8


@pytest.mark.parametrize(
    ("one", "same", "different"),
    [
        ("Я потерял паспорт", "I lost my passport", "What is the weather like tomorrow"),
        ("Мне не платят зарплату", "Ish haqimni bermayapti", "Qanday telefon olsam boʻladi"),
        ("Шиносномаамро гум кардам", "паспорт жоғалтып алдым", "тойға не кием"),
    ],
)
def test_one_meaning_in_two_languages_is_nearer_than_two_meanings(
    encoder: Encoder, one: str, same: str, different: str
) -> None:
    assert near(encoder, one, same) > near(encoder, one, different) + 0.1


def test_a_folder_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "encoder")
    (tmp_path / "encoder" / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(EncoderError, match="train it again"):
        load_encoder(str(tmp_path / "encoder"))


def test_a_folder_with_another_preparation_of_texts_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "encoder")
    (tmp_path / "encoder" / "safar_encoder.json").write_text('{"preparation": "none"}')
    with pytest.raises(EncoderError, match="'none', not 'skeleton'"):
        load_encoder(str(tmp_path / "encoder"))


def test_an_absent_encoder_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderError, match="SAFAR_ENCODER"):
        load_encoder(str(tmp_path / "absent"))


def test_any_other_sentence_transformers_folder_is_loaded(tmp_path: Path) -> None:
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    weights = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 8)).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(
        str(tmp_path / "other"), create_model_card=False
    )
    other = load_encoder(str(tmp_path / "other"))
    assert other.dimension == 8
    assert other.encode(["Паспорт", "passport"]).shape == (2, 8)
    assert other.encode([]).shape == (0, 8)
    assert near(other, "ўзбекча матн", "oʻzbekcha matn") == pytest.approx(1.0, abs=1e-4)
    assert other.fingerprint != load_encoder(str(FOLDER)).fingerprint
    assert other.fingerprint == load_encoder(str(tmp_path / "other")).fingerprint


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some rows of parallel text and some examples, enough for a small encoder."""
    folder = tmp_path_factory.mktemp("ground")
    (folder / "data" / "_merged").mkdir(parents=True)
    columns = ["key", "en", "ru", "uz", "uz_cyrl", "tg", "ky", "kk"]
    with (folder / "data" / "_merged" / "ui_permissive.tsv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
        writer.writeheader()
        for number, (en, ru) in enumerate((en, ru) for en in WORDS for ru in WORDS):
            text = {"en": f"{en} {ru} file", "ru": f"{WORDS[en]} {WORDS[ru]} файл"}
            writer.writerow({"key": f"aosp:{number}", **text})
    for topic, text in (("registration", "учёт"), ("documents", "паспорт")):
        file = folder / "content" / "nlu" / "ru" / f"{topic}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        examples = "".join(f"    - {word} {text}\n" for word in WORDS.values())
        file.write_text(f"nlu:\n- intent: {topic}.arrival\n  examples: |\n{examples}", "utf-8")
    lexicon = folder / "content" / "lexicon"
    lexicon.mkdir()
    rows = ["\t".join(("en", "ru", "uz", "tg", "ky", "kk"))]
    rows += ["\t".join((en, ru, f"{en}moq", f"{ru}ан", f"{ru}уу", f"{ru}у")) for en, ru in WORDS.items()]
    (lexicon / "words.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    _write_teacher(folder / "teacher")
    (folder / "wordnet").mkdir()
    for part in ("noun", "verb", "adj", "adv"):
        (folder / "wordnet" / f"data.{part}").write_text("  1 licence\n" + WORDNET_LINE, "utf-8")
    return folder


WORDNET_LINE = '00001740 03 n 02 copy 0 twin_file 0 000 | a thing made like another; "send me a copy"; "print it"\n'


def _write_teacher(folder: Path) -> None:
    """A sentence-transformers model that knows the English words by chance vectors, with a vocabulary file."""
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    weights = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 300)).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(
        str(folder), create_model_card=False
    )
    (folder / "vocab.txt").write_text("\n".join(["[unused]"] * FIRST_WORD + list(WORDS)), "utf-8")


WORDS = dict(
    zip(
        ("open", "close", "new", "old", "copy", "lost", "big", "small", "send", "find", "print", "save"),
        [
            "открыть",
            "закрыть",
            "новый",
            "старый",
            "скопировать",
            "потерян",
            "большой",
            "малый",
            "послать",
            "найти",
            "печатать",
            "сохранить",
        ],
        strict=True,
    )
)


def train(ground: Path, out: Path) -> int:
    parser = ArgumentParser()
    training.add_arguments(parser)
    folders = {"--data": "data", "--content": "content", "--teacher": "teacher", "--wordnet": "wordnet"}
    words = [word for option, folder in folders.items() for word in (option, str(ground / folder))]
    cache = str(ground / "teacher.npz")
    return training.run(parser.parse_args([*words, "--teacher-cache", cache, "--out", str(out), "--steps", "60"]))


def test_training_makes_an_encoder_that_knows_its_words(
    ground: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(ground, tmp_path / "encoder") == 0
    made = load_encoder(str(tmp_path / "encoder"))
    assert (
        near(made, "open lost file", "открыть потерян файл") > near(made, "open lost file", "найти старый файл") + 0.1
    )
    assert "step 60 of 60" in capsys.readouterr().err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["encoder"]
    card = (tmp_path / "encoder" / "README.md").read_text("utf-8")
    assert "144 rows of public parallel text" in card and "| ru | " in card


def test_training_twice_gives_the_same_encoder(ground: Path, tmp_path: Path) -> None:
    train(ground, tmp_path / "one")
    train(ground, tmp_path / "two")
    one, two = (load_encoder(str(tmp_path / name)).encode(TEXTS) for name in ("one", "two"))
    assert one == pytest.approx(two, abs=1e-3)


def test_training_without_the_public_text_fails_with_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(tmp_path, tmp_path / "encoder") == 1
    assert "ui_permissive.tsv" in capsys.readouterr().err
    assert not (tmp_path / "encoder").exists()


def test_the_committed_encoder_is_small_and_has_a_card() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 60_000_000
    card = (FOLDER / "README.md").read_text("utf-8")
    for heading in ("## What it learnt from", "## Figures", "## Limits"):
        assert heading in card
    assert json.loads((FOLDER / "safar_encoder.json").read_text("utf-8"))["preparation"] == "skeleton"


def test_a_row_of_the_corpus_brings_its_second_wording(tmp_path: Path) -> None:
    (tmp_path / "parallel").mkdir()
    head = "\t".join(("en", "ru", "uz", "tg", "ky", "kk"))
    first = "\t".join(("one fine day", "один день", "bir kun", "як рӯз", "бир күн", "бір күн"))
    second = first.replace("fine", "good")
    (tmp_path / "parallel" / "a.tsv").write_text(f"id\tstyle\tspeaker\t{head}\na.b-001\tplain\tmigrant\t{first}\n")
    (tmp_path / "parallel" / "a.paraphrases.tsv").write_text(f"id\t{head}\na.b-001\t{second}\n")
    (row,) = read_corpus_rows(tmp_path)
    assert len(row.texts) == 12
    assert {language_of(key) for key in row.texts} == {"en", "ru", "uz", "tg", "ky", "kk"}
    pairs = ParallelPairs([row], _nothing_taught(), Random(1)).draw(50)
    assert len(pairs.first) == len(pairs.second) > 0


def _nothing_taught() -> Lessons:
    return Lessons((), np.zeros((0, 256), dtype=np.float32))


def test_words_of_one_meaning_are_drawn_together_and_no_meaning_twice(ground: Path) -> None:
    concepts = prepare_lexicon(read_lexicon(ground / "content" / "lexicon"))
    pairs = ConceptPairs(concepts, Random(1)).draw(50)
    assert len(pairs.first) == len(pairs.second)
    assert sum(map(len, pairs.first)) == len(concepts) == len(WORDS)


@pytest.mark.parametrize(
    ("word", "language", "start"),
    [("iozmok", "uz", "ioz"), ("iazuu", "ky", "iazu"), ("kniga", "ru", "knig"), ("kitob", "uz", "kitob")],
)
def test_an_ending_leaves_the_stem(word: str, language: str, start: str) -> None:
    forms = {inflected(word, language, Random(seed)) for seed in range(60)}
    assert word in forms
    assert len(forms) > 10
    assert all(form.startswith(start) for form in forms)


def test_wordnet_gives_its_examples_and_the_glosses_of_common_words(ground: Path) -> None:
    english = read_english(ground / "teacher", ground / "wordnet")
    assert english.words == tuple(word for word in WORDS)
    assert english.sentences == ("send me a copy", "print it", "copy: a thing made like another")


def test_a_folder_without_wordnet_is_named(ground: Path, tmp_path: Path) -> None:
    with pytest.raises(EnglishError, match="wordnet-base"):
        read_english(ground / "teacher", tmp_path)
