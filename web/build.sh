#!/usr/bin/env bash
# Builds the pages into artifacts/web. Fast when nothing changed: packages are installed only when the lock file is
# new, and the build is skipped when no input is. Needs node 18 or newer and npm.
set -euo pipefail
cd "$(dirname "$0")"

digest() { sha256sum "$@" | sha256sum | cut -d' ' -f1; }

command -v node >/dev/null && command -v npm >/dev/null || {
  echo "web/build.sh: node and npm are missing; run ./setup, or: sudo apt-get install -y nodejs npm" >&2; exit 1; }

lock=$(digest package.json package-lock.json)
if [ "$(cat node_modules/.tandem-lock 2>/dev/null || true)" != "$lock" ]; then
  echo "web: installing npm packages"
  npm ci --no-audit --no-fund --loglevel=error
  echo "$lock" > node_modules/.tandem-lock
fi

inputs=$( { echo "$lock"; find src build.mjs tsconfig.json -type f -print0 | sort -z | xargs -0 sha256sum; } | sha256sum | cut -d' ' -f1)
if [ "$(cat ../artifacts/web/.inputs 2>/dev/null || true)" = "$inputs" ] && [ -f ../artifacts/web/manifest.json ]; then
  exit 0
fi

echo "web: building the pages"
node build.mjs
echo "$inputs" > ../artifacts/web/.inputs
