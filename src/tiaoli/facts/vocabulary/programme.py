"""A training programme: its plan, its partners and its people."""

from tiaoli.facts.kinds import (
    Label,
    Unit,
    choice,
    choices,
    day,
    duration,
    kind,
    number,
    reference,
    text,
    texts,
    whole,
    yes_no,
)
from tiaoli.facts.vocabulary.people import specialist_certificate

SERVICES = {
    "gamma": ("伽瑪攝影", "gamma camera"),
    "pet": ("正子掃描", "PET"),
    "therapy": ("放射核種治療", "radionuclide therapy"),
    "ria": ("放射免疫分析", "radioimmunoassay"),
    "cyclotron": ("迴旋加速器", "cyclotron"),
}

TEACHING_TASKS = {
    "teach_students": ("教導學生", "teaches students"),
    "teach_principles": ("教導原理與病例", "teaches principles and cases"),
    "teach_residents": ("教導住院醫師", "teaches residents"),
    "research": ("參與研究", "takes part in research"),
}

_SPECIALTY = specialist_certificate.attributes["specialty"]

programme = kind(
    "programme",
    "訓練計畫",
    "Programme",
    subject=True,
    name=text("名稱", "Name").optional(),
    specialty=_SPECIALTY,
    lead_institution=text("主訓醫院", "Lead institution"),
    director=text("計畫主持人", "Director").optional(),
    training_start=day("訓練開始日", "Training starts"),
    planned_duration=whole("規劃訓練期間", "Planned duration", Unit.MONTH),
    plan_document=yes_no("有訓練計畫書", "Plan document exists"),
    plan_adopted_date=day("計畫書訂定日", "Plan adopted on").optional(),
    applied_quota=whole("申請容額", "Quota applied for", Unit.PERSON),
    new_applicant=yes_no("新申請醫院", "Newly applying"),
    elects_deemed_status=yes_no(
        "選擇以四年內完訓者視同現有住院醫師",
        "Elects to count completers of four years as residents",
    ).optional(),
    recognised_since=day("計畫認定起日", "Recognised since").optional(),
    previous_visit_date=day("上次訪視日", "Previous visit").optional(),
    previous_recommendations=texts("上次訪視建議", "Previous recommendations").optional(),
    responses=texts("建議回應", "Responses to the recommendations").optional(),
    passport=yes_no("學習護照", "Training passport"),
    passport_assessment_field=yes_no("護照有評估欄", "Passport has an assessment field"),
    passport_feedback_field=yes_no("護照有回饋欄", "Passport has a feedback field"),
    passport_attainment=number("護照課程達成率", "Passport courses attained", Unit.PERCENT),
    assessment_form=yes_no("評估表", "Assessment form"),
    assessment_schedule=yes_no("評估時程", "Assessment schedule"),
    files_by_level=yes_no("資料依層級歸類", "Files classified by resident level"),
    ability_goals=yes_no("計畫書有能力訓練目標", "Plan has goals of ability"),
    teaching_ability_content=yes_no("訓練內容涵蓋教學能力", "Training covers teaching ability"),
    ethics_taught_on_cases=yes_no(
        "以學員照顧的案例指導倫理", "Ethics taught on the residents' own cases"
    ),
    standard_effective_from=day("評核標準另定的施行日", "Standard in force from").optional(),
)

serious_event = kind(
    "serious_event",
    "違背宗旨之嚴重事件",
    "Serious event against the purpose",
    happens="date",
    date=day("發生日", "Happened on"),
    handled=choice(
        "處理情形",
        "Handling",
        effective=("有效處理", "effective"),
        ineffective=("處理無效", "ineffective"),
        unhandled=("未處理", "unhandled"),
    ),
)

programme_change = kind(
    "programme_change",
    "計畫變動",
    "Programme change",
    happens="date",
    type=choice(
        "種類",
        "Kind",
        director=("更換主持人", "director replaced"),
        faculty=("主要教師變動", "major teacher changed"),
        contract=("合約變動", "contract changed"),
    ),
    date=day("變動日", "Changed on"),
    report_date=day("書面報備日", "Reported in writing on").optional(),
)

