"""Ionising radiation: sources, certificates and grounds for them, supervision, sanctions."""

from tiaoli.facts.kinds import (
    Label,
    Unit,
    choice,
    choices,
    day,
    duration,
    kind,
    moment,
    number,
    reference,
    text,
    texts,
    whole,
    yes_no,
)

_INSTITUTION_TYPES = {
    "university": ("大學校院", "university or college"),
    "junior_college": ("專科學校", "junior college"),
    "secondary_school": ("中等學校", "secondary school"),
    "research_institute": ("學術研究機構", "research institution"),
    "training_body": ("認可之訓練機構", "approved training body"),
    "hospital": ("醫院", "hospital"),
    "clinic": ("診所", "clinic"),
    "facility": ("設施", "facility"),
    "other": ("其他", "other"),
}

_QUALIFIED_BY = {
    "certificate": ("輻射安全證書", "radiation safety certificate"),
    "licence": ("相關執業執照", "licence that exempts"),
    "training_only": ("僅有代替證書之訓練", "training in place of a certificate only"),
}

radiation_certificate = kind(
    "radiation_certificate",
    "輻射證書",
    "Radiation certificate",
    credential=True,
    happens="issue_date",
    type=choice(
        "種類",
        "Kind",
        radiation_safety=("輻射安全證書", "radiation safety certificate"),
        protection_officer=("輻射防護員", "radiation protection officer"),
        protection_specialist=("輻射防護師", "radiation protection specialist"),
    ),
    holder=text("持有人", "Holder").optional(),
    number=text("證書號", "Number").optional(),
    issue_date=day("發證日", "Issue date"),
    valid_from=day("效期起日（與發證日不同者）", "Valid from, where not the issue date").optional(),
    expiry_date=day("印載效期末日", "Printed expiry date").optional(),
    status=choice(
        "狀態",
        "Status",
        valid=("有效", "valid"),
        expired=("逾期", "expired"),
        revoked=("撤銷", "revoked"),
        rescinded=("廢止", "rescinded"),
        replaced=("已換補發", "replaced"),
    ),
    registered_items=texts("登載事項", "Registered items").optional(),
    replaces=text("換補發自（證書號）", "Replaces (certificate number)").optional(),
    converted=yes_no("由舊證照換發", "Converted from an old credential").optional(),
)

qualification = kind(
    "qualification",
    "操作資格",
    "Qualification",
    happens="end_date",
    type=choice(
        "種類",
        "Kind",
        certificate_training=("領證訓練", "training for the certificate"),
        substitute_training=("代替證書之訓練", "training in place of the certificate"),
        credits=("輻射防護課程學分", "credits in radiation protection"),
        pre_act_course=("施行前講習", "course before the Act"),
    ),
    provider=text("辦理單位", "Provider").optional(),
    provider_type=choice(
        "辦理單位類別",
        "Provider type",
        approved_business=("認可之訓練業者", "approved training business"),
        facility_operator=("設施經營者", "facility operator"),
        school=("學校", "school"),
        authority_recognised=(
            "主管機關認可或委辦",
            "recognised or commissioned by the authority",
        ),
        other=("其他", "other"),
    ),
    institution_type=choice("學校類別", "Institution type", **_INSTITUTION_TYPES),
    foreign=yes_no("國外學校", "Foreign institution"),
    moe_recognised=yes_no("教育部採認", "Recognised by the Ministry of Education"),
    hours=duration("時數", "Hours"),
    credits=number("學分", "Credits", Unit.CREDIT),
    start_date=day("起日", "Start").optional(),
    end_date=day("完成日", "Completed on"),
    proof=yes_no("有證明", "Proof held"),
    notice=reference("報備", "Facility notice", to="facility_notice").optional(),
    effort=3,
)

exam = kind(
    "exam",
    "測驗",
    "Exam",
    happens="date",
    type=choice(
        "種類",
        "Kind",
        operator=("操作人員測驗", "operator test"),
        other=("其他", "other"),
    ).optional(),
    date=day("測驗日", "Date"),
    result=choice("結果", "Result", passed=("及格", "passed"), failed=("不及格", "failed")),
    effort=3,
)

