"""Where and how a person works: institutions, service, duties, judgements about them."""

from tiaoli.facts.kinds import Label, choice, choices, day, kind, reference, text, texts, yes_no

_GRADES = {
    "medical_centre": ("醫學中心", "medical centre"),
    "regional": ("區域醫院", "regional hospital"),
    "district": ("地區醫院", "district hospital"),
    "clinic": ("診所", "clinic"),
    "other": ("其他", "other"),
}

institution = kind(
    "institution",
    "醫療院所",
    "Institution",
    happens="from_date",
    ends="to_date",
    code=text("機構代碼", "Code"),
    name=text("名稱", "Name").optional(),
    accreditation_grade=choice("評鑑等級", "Accreditation grade", **_GRADES),
    from_date=day("等級起日", "Grade from").optional(),
    to_date=day("等級迄日", "Grade to").optional(),
    teaching_hospital=yes_no("教學醫院", "Teaching hospital"),
    teaching_from=day("教學醫院評鑑起日", "Teaching accreditation from").optional(),
    teaching_to=day("教學醫院評鑑迄日", "Teaching accreditation to").optional(),
    residency_criterion=choice(
        "住院醫師訓練評鑑項目",
        "Residency criterion of the accreditation",
        met=("符合", "met"),
        not_met=("不符合", "not met"),
    ),
    facility_designation=choice(
        "設施等級認定",
        "Facility designation",
        both=("衛福部與教育部均認定", "by both ministries"),
        health_only=("僅衛福部認定", "by the health ministry only"),
        education_only=("僅教育部認定", "by the education ministry only"),
        neither=("未認定", "by neither"),
    ),
    part=choice(
        "於計畫之地位",
        "Part in the programme",
        lead=("主訓醫院", "lead hospital"),
        partner=("合作醫院", "partner hospital"),
    ).optional(),
    rt_policy=text("放射師進階政策", "RT policy").optional(),
    allowance_table=text("津貼表", "Allowance table").optional(),
)

practice_registration = kind(
    "practice_registration",
    "執業登記",
    "Practice registration",
    happens="start_date",
    ends="end_date",
    institution=text("執業機構", "Institution").optional(),
    sub_specialty=choice(
        "次專科",
        "Sub-specialty",
        diagnostic=("放射診斷", "diagnostic radiology"),
        radiotherapy=("放射治療", "radiotherapy"),
        nuclear_medicine=("核子醫學", "nuclear medicine"),
        mri=("磁振造影", "MRI"),
        ultrasound=("超音波", "ultrasound"),
        other=("其他", "other"),
    ).optional(),
    township_code=text("鄉鎮市區代碼", "Township code").optional(),
    outlying_island=yes_no("離島", "Outlying island"),
    island=choice(
        "島嶼",
        "Island",
        penghu=("澎湖", "Penghu"),
        kinmen=("金門", "Kinmen"),
        matsu=("馬祖", "Matsu"),
        green_island=("綠島", "Green Island"),
        orchid_island=("蘭嶼", "Orchid Island"),
        other=("其他島嶼", "other island"),
    ).optional(),
    remote_area=yes_no("偏遠地區", "Remote area"),
    remote_list=choice(
        "偏遠地區名單",
        "List of remote areas",
        mountain=("山地地區", "mountain area"),
        under_resourced=("西醫醫療資源不足地區", "under-resourced western medicine area"),
        shortage=("醫療資源缺乏地區", "resource shortage area"),
    ),
    delisted_date=day("自名單移出日", "Taken off the list on").optional(),
    area_list_version=text("地區名單版本", "Version of the area list").optional(),
    start_date=day("登記起日", "Start"),
    end_date=day("登記迄日", "End").optional(),
    effort=1,
)

clinical_service = kind(
    "clinical_service",
    "臨床工作年資",
    "Clinical service",
    happens="start_date",
    ends="end_date",
    institution=text("服務機構", "Institution").optional(),
    start_date=day("起日", "Start"),
    end_date=day("迄日", "End").optional(),
    working_time=choice(
        "專兼任", "Working time", full_time=("專任", "full time"), part_time=("兼任", "part time")
    ).optional(),
    duty_items=texts("工作項目", "Duty items").optional(),
)

clinical_duty = kind(
    "clinical_duty",
    "臨床業務",
    "Clinical duty",
    happens="start_date",
    ends="end_date",
    institution=text("機構代碼", "Institution code"),
    item=text("業務項目", "Item"),
    role=choice(
        "擔任方式", "Role", performs=("執行", "performs"), directs=("指導", "directs others")
    ),
    start_date=day("起日", "Start"),
    end_date=day("迄日", "End").optional(),
    effort=20,
)

