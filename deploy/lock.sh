#!/usr/bin/env bash
# Solve requirements.in into requirements.lock. Rasa declares Python < 3.11, so the solver is told 3.10; then each
# locked name must have a wheel, or build, on 3.11.
set -euo pipefail
python=${1:-python3.11}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/uv"
"$work/uv/bin/pip" install --quiet uv
"$work/uv/bin/uv" pip compile --quiet --no-header --no-annotate --python-version 3.10 \
  --override requirements-overrides.txt requirements.in --output-file requirements.lock
echo "requirements.lock: $(wc -l <requirements.lock) packages; trying each on $("$python" --version)"
"$python" -m venv "$work/proof"
"$work/proof/bin/pip" download --quiet --no-deps --ignore-requires-python --dest "$work/wheels" -r requirements.lock
echo "every package is to be had"