radiation_source = kind(
    "radiation_source",
    "輻射源",
    "Radiation source",
    subject=True,
    name=text("名稱", "Name").optional(),
    facility=text("設施", "Facility").optional(),
    type=choice(
        "種類",
        "Type",
        radioactive_material=("放射性物質", "radioactive material"),
        sealed_source=("密封放射性物質", "sealed source"),
        in_device_or_component=(
            "儀器、製品或組件內之放射性物質",
            "radioactive material in a device, product or component",
        ),
        x_ray=("X光機", "X-ray equipment"),
        cabinet_x_ray=("櫃型X光機", "cabinet X-ray"),
        baggage_x_ray=("行李檢查X光機", "baggage X-ray"),
        ion_implanter=("離子布植機", "ion implanter"),
        electron_beam_welder=("電子束焊機", "electron-beam welder"),
        static_eliminator=("靜電消除器", "static eliminator"),
        accelerator=("加速器", "particle accelerator"),
        other_equipment=("其他可發生游離輻射設備", "other radiation-producing equipment"),
    ),
    sealed=yes_no("密封", "Sealed"),
    category=whole("密封源類別（1至5）", "Sealed-source category (1 to 5)"),
    nuclide=text("核種", "Nuclide").optional(),
    activity=number("活度", "Activity", Unit.BECQUEREL),
    exempt_quantity=number("豁免活度", "Exempt quantity", Unit.BECQUEREL),
    ratio=number("活度與豁免量之比", "Activity to exempt quantity", Unit.TIMES),
    dose_rate=number(
        "表面五公分處劑量率", "Dose rate at 5 cm from the surface", Unit.MICROSIEVERT_PER_HOUR
    ),
    nominal_kv=number("公稱電壓", "Nominal voltage", Unit.KILOVOLT),
    particle_kev=number("粒子能量", "Particle energy", Unit.KILOELECTRONVOLT),
    mobile=yes_no("移動式", "Mobile"),
    fixed_shielding=yes_no("固定屏蔽", "Fixed shielding"),
    regulation_class=choice(
        "列管類別", "Regulation class", permit=("許可", "permit"), registration=("登記", "register")
    ),
    in_device_component=yes_no("裝於儀器製品或成組件", "In a device, or forming a component"),
    designated=yes_no("主管機關另行指定", "Designated by the authority"),
)

trainee = kind(
    "trainee",
    "受訓者",
    "Trainee",
    happens="start_date",
    ends="end_date",
    category=choice(
        "類別",
        "Category",
        school_or_research=(
            "學校或研究單位之教師、研究員、學生",
            "teacher, researcher or student of a school or research institution",
        ),
        training_body_learner=("訓練機構學員", "learner of an approved training body"),
        clinical_training=("臨床訓練之醫師、牙醫師", "physician or dentist in clinical training"),
        hospital_intern=("醫院實習之學生或畢業生", "student or graduate in hospital internship"),
        pre_employment=("就職前受訓者", "in pre-employment training"),
    ),
    institution=text("機構", "Institution").optional(),
    institution_type=choice("機構類別", "Institution type", **_INSTITUTION_TYPES),
    approval_from=day("訓練機構認可起日", "Body approved from").optional(),
    approval_to=day("訓練機構認可末日", "Body approved to").optional(),
    approved_curriculum=yes_no("核定課程", "Approved curriculum"),
    start_date=day("起日", "Start"),
    end_date=day("迄日", "End").optional(),
)

