"""The outcomes that questions answer with, in the words of the ledgers, and their labels."""

from __future__ import annotations

from collections.abc import Mapping

from tiaoli.facts.kinds import Label

OUTCOMES: Mapping[str, Label] = {
    "eligible": Label("符合資格", "eligible"),
    "not_yet": Label("尚未符合", "not yet"),
    "needs_review": Label("須由人審查", "needs review"),
    "ineligible": Label("不符資格", "ineligible"),
    "accepted": Label("受理", "accepted"),
    "refused": Label("不受理", "refused"),
    "undecided": Label("尚未決定", "undecided"),
    "issued": Label("發給證明", "certificate issued"),
    "result_letter": Label("以結果通知書為憑", "result letter"),
    "not_issued": Label("不發給證明", "not issued"),
    "not_started": Label("尚未起算", "not started"),
    "on_time": Label("在期限內", "on time"),
    "overdue": Label("逾期", "overdue"),
    "recognised": Label("已承認", "recognised"),
    "recognisable": Label("得相互承認", "recognisable"),
    "recognised_at_other_level": Label("承認為其他層級", "recognised at another level"),
    "not_recognised": Label("不承認", "not recognised"),
    "valid": Label("有效", "valid"),
    "not_valid": Label("無效", "not valid"),
    "complete": Label("文件齊備", "complete"),
    "incomplete": Label("文件不齊", "incomplete"),
    "too_early": Label("尚不得申請", "too early"),
    "open": Label("得申請", "open"),
    "expired": Label("已逾期，須重新初次申請", "expired, initial application again"),
    "lifetime": Label("終身，免換證", "lifetime, no renewal"),
    "not_held": Label("未持有該領域證明", "no certificate of this domain"),
    "fulfilled": Label("已履行", "fulfilled"),
    "declined": Label("已婉拒（僅記錄）", "declined (recorded only)"),
    "pending": Label("尚待履行", "pending"),
    "too_late": Label("已過可申請期間", "too late"),
    "partly_eligible": Label("部分領域符合", "eligible in part of the domains"),
    "not_decided": Label("尚未審查", "not decided"),
    "passed": Label("審查通過，尚未公告", "passed, not announced"),
    "not_passed": Label("審查未通過", "not passed"),
    "announced": Label("已公告，尚未核發", "announced, no certificate yet"),
    "certified": Label("已核發證明", "certified"),
    "original_dates": Label("日期依原證書", "the original dates"),
    "not_a_replacement": Label("不是補發申請", "not a replacement"),
    "not_a_lifetime_file": Label("不是終身證書申請", "not a lifetime file"),
    "undated": Label("沒有申請日", "no application date"),
    "computed": Label("已算出", "computed"),
    "not_stated": Label("條文未規定", "not stated in the text"),
    "unknown": Label("資料不足", "not enough is known"),
    "not_in_force": Label("尚未施行", "not in force"),
}


def outcome_label(outcome: str) -> Label:
    """The label of an outcome; a word that another regulation brings along stands for itself."""
    return OUTCOMES.get(outcome, Label(outcome, outcome.replace("_", " ")))
