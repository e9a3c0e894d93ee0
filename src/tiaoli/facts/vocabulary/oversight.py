"""What an authority or a society does about someone: sanctions, audits, complaints, payments."""

from tiaoli.facts.kinds import Label, Unit, choice, day, kind, number, reference, text, yes_no

sanction = kind(
    "sanction",
    "處分",
    "Sanction",
    type=choice(
        "種類",
        "Kind",
        revocation=("撤銷", "revocation"),
        rescission=("廢止", "rescission"),
        warning=("書面警告", "written warning"),
        refusal=("一定期間不受理", "applications refused for a period"),
        stop=("停止受理", "applications stopped"),
    ),
    ground=choice(
        "事由",
        "Ground",
        false_documents=("文件不實", "false documents"),
        lending=("出租或出借證書", "certificate rented or lent"),
        offence=("執行業務犯罪", "offence in the course of duty"),
        serious=("其他情節重大", "other serious violation"),
        change_rule=("違反變更規定", "change rule broken"),
        quality=("逾期未改善", "quality not improved in time"),
        impersonation=("冒名", "impersonation"),
        over_report=("浮報", "over-reporting"),
        advertising=("認定前宣傳", "advertised before recognition"),
        other=("其他", "other"),
    ),
    holder=text("受處分者", "Person or organiser sanctioned").optional(),
    final_conviction=yes_no("判決確定", "Final conviction"),
    decision_date=day("決定日", "Decided on").optional(),
    service_date=day("送達日", "Served on").optional(),
    letter_date=day("發文日", "Letter dated").optional(),
    start_date=day("起日", "Start").optional(),
    end_date=day("迄日", "End").optional(),
    resume_condition=choice(
        "恢復條件",
        "Condition to resume",
        automatic=("期滿恢復", "at the end of the period"),
        plan_agreed=("改善措施獲同意", "improvement plan agreed"),
        committee=("委員會解除", "lifted by the committee"),
    ).optional(),
)

improvement_plan = kind(
    "improvement_plan",
    "改善措施",
    "Improvement plan",
    happens="filed_date",
    sanction=reference("所回應的處分", "Sanction that it answers", to="sanction"),
    filed_date=day("提出日", "Filed on"),
    agreed_date=day("同意日", "Agreed on").optional(),
    effort=3,
)

complaint = kind(
    "complaint",
    "檢舉與申訴",
    "Complaint",
    happens="filed_date",
    channel=choice(
        "管道",
        "Channel",
        member_report=("會員檢舉", "reported by a member"),
        general=("一般申訴", "general"),
        duty_hours=("工時申訴", "duty hours"),
    ),
    complainant=text("檢舉或申訴人", "Complainant").optional(),
    facts=text("事實", "Facts").optional(),
    filed_date=day("提出日", "Filed on"),
    verified_date=day("查實日", "Verified on").optional(),
    handled=choice(
        "處理情形",
        "Handling",
        effective=("有效處理", "effective"),
        ineffective=("處理無效", "ineffective"),
        open=("處理中", "open"),
    ),
    capa=choice(
        "矯正預防措施",
        "Corrective and preventive action",
        open=("進行中", "open"),
        closed=("已結案", "closed"),
    ).optional(),
)

audit = kind(
    "audit",
    "查核",
    "Audit",
    happens="date",
    case=text("案件編號", "Case number").optional(),
    sample_seed=text("抽樣種子", "Sample seed").optional(),
    finding=choice(
        "發現",
        "Finding",
        clean=("無異常", "clean"),
        impersonation=("冒名", "impersonation"),
        over_report=("浮報", "over-reporting"),
        quality=("品質缺失", "quality defect"),
        missing_evidence=("證據不足", "evidence missing"),
        other=("其他", "other"),
    ),
    person=text("所涉人員", "Person concerned").optional(),
    credit=reference("所涉積分", "Credit concerned", to="credit_entry").optional(),
    improvement_due=day("改善期限", "Improvement due").optional(),
    date=day("日期", "Date"),
)

payment = kind(
    "payment",
    "劃撥款項",
    "Payment",
    happens="giro_date",
    giro_date=day("劃撥日", "Giro date"),
    amount=number("金額", "Amount", Unit.TWD),
    account_matches=yes_no("帳號戶名相符", "Account and payee match"),
    memo_purpose=text("通訊欄用途", "Memo: purpose").optional(),
    memo_case_number=text("通訊欄案件編號", "Memo: case number").optional(),
    memo_receipt_title=text("通訊欄收據抬頭", "Memo: receipt title").optional(),
    memo_address=text("通訊欄寄送地址", "Memo: address").optional(),
    memo_zip=text("通訊欄郵遞區號", "Memo: postal code").optional(),
    memo_recipient=text("通訊欄收件者", "Memo: recipient").optional(),
    stub_emailed_date=day("存根電郵日", "Stub e-mailed on").optional(),
    booked_date=day("入帳日", "Booked on").optional(),
    matched_case=text("對帳案件編號", "Matched case").optional(),
)

receipt = kind(
    "receipt",
    "收據",
    "Receipt",
    title=text("抬頭", "Title"),
    zip=text("郵遞區號", "Postal code"),
    address=text("地址", "Address"),
    recipient=text("收件者", "Recipient"),
    issued_date=day("開立日", "Issued on").optional(),
)

LABEL = Label("監督", "Oversight")

KINDS = (sanction, improvement_plan, complaint, audit, payment, receipt)