lecture = kind(
    "lecture",
    "講習",
    "Lecture",
    happens="date",
    date=day("日期", "Date"),
    hours=duration("時數", "Hours"),
    planner=text("規劃者", "Planner").optional(),
    planner_qualified=yes_no("規劃者為合格人員", "Planner is a qualified person"),
    qualified_by=choice("規劃者的資格", "Planner qualified by", **_QUALIFIED_BY).optional(),
    instructor=text("指導者", "Instructor").optional(),
    course=text("課程", "Course").optional(),
    place=text("地點", "Place").optional(),
    attendees=texts("參加者", "Attendees").optional(),
    devices=texts("設備", "Devices").optional(),
    institution_type=choice("機構類別", "Institution type", **_INSTITUTION_TYPES),
    approved_curriculum=yes_no("核定課程", "Approved curriculum"),
    destroyed_date=day("紀錄銷毀日", "Record destroyed on").optional(),
    effort="0.5",
)

supervision = kind(
    "supervision",
    "指導與監督",
    "Supervision",
    happens="date",
    qualified_person=text("合格人員", "Qualified person").optional(),
    qualified=yes_no("具操作資格", "Is qualified"),
    qualified_by=choice("資格", "Qualified by", **_QUALIFIED_BY).optional(),
    type=choice(
        "種類",
        "Kind",
        guidance=("指導", "guidance"),
        direct=("在場直接監督", "direct supervision"),
    ),
    source=reference("輻射源", "Source", to="radiation_source").optional(),
    date=day("日期", "Date"),
)

facility_notice = kind(
    "facility_notice",
    "自辦訓練報備",
    "Facility notice",
    happens="filing_date",
    filing_date=day("報備日", "Filed on"),
    filed_at=moment("報備時間", "Filed at"),
    fields=choices(
        "報備事項",
        "Fields reported",
        trainees=("人員", "trainees"),
        time=("時間", "time"),
        place=("地點", "place"),
        course=("課程", "course"),
        hours=("時數", "hours"),
        instructors=("師資", "instructors"),
    ),
    training_start=day("訓練起日", "Training starts"),
    starts_at=moment("訓練開始時間", "Training starts at"),
    training_end=day("訓練迄日", "Training ends").optional(),
    records_destroyed_date=day("訓練資料銷毀日", "Records destroyed on").optional(),
    effort=1,
)

foreign_approval = kind(
    "foreign_approval",
    "外國人操作核准",
    "Foreign approval",
    happens="approval_date",
    ends="end_date",
    facility_operator=text("申請之經營者", "Facility operator").optional(),
    filed_by_facility_operator=yes_no("由訂約經營者申請", "Filed by the contracting operator"),
    contract_type=choice(
        "契約種類",
        "Contract type",
        contract_for_work=("承攬", "contract for work"),
        sale=("買賣", "sale"),
        technical_cooperation=("技術合作", "technical cooperation"),
        employment=("僱傭", "employment"),
        other=("其他", "other"),
    ),
    scope=text("範圍", "Scope").optional(),
    proof=yes_no("附國外訓練證明影本", "Copies of foreign training proof attached"),
    start_date=day("契約起日", "Contract from").optional(),
    end_date=day("契約迄日", "Contract to").optional(),
    approval_date=day("核准日", "Approved on"),
)

old_credential = kind(
    "old_credential",
    "舊證照",
    "Old credential",
    happens="date",
    type=choice(
        "種類",
        "Kind",
        operating_licence=("操作執照", "operating licence"),
        non_medical_pass=("非醫用測驗及格通知", "non-medical examination pass notice"),
        medical_course=("醫用講習結訓證書", "medical course completion certificate"),
    ),
    date=day("日期", "Date"),
    original_held=yes_no("持有正本", "Original held"),
)

operation = kind(
    "operation",
    "操作",
    "Operation",
    happens="date",
    person=text("操作者", "Person").optional(),
    source=reference("輻射源", "Source", to="radiation_source"),
    facility=text("設施", "Facility").optional(),
    within_scope=yes_no("在核准範圍內", "Within the approved scope"),
    date=day("操作日（未定者以查詢日計）", "Date, or that of asking").optional(),
)

LABEL = Label("輻射", "Radiation")

KINDS = (
    radiation_certificate,
    qualification,
    exam,
    radiation_source,
    trainee,
    lecture,
    supervision,
    facility_notice,
    foreign_approval,
    old_credential,
    operation,
)

NOT_FACTS: tuple[tuple[str, str], ...] = ()
