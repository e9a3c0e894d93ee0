#!/bin/sh
# What `make tour` prints: one person or programme of each regulation, with what is asked.
set -eu
tiaoli="$1"
cd "$(dirname "$0")/.."

ask() {
    printf '\n\n━━ %s\n   %s\n   $ tiaoli' "$1" "$2"
    shift 2
    printf ' %s' "$@"
    printf '\n\n'
    "$tiaoli" "$@"
}

ask "放射師王小明符合 RT3 嗎？" "Does this radiographer qualify for RT3?" \
    ask rt-ladder RT3 examples/wang-rt3.yaml --on 115/06/30

ask "從哪一天到哪一天？" "From which day until which day?" \
    timeline rt-ladder RT3 examples/wang-rt3.yaml

ask "蔡佳玲還差什麼？" "What is the least that Tsai still needs?" \
    plan rt-ladder RT3 examples/tsai-rt3-reading.yaml --on 2026-06-30

ask "林醫師一千多筆個案，領域三夠嗎？" "A log of over 1,000 cases: is it enough for domain 3?" \
    ask ir-instructor domain-3 examples/lin-ir-case-log.yaml --on 2026-06-01

ask "領域四還差多少？" "And for domain 4, what is missing?" \
    plan ir-instructor domain-4 examples/lin-ir-case-log.yaml --on 2026-06-01

ask "方以誠受過訓練，可以操作這台 100 kV 的 X 光機嗎？" \
    "With training only, may Fang operate this X-ray unit of 100 kV?" \
    ask radiation-operator may-operate examples/fang-operator-at-machine.yaml \
    --on 2026-04-21 --about 操作小機器

ask "洪海音在澎湖執業，六年的活動各採計多少、哪些不計？" \
    "Six years of credits on an island: what does each activity count, and what does not?" \
    ask rrt-ce credits examples/penghu-credit-ledger.yaml --on 2026-05-01

ask "研討會在活動前第三個工作日才送件，受理嗎？" \
    "A symposium filed on the third working day before it: is it accepted?" \
    ask rrt-ce filing examples/symposium-third-working-day.yaml --on 2025-11-12

ask "廖可安的積分足以更新執業執照嗎？" "Do Liao's credits suffice to renew the practice licence?" \
    ask cec-licence readiness examples/liao-licence-renewal.yaml --on 2026-03-02

ask "山海醫院的訓練計畫，27項各可得幾級？" \
    "A residency programme before its site visit: which level for each of the 27 items?" \
    ask nm-program levels examples/shanhai-programme.yaml --on 2026-08-01

ask "跨科討論為什麼是4級，還差什麼到5級？" "Joint conferences: why level 4, and what is missing for 5?" \
    ask nm-program 7.2 examples/shanhai-programme.yaml --on 2026-08-01

ask "總分只差三分，哪個計畫在前？" "Totals three points apart: which programme comes first?" \
    ask nm-program rank examples/quota-round.yaml --on 2026-08-01 --about 丙

people=$(mktemp -d)
trap 'rm -rf "$people"' EXIT
ask "兩千位虛構的放射師" "Two thousand invented radiographers" \
    invent rt-ladder --people 2000 --out "$people/radiographers" --on 2026-06-30

ask "誰符合 RT3，其他人止於哪一條？" "Who qualifies for RT3, and which clause stops the others?" \
    population rt-ladder RT3 --facts "$people/radiographers" --on 2026-06-30

ask "論文若只看三年，誰會失去資格？" "If papers counted for three years only, who would lose?" \
    compare rt-ladder RT3 --facts "$people/radiographers" --on 2026-06-30 \
    --set RTL-4A.RT3.PUB.window=3y

ask "同一題，用英文回答" "The same question, answered in English" \
    ask cec-licence readiness examples/liao-licence-renewal.yaml --on 2026-03-02 --lang en

ask "每一條的下落" "What became of every clause?" coverage