institution_duty_list = kind(
    "institution_duty_list",
    "進階業務項目清單",
    "Advanced duty list",
    happens="from_date",
    ends="to_date",
    owner=choice(
        "訂定單位", "Set by", institution=("醫療院所", "institution"), society=("學會", "society")
    ),
    institution=text("機構代碼", "Institution code").optional(),
    items=texts("項目", "Items"),
    from_date=day("生效日", "Effective from"),
    to_date=day("停止適用前一日", "Effective to").optional(),
)

competency_attestation = kind(
    "competency_attestation",
    "能力證明",
    "Competency attestation",
    happens="date",
    scope=choice(
        "範圍",
        "Scope",
        operate=("操作設備", "operates equipment"),
        operate_supervised=("在監督下操作", "operates under supervision only"),
        independent=("獨立操作", "operates independently"),
        supervise_interns=("指導實習學生", "supervises interns"),
        guide_pgy_or_new_staff=("指導PGY或新進放射師", "guides PGY trainees or new staff"),
        direct_advanced_work=("指導進階專業臨床工作", "directs advanced work"),
    ),
    attester=text("證明人", "Attester"),
    date=day("日期", "Date"),
    effort=1,
)

ir_practice = kind(
    "ir_practice",
    "介入診療實務",
    "IR practice",
    happens="start_date",
    ends="end_date",
    institution=text("服務機構", "Institution").optional(),
    start_date=day("起日", "Start"),
    end_date=day("迄日", "End").optional(),
    nature=text("工作性質", "Nature").optional(),
    proof=text("證明", "Proof").optional(),
)

administrative_role = kind(
    "administrative_role",
    "行政職務",
    "Administrative role",
    happens="start_date",
    ends="end_date",
    type=choice(
        "職務",
        "Role kind",
        accreditation_lead=("評鑑業務負責人", "accreditation lead"),
        other=("其他", "other"),
    ),
    start_date=day("起日", "Start"),
    end_date=day("迄日", "End").optional(),
    effort=30,
)

project = kind(
    "project",
    "計畫或專案",
    "Project",
    happens="start_date",
    ends="end_date",
    title=text("名稱", "Title").optional(),
    role=choice(
        "角色", "Role", leads=("主持", "leads"), carries_out=("執行", "carries out")
    ).optional(),
    profession_related=yes_no("與醫療專業相關", "Related to the profession"),
    start_date=day("起日", "Start"),
    end_date=day("迄日", "End").optional(),
    effort=40,
)

quality_activity = kind(
    "quality_activity",
    "醫品圈或品質改善活動",
    "Quality activity",
    happens="start_date",
    ends="end_date",
    activity_id=text("活動編號", "Activity id").optional(),
    type=choice(
        "種類",
        "Kind",
        qcc=("醫品圈", "quality control circle"),
        qi=("品質改善", "quality improvement"),
    ),
    role=choice("角色", "Role", leader=("帶領", "leader"), participant=("參與", "participant")),
    start_date=day("起日", "Start"),
    end_date=day("迄日", "End").optional(),
    effort=15,
)

move = kind(
    "move",
    "院際流動",
    "Move between institutions",
    happens="date",
    from_institution=text("原機構代碼", "From (institution code)"),
    to_institution=text("新機構代碼", "To (institution code)"),
    date=day("流動日", "Date of the move"),
    recognition_date=day("認定日", "Date of recognition").optional(),
    receiving_decision=choice(
        "接收機構決定",
        "Receiving institution's decision",
        confirmed=("認可", "confirmed"),
        other_level=("認可為其他層級", "recognised at another level"),
        refused=("不認可", "not recognised"),
    ).optional(),
)

judgement = kind(
    "judgement",
    "人員判斷",
    "Judgement",
    happens="date",
    clause=text("條款", "Clause"),
    about=reference("所涉紀錄", "About which record", to="*").optional(),
    decision=choice(
        "判斷",
        "Decision",
        met=("符合", "met"),
        not_met=("不符合", "not met"),
        partly=("部分符合", "partly met"),
        barely=("勉強符合", "barely met"),
    ),
    by=text("判斷人", "By"),
    role=text("職務", "Role").optional(),
    reason=text("理由", "Reason").optional(),
    date=day("日期", "Date"),
)

document = kind(
    "document",
    "文件",
    "Document",
    happens="date",
    type=choices(
        "文件種類",
        "Document kinds",
        application_form=("申請表", "application form"),
        review_record_form=("審查紀錄表", "review record form"),
        proof_copies=("證明文件影本", "copies of proof"),
        supporting=("佐證資料", "supporting document"),
        other=("其他", "other"),
    ),
    supports=reference("佐證的紀錄", "Record it supports", to="*").optional(),
    date=day("日期", "Date").optional(),
    effort="0.5",
)

LABEL = Label("執業與臨床", "Practice")

KINDS = (
    institution,
    practice_registration,
    clinical_service,
    clinical_duty,
    institution_duty_list,
    competency_attestation,
    ir_practice,
    administrative_role,
    project,
    quality_activity,
    move,
    judgement,
    document,
)
