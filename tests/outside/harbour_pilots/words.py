"""Words that no regulation of the repository has."""

from tiaoli.facts.kinds import Label, Unit, choice, choices, day, kind, text, whole

HARBOURS = {"north": ("北港", "north harbour"), "south": ("南港", "south harbour")}

pilotage = kind(
    "pilotage",
    "引水",
    "Pilotage",
    happens="date",
    date=day("日期", "Date"),
    harbour=choice("港口", "Harbour", **HARBOURS),
    tonnage=whole("噸位", "Tonnage", Unit.ONE).optional(),
    ship=text("船名", "Ship").optional(),
    effort=1,
)

pilot_filing = kind(
    "pilot_filing",
    "引水人申請案",
    "Pilot's filing",
    harbour=pilotage.attributes["harbour"],
    filed_on=day("提出日", "Filed on").optional(),
    received_on=day("收齊日", "Complete on").optional(),
    paid_on=day("繳費日", "Paid on").optional(),
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
    ends="expires_on",
    harbour=pilotage.attributes["harbour"],
    number=text("徽章號", "Number").optional(),
    issued_on=day("核發日", "Issued on"),
    expires_on=day("效期末日", "Valid until").optional(),
    status=choice(
        "狀態",
        "Status",
        valid=("有效", "valid"),
        suspended=("停止效力", "suspended"),
        revoked=("撤銷", "revoked"),
        replaced=("已換發", "replaced"),
    ).optional(),
)

LABEL = Label("引水", "Piloting")

KINDS = (pilotage, pilot_filing, pilot_badge)
