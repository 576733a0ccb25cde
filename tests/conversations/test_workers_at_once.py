"""Many workers at once, threads and processes: one conversation in order, never twice in work, nothing lost."""

import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from conversations.reply import Reply
from conversations.turn import finish_turn
from tests.conversations.talk import Talk

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).parent / "claiming_process.py"
CONVERSATIONS, MESSAGES = 12, 8


def _fill(talk: Talk) -> list[str]:
    conversation_ids = [talk.begin() for _ in range(CONVERSATIONS)]
    for number in range(MESSAGES):
        for conversation_id in conversation_ids:
            talk.write(conversation_id, f"m{number}")
    return conversation_ids


def _start(url: str, way: str) -> subprocess.Popen[str]:
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, str(SCRIPT), url, way], env=environ, **pipes)  # type: ignore[call-overload,no-any-return]


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()


def _check(talk: Talk, conversation_ids: list[str]) -> None:
    for conversation_id in conversation_ids:
        answers = [message.reply_to for message in talk.said(conversation_id) if message.sender == "bot"]
        assert answers == [f"m{number}" for number in range(MESSAGES)]


def test_ten_threads_never_have_one_conversation_twice_in_work(talk: Talk) -> None:
    conversation_ids = _fill(talk)
    in_work: dict[str, int] = defaultdict(int)
    most: list[int] = []
    guard = threading.Lock()

    def work(number: int) -> None:
        while talk.inbox.pending_count():
            claimed = talk.inbox.claim(f"thread {number}", talk.now, 600)
            if claimed is None:
                time.sleep(0.005)
                continue
            with guard:
                in_work[claimed.conversation_id] += 1
                most.append(in_work[claimed.conversation_id])
            time.sleep(0.002)
            with guard:
                in_work[claimed.conversation_id] -= 1
            assert finish_turn(talk.database, claimed, [Reply("x")], [], None, talk.now)

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(work, range(10)))
    assert set(most) == {1}
    assert len(most) == CONVERSATIONS * MESSAGES
    _check(talk, conversation_ids)


def test_three_processes_share_the_work_in_order(talk: Talk, database_url: str) -> None:
    conversation_ids = _fill(talk)
    processes = [_start(database_url, "finish") for _ in range(3)]
    for process in processes:
        _go(process)
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    events = sorted((int(line.split()[3]), *line.split()[:3]) for each in outputs for line in each.splitlines())
    in_work: set[str] = set()
    for _, step, conversation_id, _ in events:
        if step == "begins":
            assert conversation_id not in in_work
            in_work.add(conversation_id)
        else:
            in_work.discard(conversation_id)
    _check(talk, conversation_ids)


def test_a_message_delivered_by_many_at_once_is_stored_once(talk: Talk) -> None:
    conversation_ids = [talk.begin() for _ in range(4)]
    barrier = threading.Barrier(8)

    def deliver(_: int) -> list[bool]:
        barrier.wait()
        return [talk.write(each, "m1") for each in conversation_ids]

    with ThreadPoolExecutor(8) as threads:
        stored = list(threads.map(deliver, range(8)))
    assert [sum(column) for column in zip(*stored, strict=True)] == [1, 1, 1, 1]
    assert talk.inbox.pending_count() == 4


def test_two_finishes_of_one_message_at_once_write_one_answer(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    claimed = talk.claim()
    barrier = threading.Barrier(6)

    def finish(_: int) -> bool:
        barrier.wait()
        return talk.finish(claimed, Reply("answer"))

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(finish, range(6))) == 1
    assert talk.texts(one) == [("migrant", "savol"), ("bot", "answer")]


def test_a_worker_killed_between_claim_and_finish_loses_nothing(talk: Talk, database_url: str) -> None:
    talk.now = datetime.now(UTC)
    one = talk.begin()
    talk.write(one, "m1")
    talk.write(one, "m2")
    killed = _start(database_url, "hold")
    assert killed.stdout
    _go(killed)
    assert killed.stdout.readline().split()[:3] == ["begins", one, "m1"]
    killed.kill()
    killed.communicate(timeout=10)
    assert talk.inbox.claim("other", talk.now, 30) is None
    talk.wait(60)
    again = talk.claim()
    assert (again.message_id, again.attempts) == ("m1", 2)
    assert talk.finish(again, Reply("answer"))
    talk.turn(Reply("answer"))
    assert [message.reply_to for message in talk.said(one)] == [None, None, "m1", "m2"]
