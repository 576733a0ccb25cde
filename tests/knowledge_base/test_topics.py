"""The topics of `topics.yml`."""

from pathlib import Path

import pytest

from knowledge_base.topics import TopicError, Topics

ROOT = Path(__file__).parents[2]


def test_the_topics_have_ids_domains_and_kinds() -> None:
    topics = Topics.load(ROOT / "data" / "topics.yml")
    assert len(topics.ids) == 83
    assert len(topics.domains) == 16 and topics.domains[-1] == "meta"
    assert topics.kind("registration.arrival") == "tool"
    assert topics.topic("trafficking.help_now").domain == "trafficking"
    assert topics.of_domain("documents")[0].id == "documents.lost_passport"
    assert topics.of_domain("weather") == ()


def test_a_topic_of_unknown_kind_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "topics.yml"
    file.write_text("work:\n  permit: {kind: question, scope: Patent}\n", "utf-8")
    with pytest.raises(TopicError, match=r"work\.permit: kind is 'question'; write one of faq, tool"):
        Topics.load(file)


def test_a_missing_file_of_topics_is_named(tmp_path: Path) -> None:
    with pytest.raises(TopicError, match=r"topics\.yml"):
        Topics.load(tmp_path / "topics.yml")
