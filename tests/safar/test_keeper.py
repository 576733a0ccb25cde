"""Children of the supervisor: restarted when they die, stopped in time, never orphaned."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from safar.child import Child, Command
from safar.keeper import Keeper


def _module(folder: Path, text: str) -> Command:
    (folder / "work.py").write_text(textwrap.dedent(text), "utf-8")
    return Command("work", ["work"], {}, folder)


async def _until(condition: object, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.02)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]


SLEEPER = """
    import time
    print("up", flush=True)
    time.sleep(60)
"""


async def test_a_killed_child_comes_back(tmp_path: Path) -> None:
    lines: list[str] = []
    keeper = Keeper(_module(tmp_path, SLEEPER), lambda process, line: lines.append(line))
    keeper.start()
    await _until(lambda: lines.count("up") == 1)
    first = keeper.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await _until(lambda: lines.count("up") == 2)
    assert keeper.pid not in (None, first)
    await keeper.stop()
    assert keeper.pid is None


async def test_a_child_that_always_dies_is_restarted_ever_more_slowly(tmp_path: Path) -> None:
    lines: list[str] = []
    keeper = Keeper(_module(tmp_path, "raise SystemExit(3)"), lambda process, line: lines.append(line))
    keeper.start()
    await _until(lambda: sum("status 3" in line for line in lines) == 2)
    await keeper.stop()
    waits = [line.split(" in ")[1] for line in lines if "status 3" in line]
    assert waits == ["0.5 s", "1.0 s"]


async def test_a_child_that_ignores_the_signal_is_ended_after_the_grace(tmp_path: Path) -> None:
    lines: list[str] = []
    text = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('up', flush=True)\ntime.sleep(60)"
    child = Child(_module(tmp_path, text), lambda process, line: lines.append(line))
    await child.start()
    await _until(lambda: "up" in lines)
    started = time.monotonic()
    await child.stop(grace_seconds=0.3)
    assert child.exit_status == -signal.SIGKILL
    assert time.monotonic() - started < 3


async def test_the_children_of_a_child_are_stopped_with_it(tmp_path: Path) -> None:
    lines: list[str] = []
    text = """
        import subprocess, sys, time
        inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(inner.pid, flush=True)
        time.sleep(60)
    """
    child = Child(_module(tmp_path, text), lambda process, line: lines.append(line))
    await child.start()
    await _until(lambda: bool(lines))
    await child.stop(grace_seconds=2)
    await _until(lambda: not _is_alive(int(lines[0])))


def test_a_killed_supervisor_leaves_no_orphan(tmp_path: Path) -> None:
    command = _module(tmp_path, "import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)")
    script = f"""
import asyncio, pathlib
from safar.child import Child, Command
async def main():
    command = Command("work", ["work"], {{}}, pathlib.Path({str(tmp_path)!r}))
    child = Child(command, lambda process, line: print(line, flush=True))
    await child.start()
    await asyncio.sleep(60)
asyncio.run(main())
"""
    project = Path(__file__).parents[2]
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=project)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert _is_alive(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while _is_alive(pid):
        assert time.monotonic() < deadline, f"the child {command.name} outlived its supervisor"
        time.sleep(0.02)


async def test_lines_that_are_not_text_do_not_stop_the_log(tmp_path: Path) -> None:
    lines: list[str] = []
    text = "import sys\nsys.stdout.buffer.write(b'\\xff\\xfe bad\\n')\nprint('x' * 3_000_000)\nprint('after')"
    child = Child(_module(tmp_path, text), lambda process, line: lines.append(line))
    await child.start()
    assert await child.wait() == 0
    assert lines[-1] == "after"


@pytest.mark.parametrize("name", ["gateway", "rasa"])
def test_a_log_line_names_its_process(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    from safar.run import LogStream

    LogStream(tmp_path / "logs").write(name, "hello")
    assert f"{name:<8} | hello" in capsys.readouterr().out
    assert f"{name:<8} | hello" in (tmp_path / "logs" / "safar.log").read_text("utf-8")
