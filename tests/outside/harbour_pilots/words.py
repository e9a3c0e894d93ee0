"""Words that no regulation of the repository has."""

from tiaoli.facts.kinds import Unit, choice, choices, day, kind, text, whole

pilotage = kind(
    "pilotage",
    "引水",
    "Pilotage",
    happens="date",
    date=day("日期", "Date"),
    harbour=choice(
        "港口", "Harbour", north=("北港", "north harbour"), south=("南港", "south harbour")
    ),
    tonnage=whole("噸位", "Tonnage", Unit.ONE),
    ship=text("船名", "Ship").optional(),
    effort=1,
)

pilot_filing = kind(
    "pilot_filing",
    "引水人申請案",
    "Pilot's filing",
    harbour=pilotage.attributes["harbour"],
    filed_on=day("提出日", "Filed on").optional(),
    decided_on=day("決定日", "Decided on").optional(),
    documents=choices("附件", "Documents", logbook=("航行日誌影本", "copy of the logbook")),
    result=choice(
        "結果", "Result", passed=("通過", "passed"), failed=("未通過", "failed")
    ).optional(),
)

pilot_badge = kind(
    "pilot_badge",
    "引水人徽章",
    "Pilot's badge",
    credential=True,
    happens="issued_on",
    harbour=pilotage.attributes["harbour"],
    issued_on=day("核發日", "Issued on"),
    expires_on=day("效期末日", "Valid until").optional(),
)

KINDS = (pilotage, pilot_filing, pilot_badge)
