#!/bin/sh
# Format, lint, types, import arrows, tests. Called by `make test` with PYTHON_BIN, the folder of the environment's commands.
set -eu
bin=${PYTHON_BIN:?}
step() { printf '%s\n' "== $1"; shift; "$@"; }
step "format" "$bin/ruff" format --check --quiet .
step "lint" "$bin/ruff" check --quiet .
step "types" "$bin/mypy"
step "import arrows" "$bin/lint-imports" --no-cache
step "tests" "$bin/python" -m pytest -q "$@"
