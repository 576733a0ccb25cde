"""The proof of erasure: no word and no id is left, in any table, in any file of the home, in any log."""

from pathlib import Path

from benchmarks.erasure.proof import COUNTS, prove

FILLED = {
    *("attachments", "conversations", "dialogue_answers", "dialogue_states", "handover_log", "handovers", "inbox"),
    *("outbox", "platform_deletions", "platform_messages", "referral_log", "referrals", "reminders", "transcript"),
}


def test_nothing_is_left_of_a_conversation_that_was_erased_in_the_chat(tmp_path: Path, database_url: str) -> None:
    is_sqlite = database_url.startswith("sqlite")
    result = prove(tmp_path, None if is_sqlite else database_url)
    assert set(result.tables_before) == FILLED, "the search finds what is there"
    assert result.tables == {} and result.files == {}
    assert set(result.rows) <= COUNTS
    assert result.is_silent_after, "the address is unknown"
    assert "старше двух суток" in result.last_sentence and "организация" in result.last_sentence
    if is_sqlite:
        assert result.files_before.total() > 100
    elif result.data_files is not None:
        assert result.data_files_before and result.data_files_before.total() > 100
        assert result.data_files == {}
