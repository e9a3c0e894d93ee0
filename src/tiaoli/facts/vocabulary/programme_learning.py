"""What the residents of a training programme do, learn and are judged on."""

from tiaoli.facts.kinds import (
    Label,
    Unit,
    choice,
    choices,
    day,
    duration,
    kind,
    number,
    text,
    texts,
    whole,
    yes_no,
)
from tiaoli.facts.vocabulary.programme import TEACHING_TASKS

_COMPETENCIES = {
    "patient_care": ("病人照護", "patient care"),
    "medical_knowledge": ("醫學知識", "medical knowledge"),
    "practice_based_learning": ("從實務中學習", "practice-based learning"),
    "communication": ("人際溝通", "communication"),
    "professionalism": ("專業素養", "professionalism"),
    "systems_based_practice": ("體系內行醫", "systems-based practice"),
}

_PASSPORT_KINDS = {
    "case": ("病例", "case"),
    "report_writing": ("撰寫報告", "report writing"),
    "image_reading": ("影像判讀", "image interpretation"),
    "patient_education": ("衛教", "patient education"),
    "joint_presenter": ("跨科討論主講", "cross-department presenter"),
    "pre_therapy_review": ("治療前病歷審閱與輻射紀錄", "pre-therapy review, radiation records"),
    "ria_quality": ("放免品管分析", "radioimmunoassay quality control"),
    "instrument_quality": ("儀器品管或維修紀錄", "instrument quality control or repair"),
    "exposure_records": (
        "曝露、污染偵測與除污紀錄",
        "exposure, contamination survey and decontamination records",
    ),
    "other": ("其他", "other"),
}

_CASE_CATEGORIES = {
    "musculoskeletal": ("骨骼肌肉", "musculoskeletal"),
    "circulatory": ("循環", "circulatory"),
    "pet": ("正子", "PET"),
    "inflammation_tumour": ("發炎與腫瘤", "inflammation and tumour"),
    "renal_urinary": ("腎泌尿", "renal and urinary"),
    "endocrine": ("內分泌", "endocrine"),
    "nervous": ("神經", "nervous"),
    "digestive": ("消化", "digestive"),
    "respiratory": ("呼吸", "respiratory"),
}

passport_entry = kind(
    "passport_entry",
    "學習護照登錄",
    "Passport entry",
    happens="date",
    resident=text("住院醫師", "Resident"),
    date=day("日期", "Date"),
    type=choice("種類", "Kind", **_PASSPORT_KINDS),
    also=choices("同時載明的其他種類", "Other kinds named in it", **_PASSPORT_KINDS).optional(),
    category=choice("病例類別", "Case category", **_CASE_CATEGORIES).optional(),
    also_categories=choices(
        "同時屬於的其他類別", "Other categories it belongs to", **_CASE_CATEGORIES
    ).optional(),
    case_count=whole("例數", "Cases", Unit.CASE),
    hours=duration("時數", "Hours").optional(),
    role=text("角色", "Role").optional(),
    content=text("內容", "Content").optional(),
    supervisor=text("指導者", "Supervisor").optional(),
    signed_date=day("簽章日", "Signed on").optional(),
    assessment=yes_no("有評估", "Assessed"),
    feedback=yes_no("有回饋", "Feedback given"),
    effort="0.5",
)

image_report = kind(
    "image_report",
    "影像報告",
    "Image report",
    happens="date",
    date=day("日期", "Date"),
    drafter=text("撰寫者", "Drafter").optional(),
    signatory=text("最終簽署者", "Final signatory").optional(),
    signed_by_specialist=yes_no("由核醫專科醫師簽署", "Signed by a specialist"),
    review_record=yes_no("有審閱紀錄", "Review recorded"),
    feedback=yes_no("有回饋", "Feedback given"),
)

health_education_session = kind(
    "health_education_session",
    "衛教訓練",
    "Health-education session",
    happens="date",
    resident=text("住院醫師", "Resident"),
    date=day("日期", "Date"),
    record=yes_no("有訓練紀錄", "Recorded"),
    feedback=yes_no("有回饋", "Feedback given"),
    effort="0.5",
)

radiation_injury_training = kind(
    "radiation_injury_training",
    "輻傷訓練",
    "Radiation-injury training",
    happens="date",
    resident=text("住院醫師", "Resident"),
    date=day("日期", "Date"),
    effort=1,
)

_TOPICS = {
    "ethics": ("專業倫理", "professional ethics"),
    "patient_safety": ("病人安全", "patient safety"),
    "patient_autonomy": ("病人自主", "patient autonomy"),
    "communication": ("醫病溝通", "communication with patients"),
    "evidence_based": ("實證醫學", "evidence-based medicine"),
    "infection_control": ("感染管制", "infection control"),
    "rural_support": ("支援偏鄉", "rural support"),
    "hospice": ("安寧療護", "hospice care"),
    "telemedicine": ("遠距醫療", "telemedicine"),
    "law": ("醫療法規", "medical law"),
    "research_process": ("完整研究過程", "the whole of a research process"),
    "other": ("其他", "other"),
}

course_attendance = kind(
    "course_attendance",
    "課程參與",
    "Course attendance",
    happens="date",
    resident=text("住院醫師", "Resident"),
    date=day("日期", "Date"),
    topic=choice("課題", "Topic", **_TOPICS),
    also=choices("同時涵蓋的其他課題", "Other topics covered", **_TOPICS).optional(),
    workplace_practice=yes_no("工作中實作", "Practised in the workplace"),
    effort="0.5",
)

