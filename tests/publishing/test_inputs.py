"""The hash of the inputs: the same for the same, another for any change that a release depends on."""

from pathlib import Path

import pytest

from publishing.inputs import hash_inputs


def _project(folder: Path) -> Path:
    for name in ("data/nlu/ru/work.yml", "data/faq/work/permit.yml", "config.yml", "domain.yml", "requirements.lock"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, "utf-8")
    (folder / "language").mkdir()
    (folder / "language" / "folding.py").write_text("", "utf-8")
    (folder / "encoder").mkdir()
    (folder / "encoder" / "model.safetensors").write_bytes(b"1")
    return folder


@pytest.mark.parametrize(
    "file",
    [
        "data/nlu/ru/work.yml",
        "data/faq/work/permit.yml",
        "config.yml",
        "language/folding.py",
        "encoder/model.safetensors",
    ],
)
def test_any_change_of_an_input_changes_the_hash(tmp_path: Path, file: str) -> None:
    project = _project(tmp_path)
    before = hash_inputs(project / "data", project, "encoder")
    assert hash_inputs(project / "data", project, "encoder") == before
    (project / file).write_text("changed", "utf-8")
    assert hash_inputs(project / "data", project, "encoder") != before


def test_a_new_example_file_changes_the_hash_and_a_stray_file_does_not(tmp_path: Path) -> None:
    project = _project(tmp_path)
    before = hash_inputs(project / "data", project, "encoder")
    (project / "notes.txt").write_text("x", "utf-8")
    assert hash_inputs(project / "data", project, "encoder") == before
    (project / "data/nlu/tg").mkdir()
    (project / "data/nlu/tg/work.yml").write_text("x", "utf-8")
    assert hash_inputs(project / "data", project, "encoder") != before
