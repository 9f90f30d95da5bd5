#!/usr/bin/env bash
# Checks the types of the pages and runs their unit tests. Last line: "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")"
./build.sh || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

passed=0; failed=0
if npx --no-install tsc --noEmit -p .; then passed=1; else failed=1; echo "the type check failed"; fi

./node_modules/.bin/esbuild test/*.test.ts --bundle --platform=node --format=esm --out-extension:.js=.mjs \
  --outdir="$work" --log-level=warning || { echo "$passed passed, $((failed + 1)) failed"; exit 1; }
node --test --test-reporter=tap "$work"/*.mjs > "$work/tap"; status=$?
count() { sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$work/tap" | tail -1; }
ok=$(count pass); bad=$(count fail)
grep -E '^ *not ok' -A 25 "$work/tap" || true
# A run that broke off before its totals counts as failed.
if [ -z "$ok" ] || { [ "$status" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; }; then failed=$((failed + 1)); fi
passed=$((passed + ${ok:-0})); failed=$((failed + ${bad:-0}))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
