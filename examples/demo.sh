#!/bin/sh
# What `make demo` prints: a radiographer's RT3, and an interventional radiologist's case log.
set -eu
tiaoli="$1"
cd "$(dirname "$0")/.."

say() { printf '\n\n━━ %s\n   $ tiaoli %s\n\n' "$1" "$2"; }

say "放射師王小明符合 RT3 嗎？ Does this radiographer qualify for RT3?" \
    "ask rt-ladder RT3 examples/wang-rt3.yaml --on 115/06/30"
"$tiaoli" ask rt-ladder RT3 examples/wang-rt3.yaml --on 115/06/30

say "從哪一天到哪一天？ From which day until which day?" \
    "timeline rt-ladder RT3 examples/wang-rt3.yaml"
"$tiaoli" timeline rt-ladder RT3 examples/wang-rt3.yaml

say "蔡佳玲還差什麼？ What is the least that is missing?" \
    "plan rt-ladder RT3 examples/tsai-rt3-reading.yaml --on 2026-06-30"
"$tiaoli" plan rt-ladder RT3 examples/tsai-rt3-reading.yaml --on 2026-06-30

say "林醫師一千多筆個案，領域三夠嗎？ A log of over 1,000 cases: is it enough for domain 3?" \
    "ask ir-instructor domain-3 examples/lin-ir-case-log.yaml --on 2026-06-01"
"$tiaoli" ask ir-instructor domain-3 examples/lin-ir-case-log.yaml --on 2026-06-01

say "六年的窗會移動 The six-year window slides" \
    "timeline ir-instructor domain-3 examples/lin-ir-case-log.yaml"
"$tiaoli" timeline ir-instructor domain-3 examples/lin-ir-case-log.yaml

say "領域四還差多少？ And domain 4?" \
    "plan ir-instructor domain-4 examples/lin-ir-case-log.yaml --on 2026-06-01"
"$tiaoli" plan ir-instructor domain-4 examples/lin-ir-case-log.yaml --on 2026-06-01

say "每一條的下落 What became of every clause" "coverage"
"$tiaoli" coverage