duty_roster = kind(
    "duty_roster",
    "值班與工時",
    "Duty roster",
    happens="start_date",
    ends="end_date",
    resident=text("住院醫師", "Resident"),
    start_date=day("起日", "Start"),
    end_date=day("迄日", "End"),
    type=choice(
        "種類",
        "Kind",
        duty=("值班", "duty"),
        regular=("一般工時", "regular hours"),
        total=("合計", "all hours of the period"),
    ),
    hours=duration("工時", "Hours worked"),
    longest_duty=duration("最長連續工時", "Longest single duty"),
    rest_days=whole("休息日數", "Rest days", Unit.DAY),
    learning_hours=duration("學習時數", "Learning hours"),
    leave_taken=number("已休假日數", "Leave taken", Unit.DAY),
    leave_policy=yes_no("有休假規定", "Leave policy exists"),
)

graded_ability = kind(
    "graded_ability",
    "分層能力表",
    "Graded ability matrix",
    year=choice(
        "訓練年",
        "Training year",
        R1=("第一年", "first year"),
        R2=("第二年", "second year"),
        R3=("第三年", "third year"),
        R4=("第四年", "fourth year"),
    ),
    observable_behaviour=yes_no("以可觀察行為敘明", "Documented as observable behaviour"),
    may_do=texts("可執行", "May do"),
    may_not_do=texts("不可執行", "May not do"),
    tasks=choices("任務", "Tasks carried out", **TEACHING_TASKS),
    effort=5,
)

evaluation = kind(
    "evaluation",
    "住院醫師評估",
    "Evaluation",
    happens="date",
    resident=text("住院醫師", "Resident"),
    date=day("評估日", "Date"),
    period_start=day("評估期間起日", "Period from").optional(),
    period_end=day("評估期間迄日", "Period to").optional(),
    tool=choice(
        "評量工具",
        "Tool",
        mini_cex=("迷你臨床演練評量", "mini-CEX"),
        dops=("操作型技術觀察評量", "direct observation of procedures"),
        cbd=("案例導向討論", "case-based discussion"),
        osce=("客觀結構式臨床測驗", "OSCE"),
        multisource=("多源回饋", "multi-source feedback"),
        written=("筆試", "written test"),
        oral=("口試", "oral test"),
        milestone=("里程碑評核", "milestone assessment"),
        other=("其他", "other"),
    ),
    assessors=texts("評估者", "Assessors").optional(),
    assessor_roles=choices(
        "評估者身分",
        "Assessors' roles",
        director=("主持人", "director"),
        faculty=("教師", "faculty"),
        other=("其他", "other"),
    ),
    competencies=choices("已評之核心能力", "Competencies scored", **_COMPETENCIES),
    milestone_level=number("里程碑等級", "Milestone level").optional(),
    discussed_date=day("討論日", "Discussed on").optional(),
    viewed_by_resident=yes_no("住院醫師可查閱", "Open to the resident"),
    promotion_date=day("據以升年之決定日", "Promotion decided on it on").optional(),
    stored=yes_no("已存檔", "Stored document"),
    effort="0.5",
)

scheduled_assessment = kind(
    "scheduled_assessment",
    "考核",
    "Scheduled assessment",
    happens="due_date",
    resident=text("住院醫師", "Resident"),
    due_date=day("依時程應辦日", "Due on").optional(),
    held_date=day("辦理日", "Held on").optional(),
    recorded=yes_no("有考核紀錄", "Recorded"),
    effort="0.5",
)

progress_review = kind(
    "progress_review",
    "學習進度檢視",
    "Progress review",
    happens="date",
    resident=text("住院醫師", "Resident"),
    date=day("日期", "Date"),
    director_signed=yes_no("主持人簽章", "Signed by the director"),
    cases_reviewed=yes_no("檢視病例數與疾病種類", "Case numbers and the mix of diseases looked at"),
    learning_reviewed=yes_no("檢討學習情形", "Learning reviewed"),
    progress_adjusted=yes_no("適當調整進度", "Progress adjusted as called for"),
    effort="0.5",
)

milestone_framework = kind(
    "milestone_framework",
    "里程碑",
    "Milestone framework",
    happens="adopted_date",
    competency=choice("核心能力", "Competency", **_COMPETENCIES),
    sub_competencies=texts("次核心能力", "Sub-competencies").optional(),
    adopted_date=day("採用日", "Adopted on"),
    effort=10,
)

exam_result = kind(
    "exam_result",
    "專科考試成績",
    "Exam result",
    candidate=text("考生", "Candidate"),
    year=whole("年度（西元）", "Year"),
    sitting=whole("應試次數", "Sitting number"),
    passed=yes_no("及格", "Passed"),
    date=day("考試日", "Date").optional(),
)

LABEL = Label("訓練計畫：學習", "Training programmes: learning")

KINDS = (
    passport_entry,
    image_report,
    health_education_session,
    radiation_injury_training,
    course_attendance,
    duty_roster,
    graded_ability,
    evaluation,
    scheduled_assessment,
    progress_review,
    milestone_framework,
    exam_result,
)
