#!/bin/sh
# Make the virtual environment .venv with everything pinned, and install bubblewrap where that is allowed.
# Run by make; safe to run again.
set -eu

say() { printf 'setup: %s\n' "$*" >&2; }
as_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
install_package() {
  as_root || return 1
  say "installing $1"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1"; } >/dev/null 2>&1
}

# TensorFlow has wheels for these versions of Python only.
find_python() {
  for python in ${PYTHON:-} python3.12 python3.13 python3.11 python3; do
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
      command -v "$python"
      return
    fi
  done
  say 'needs Python 3.11, 3.12 or 3.13: install one, or name it with make PYTHON=/path/to/python3.12'
  exit 1
}

if [ ! -x .venv/bin/python ]; then
  python=$(find_python)
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install_package "python$version-venv" || {
      say "this Python cannot make virtual environments: sudo apt-get install python$version-venv"
      exit 1
    }
  fi
  say "making .venv with $("$python" --version)"
  "$python" -m venv .venv
fi

say 'installing the packages of requirements.txt (about 2 GB on disk; some minutes)'
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .

if [ "$(uname)" = Linux ] && ! command -v bwrap >/dev/null; then
  install_package bubblewrap ||
    say 'bubblewrap is missing, so submissions run without a sandbox: sudo apt-get install bubblewrap'
fi
touch .venv/installed
