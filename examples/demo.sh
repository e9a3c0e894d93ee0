#!/bin/sh
# What `make demo` prints before it serves: one question, answered and explained.
set -eu
tiaoli="$1"
cd "$(dirname "$0")/.."
printf '\n━━ 放射師王小明符合 RT3 嗎？\n   Does this radiographer qualify for RT3?\n'
printf '   $ tiaoli ask rt-ladder RT3 examples/wang-rt3.yaml --on 115/06/30\n\n'
"$tiaoli" ask rt-ladder RT3 examples/wang-rt3.yaml --on 115/06/30
printf '\n   更多範例 more of these: make tour\n\n'
