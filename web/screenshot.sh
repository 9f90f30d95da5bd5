#!/usr/bin/env bash
# Makes docs/playback.png, the README's picture, from a real recorded call: starts ./tandem demo, waits for its call, opens
# the playback page in Chromium, plays, and takes the picture. Give ADDRESS and PASSWORD of a demo that is already up to use it.
#   web/screenshot.sh [ADDRESS PASSWORD] [--out FILE] [--dark]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
exec node web/dev/screenshot.mjs "$@"