partner_agreement = kind(
    "partner_agreement",
    "合作同意書",
    "Partner agreement",
    happens="signed_date",
    ends="valid_to",
    partner=text("合作醫院", "Partner"),
    signed_date=day("簽署日", "Signed on"),
    valid_to=day("效期末日", "Valid to").optional(),
    services=choices("合訓項目", "Services trained there", **SERVICES),
    training_policy_stated=yes_no("載明訓練政策", "Training policy stated"),
    delegated_plan=yes_no("委託訓練計畫", "Delegated plan approved"),
    qualification_document=yes_no("資格證明文件", "Qualification document attached"),
    meets_recognition_criteria=yes_no("符合合作醫院認定標準", "Meets the partner criteria"),
    meets_joint_training_rules=yes_no("符合聯合訓練規定", "Meets the rules on joint training"),
    partner_meets_all_conditions=yes_no(
        "合作醫院符合主訓醫院全部條件", "Partner meets all conditions of a lead hospital"
    ),
    legal_entity=text("所屬法人", "Legal entity of the partner").optional(),
    effort=20,
)

faculty_member = kind(
    "faculty_member",
    "教師",
    "Faculty member",
    happens="from_date",
    ends="to_date",
    name=text("姓名", "Name"),
    specialty=_SPECIALTY,
    specialist_certificate=text("專科證書號", "Specialist certificate number").optional(),
    specialist_date=day("專科證書日", "Specialist certificate date"),
    specialist_valid_to=day("專科證書效期末日", "Specialist certificate valid to").optional(),
    full_time=yes_no("專任", "Full time"),
    attending_since=day("主治醫師起日", "Attending since"),
    teaching_experience=yes_no("教學經驗", "Teaching experience"),
    teacher_qualification=choice(
        "教師資格",
        "Teacher qualification",
        hospital=("醫院認證", "by the hospital"),
        jct=("醫策會認證", "by the Joint Commission of Taiwan"),
    ).optional(),
    teacher_valid_to=day("教師資格效期末日", "Teacher qualification valid to").optional(),
    development_required=yes_no("醫院規定師培時數", "Hospital requires faculty development"),
    development_hours_required=duration("應完成師培時數", "Hours required"),
    development_hours_done=duration("已完成師培時數", "Hours done"),
    moe_rank=choice(
        "部定職級",
        "Ministry rank",
        lecturer=("講師", "lecturer"),
        assistant_professor=("助理教授", "assistant professor"),
        associate_professor=("副教授", "associate professor"),
        professor=("教授", "professor"),
    ).optional(),
    mentor_of=texts("擔任導師之住院醫師", "Mentor of").optional(),
    from_date=day("到職日", "From").optional(),
    to_date=day("離職前最後一日", "To").optional(),
)

programme_director = kind(
    "programme_director",
    "計畫主持人",
    "Programme director",
    happens="appointed_date",
    ends="to_date",
    name=text("姓名", "Name"),
    is_faculty=yes_no("為計畫教師", "Is a faculty member"),
    faculty=reference("教師紀錄", "Faculty record", to="faculty_member"),
    appointed_date=day("任命日", "Appointed on"),
    to_date=day("卸任日", "To").optional(),
    duties_explained=choices(
        "訪談說明之職責",
        "Duties explained in interview",
        goals=("目標與分層能力", "goals and graded ability"),
        selection=("遴選", "selection"),
        supervision=("督導教師與人員", "supervising faculty and staff"),
        assessment=("評估制度", "assessment system"),
        records=("紀錄與病例", "records and cases"),
    ),
    knows_warning_signs=yes_no("了解警訊與求助管道", "Knows warning signs and help routes"),
)

teaching_head = kind(
    "teaching_head",
    "教學負責人",
    "Teaching head",
    happens="from_date",
    ends="to_date",
    name=text("姓名", "Name"),
    specialty=_SPECIALTY,
    specialist_date=day("專科證書日", "Specialist certificate date"),
    specialist_valid_to=day("專科證書效期末日", "Specialist certificate valid to").optional(),
    from_date=day("任職起日", "From").optional(),
    to_date=day("任職迄日", "To").optional(),
)

device_operator = kind(
    "device_operator",
    "儀器操作人員",
    "Device operator",
    happens="from_date",
    ends="to_date",
    name=text("姓名", "Name"),
    licence=text("執照", "Licence").optional(),
    qualified=yes_no("合格", "Qualified"),
    assigned_devices=texts("負責儀器", "Assigned devices").optional(),
    from_date=day("到職日", "From").optional(),
    to_date=day("離職前最後一日", "To").optional(),
)

