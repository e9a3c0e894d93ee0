"""Applications, the reviews they pass through, and what is paid for them."""

from tiaoli.facts.kinds import Label, Unit, choice, choices, day, kind, number, text, texts, yes_no
from tiaoli.facts.vocabulary.people import level_award

_RESULTS = {"passed": ("通過", "passed"), "failed": ("未通過", "not passed")}

application = kind(
    "application",
    "申請案",
    "Application",
    type=choice(
        "申請種類",
        "Application kind",
        advancement=("層級進階", "level advancement"),
        initial=("初次申請", "initial"),
        renewal=("換證", "renewal"),
        lifetime=("終身證書", "lifetime"),
        reissue=("補發", "replacement"),
        expired=("逾期後重新申請", "after expiry"),
        exchange=("換發", "exchange"),
        foreign=("外國人", "foreign operator"),
        conversion=("舊證換發", "conversion of an old credential"),
    ),
    level=level_award.attributes["level"],
    route=choice(
        "送審途徑",
        "Route",
        institution=("院內審查", "in-house review"),
        society_individual=("個人送學會", "individual to the society"),
        institution_then_society=("院初審後送學會", "institution, then society"),
    ),
    domains=choices(
        "領域", "Domains", **{str(k): (f"領域{k}", f"domain {k}") for k in range(1, 7)}
    ),
    drafted_date=day("草稿日", "Drafted").optional(),
    form_date=day("申請表日期", "Form dated").optional(),
    filed_date=day("提出日", "Filed on").optional(),
    posted_date=day("郵戳日", "Postmark").optional(),
    received_date=day("收件日", "Received").optional(),
    filed_in_the_afternoon=yes_no("下午送件", "Handed in during the afternoon"),
    institution_received_date=day("院內收件日", "Institution received").optional(),
    institution_decision_date=day("院內決定日", "Institution decided").optional(),
    society_submission_date=day("送學會日", "Submitted to the society").optional(),
    society_complete_date=day("學會收齊日", "Society received complete").optional(),
    payment_date=day("繳費日", "Paid on").optional(),
    decision_date=day("決定日", "Decided on").optional(),
    decided_by=choice(
        "決定者",
        "Decided by",
        institution_reviewer=("院內審查人", "institution reviewer"),
        committee_member=("專業進階委員", "advancement committee member"),
        panel=("認證審查小組", "certification review panel"),
        other=("其他", "other"),
    ),
    documents=choices(
        "附件",
        "Documents",
        application_form=("申請表", "application form"),
        review_record_form=("審查紀錄表", "review record form"),
        proof_copies=("證明文件影本", "copies of proof"),
        qualification_proof=("資格證明", "proof of qualification"),
        exam_result=("測驗及格證明", "exam result"),
        hours_proof=("訓練時數證明", "proof of hours"),
        change_proof=("變更證明", "proof of the change"),
        original=("原證正本", "original document"),
        foreign_proof=("國外訓練證明影本", "copies of foreign training proof"),
        other=("其他", "other"),
    ),
    cause=choice(
        "換補發原因",
        "Cause of the replacement",
        lost=("遺失", "lost"),
        damaged=("毀損", "damaged"),
        changed=("登載事項變更", "registered items changed"),
    ).optional(),
    changed_items=texts("變更事項", "Changed items").optional(),
    certificates=number("補發證書數", "Certificates to replace"),
    fee_paid=number("已繳費用", "Fee paid", Unit.TWD).optional(),
    result=choice("結果", "Result", **_RESULTS).optional(),
    reason=text("事由", "Reason").optional(),
)

institution_review = kind(
    "institution_review",
    "院內初審",
    "Institution review",
    happens="date",
    level=level_award.attributes["level"],
    institution=text("機構", "Institution").optional(),
    date=day("日期", "Date"),
    result=choice("結果", "Result", **_RESULTS),
    effort=5,
)

society_review = kind(
    "society_review",
    "學會複審",
    "Society review",
    happens="date",
    level=level_award.attributes["level"],
    date=day("日期", "Date"),
    result=choice("結果", "Result", **_RESULTS),
)

LABEL = Label("申請與審查", "Applications and reviews")

KINDS = (application, institution_review, society_review)
