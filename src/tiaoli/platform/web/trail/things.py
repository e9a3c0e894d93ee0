"""What an event was about, in words: a table of the platform by its name, and the row's number."""

from __future__ import annotations

from typing import Final

from tiaoli.facts.kinds import Label

THINGS: Final[dict[str, Label]] = {
    name: Label(zh, en)
    for name, zh, en in (
        ("applications.application", "案件", "case"),
        ("applications.document", "案件的文件", "document of a case"),
        ("applications.leftrecord", "程序留下的紀錄", "record left by a step"),
        ("applications.party", "案件的當事人", "party to a case"),
        ("applications.point", "補正事項", "point to put right"),
        ("applications.series", "案號的序列", "series of case numbers"),
        ("applications.snapshot", "送件時的事實", "facts as handed in"),
        ("applications.steptaken", "程序步驟", "step of a case"),
        ("audit.verification", "軌跡的檢查", "look at the trail"),
        ("certificates.certificate", "證明", "certificate"),
        ("certificates.certificatecounter", "證號的序列", "series of certificate numbers"),
        ("certificates.copy", "證明的副本", "copy of a certificate"),
        ("certificates.issuer", "發證單位", "issuer"),
        ("certificates.statuschange", "證明的狀態", "status of a certificate"),
        ("fees.notice", "繳費通知", "payment notice"),
        ("fees.papercounter", "單據的序列", "series of papers"),
        ("fees.payment", "入帳", "payment"),
        ("fees.receipt", "收據", "receipt"),
        ("fees.refund", "退費", "refund"),
        ("fees.statement", "對帳檔", "statement"),
        ("fees.statementdraft", "待確認的對帳檔", "statement to be confirmed"),
        ("people.account", "帳號", "account"),
        ("people.coming", "展望的一筆", "line of an outlook"),
        ("people.deputy", "代理", "deputy"),
        ("people.following", "關注的法規", "regulation followed"),
        ("people.grade", "機構等級", "grade of an institution"),
        ("people.interpretation", "選用的讀法", "reading chosen"),
        ("people.invitation", "邀請", "invitation"),
        ("people.mandate", "主辦的法規", "regulation run"),
        ("people.membership", "職務", "post"),
        ("people.organisation", "機構", "organisation"),
        ("people.outlook", "機構的展望", "outlook of a house"),
        ("people.person", "人員", "person"),
        ("people.remembered", "暫存的計數", "count kept for a while"),
        ("people.unsentmail", "未寄出的信", "mail not sent"),
        ("portfolio.attestation", "外部查證的邀請", "request to attest"),
        ("portfolio.attestedrecord", "受查證的紀錄", "record to attest"),
        ("portfolio.comparison", "試算", "comparison"),
        ("portfolio.evidencefile", "佐證檔案", "evidence file"),
        ("portfolio.importbatch", "匯入", "import"),
        ("portfolio.importrow", "匯入的一列", "row of an import"),
        ("portfolio.incompletekind", "未列完的種類", "kind not listed in full"),
        ("portfolio.record", "紀錄", "record"),
        ("reminders.calendarfeed", "行事曆", "calendar feed"),
        ("reminders.digest", "彙整信", "digest"),
        ("reminders.outlook", "個人的展望", "outlook of a person"),
        ("reminders.reminder", "提醒", "reminder"),
        ("reviews.assignment", "審查的指派", "assignment of a reviewer"),
        ("reviews.conflict", "迴避", "conflict of interest"),
        ("reviews.custom", "審查方式", "how a house reviews"),
        ("reviews.finding", "對事實的意見", "word on a fact"),
        ("reviews.judgement", "由人作成的判斷", "ruling"),
    )
}


def thing_label(thing: str) -> Label:
    """``fees.notice:20`` in words; as it is where its table is not there any more."""
    table, _, key = thing.partition(":")
    label = THINGS.get(table)
    return Label(thing, thing) if label is None else Label(f"{label.zh} {key}", f"{label.en} {key}")