nurse = kind(
    "nurse",
    "護理人員",
    "Nurse",
    happens="from_date",
    ends="to_date",
    name=text("姓名", "Name"),
    licence=text("執照", "Licence").optional(),
    qualified=yes_no("合格", "Qualified"),
    from_date=day("到職日", "From").optional(),
    to_date=day("離職前最後一日", "To").optional(),
)

support_staff = kind(
    "support_staff",
    "其他人員",
    "Support staff",
    happens="from_date",
    ends="to_date",
    name=text("姓名", "Name").optional(),
    type=choice(
        "種類",
        "Kind",
        administrator=("行政人員", "administrator"),
        radiation_protection=("輻射防護人員", "radiation protection staff"),
        radiopharmacist=("放射藥師", "radiopharmacist"),
        ria_staff=("放射免疫分析人員", "radioimmunoassay staff"),
        cyclotron_operator=("迴旋加速器操作人員", "cyclotron operator"),
    ),
    full_time=yes_no("專任", "Full time"),
    helps_teach=yes_no("協助住院醫師教學", "Helps teach residents"),
    teaching_records=yes_no("有協助教學紀錄", "Teaching recorded"),
    from_date=day("到職日", "From").optional(),
    to_date=day("離職前最後一日", "To").optional(),
)

resident = kind(
    "resident",
    "住院醫師",
    "Resident",
    happens="start_date",
    name=text("姓名或代號", "Name or pseudonym"),
    start_date=day("訓練起日", "Training from"),
    completion_date=day("完訓日", "Completed on").optional(),
    full_time=yes_no("專任", "Full time"),
    other_appointments=texts("其他任職", "Other appointments").optional(),
    mentor=text("導師", "Mentor").optional(),
    individual_file=yes_no("個人檔案", "Individual file"),
    completion_summary_date=day("完訓總評日", "Completion summary on").optional(),
    independence_certified=yes_no("證明能獨立執業", "Certified to practise independently"),
    tasks_done=choices("已完成之教學與研究任務", "Teaching and research done", **TEACHING_TASKS),
    difficulties=choice(
        "壓力或成癮問題",
        "Stress or addiction",
        recorded=("曾出現，有發現與輔導紀錄", "seen, its discovery and counselling recorded"),
        unrecorded=("曾出現，沒有紀錄", "seen, not recorded"),
    ).optional(),
)

rotation = kind(
    "rotation",
    "輪訓",
    "Rotation",
    resident=text("住院醫師", "Resident").optional(),
    institution=text("醫院", "Institution"),
    department=text("科別", "Department").optional(),
    area=choice(
        "訓練項目", "Area", **SERVICES, related=("相關臨床科", "related clinical department")
    ),
    months=number("月數", "Months", Unit.MONTH),
    status=choice("狀態", "Status", planned=("規劃", "planned"), actual=("實際", "actual")),
    start_date=day("起日", "Start").optional(),
    end_date=day("迄日", "End").optional(),
)

service_outage = kind(
    "service_outage",
    "業務停擺",
    "Outage of a service",
    happens="start_date",
    ends="end_date",
    service=choice("項目", "Service", **SERVICES),
    start_date=day("停擺首日", "Out of operation from"),
    end_date=day("停擺末日", "Out of operation until").optional(),
)

LABEL = Label("訓練計畫", "Training programmes")

KINDS = (
    programme,
    programme_change,
    serious_event,
    partner_agreement,
    faculty_member,
    programme_director,
    teaching_head,
    device_operator,
    nurse,
    support_staff,
    resident,
    rotation,
    service_outage,
)

NOT_FACTS: tuple[tuple[str, str], ...] = (
    ("Standard", "the regulation asked about and its settings belong to the question"),
    ("Cohort", "derived from the start and completion dates of the residents"),
    ("Case count", "derived from the passport entries"),
    ("Assessment", "the question itself: programme, version, day and settings"),
    ("Suggestion", "an answer, derived from the facts"),
    ("Audit event", "the history of a file, not a fact about the programme"),
    ("Programme: resident_status", "derived from the residents"),
    ("Resident: training_year", "derived from the start date"),
)
