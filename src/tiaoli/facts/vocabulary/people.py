"""People, and what they hold: licences, certificates, memberships, levels."""

from tiaoli.facts.kinds import Label, choice, day, kind, text, whole

_SPECIALTIES = {
    "radiology": ("放射線科", "radiology"),
    "diagnostic_radiology": ("放射診斷科", "diagnostic radiology"),
    "radiation_oncology": ("放射腫瘤科", "radiation oncology"),
    "nuclear_medicine": ("核子醫學科", "nuclear medicine"),
    "other": ("其他專科", "other specialty"),
}

practitioner = kind(
    "practitioner",
    "醫事人員",
    "Practitioner",
    subject=True,
    name=text("姓名", "Name"),
    date_of_birth=day("出生日期", "Date of birth"),
    nationality=text("國籍", "Nationality").optional(),
)

membership = kind(
    "membership",
    "會員資格",
    "Membership",
    happens="from_date",
    ends="to_date",
    society=text("學會", "Society").optional(),
    member_class=choice(
        "會員類別",
        "Member class",
        individual=("個人會員", "individual"),
        associate=("相關會員", "associate"),
        student=("學生會員", "student"),
    ).optional(),
    from_date=day("起日", "From"),
    to_date=day("迄日", "To").optional(),
    effort="0.5",
)

licence = kind(
    "licence",
    "證書或執照",
    "Licence",
    happens="issue_date",
    profession=choice(
        "職類",
        "Profession",
        radiographer=("醫事放射師", "radiographer"),
        associate_radiographer=("醫事放射士", "associate radiographer"),
        respiratory_therapist=("呼吸治療師", "respiratory therapist"),
        physician=("醫師", "physician"),
        nurse=("護理師", "nurse"),
        dentist=("牙醫師", "dentist"),
        other=("其他", "other"),
    ),
    type=choice(
        "執照種類",
        "Licence kind",
        professional_certificate=("醫事人員證書", "professional certificate"),
        radiology_specialist=("放射線科專科醫師執業執照", "radiology specialist practice licence"),
        nuclear_medicine_specialist=(
            "核子醫學科專科醫師執業執照",
            "nuclear medicine specialist practice licence",
        ),
        radiographer_practice=("醫事放射師(士)執業執照", "radiographer or associate licence"),
        radiation_protection_personnel=(
            "輻射防護人員認可證書",
            "radiation protection personnel approval",
        ),
        operator=("運轉人員證書", "operator certificate"),
    ).optional(),
    specialty=choice("專科", "Specialty", **_SPECIALTIES).optional(),
    number=text("字號", "Number").optional(),
    issuer=choice(
        "發證機關",
        "Issuer",
        mohw=("衛生福利部", "Ministry of Health and Welfare"),
        doh=("行政院衛生署", "Department of Health, Executive Yuan"),
        other=("其他機關", "other authority"),
    ),
    issue_date=day("發證日", "Issue date"),
    valid_from=day("效期起日", "Valid from").optional(),
    valid_to=day("效期末日", "Valid to").optional(),
    protection_level=choice(
        "輻防人員級別",
        "Protection personnel level",
        officer=("輻射防護員", "officer"),
        specialist=("輻射防護師", "specialist"),
    ).optional(),
    operator_basis=choice(
        "運轉人員類別",
        "Operator of",
        high_intensity=("高強度輻射設施", "high-intensity facility"),
        production=("放射性物質生產設施", "production facility"),
    ).optional(),
    revoked_date=day("撤銷或廢止日", "Revoked on").optional(),
)

specialist_certificate = kind(
    "specialist_certificate",
    "專科醫師證書",
    "Specialist certificate",
    happens="issue_date",
    specialty=choice("專科", "Specialty", **_SPECIALTIES),
    number=text("字號", "Number").optional(),
    issue_date=day("發證日", "Issue date"),
    status=choice("狀態", "Status", valid=("有效", "valid"), revoked=("撤銷或廢止", "revoked")),
)

level_award = kind(
    "level_award",
    "進階層級",
    "Level award",
    credential=True,
    happens="approval_date",
    level=choice(
        "層級",
        "Level",
        RT1=("第一階", "RT1"),
        RT2=("第二階", "RT2"),
        RT3=("第三階", "RT3"),
        RT4=("第四階", "RT4"),
    ),
    approval_date=day("通過日", "Approval date"),
    awarding_body=choice(
        "核定單位",
        "Awarding body",
        institution=("醫療院所", "institution"),
        society=("學會", "society"),
    ),
    certificate_number=text("證明字號", "Certificate number").optional(),
    effort=20,
)

qa_qualification = kind(
    "qa_qualification",
    "醫療曝露品質保證人員資格",
    "Medical-exposure QA qualification",
    happens="issue_date",
    equipment_type=choice(
        "設備類別",
        "Equipment type",
        linac=("直線加速器", "linear accelerator"),
        cobalt_60=("鈷六十遠隔治療機", "Co-60 teletherapy"),
        remote_afterloader=("遙控後荷式治療設備", "remote afterloader"),
        tomotherapy=("電腦斷層治療機", "tomotherapy"),
        cyberknife=("電腦刀", "CyberKnife"),
        gamma_knife=("加馬刀", "Gamma Knife"),
        mammography=("乳房X光攝影儀", "mammography"),
        ct=("電腦斷層掃描儀", "computed tomography"),
        x_ray_simulator=("X光模擬定位儀", "X-ray simulator"),
        angiography=("心導管或血管攝影X光機", "cardiac or vascular angiography"),
    ),
    issuer=text("發證單位", "Issuer").optional(),
    issue_date=day("取得日", "Date obtained"),
    expiry_date=day("效期末日", "Expiry date").optional(),
    effort=10,
)

teacher_certification = kind(
    "teacher_certification",
    "師資認證",
    "Teacher certification",
    happens="issue_date",
    issuer_type=choice(
        "認證單位",
        "Issuer type",
        jct=("醫策會", "Joint Commission of Taiwan"),
        institution=("醫療院所", "institution"),
        other=("其他", "other"),
    ),
    issue_date=day("發證日", "Issue date"),
    expiry_date=day("效期末日", "Expiry date"),
    effort=10,
)

domain_certificate = kind(
    "domain_certificate",
    "介入專長證明",
    "Domain certificate",
    credential=True,
    happens="issue_date",
    domain=choice("領域", "Domain", **{str(k): (f"領域{k}", f"domain {k}") for k in range(1, 7)}),
    number=text("證書號", "Number").optional(),
    issue_date=day("核發日", "Issue date"),
    valid_from=day("效期起日（與核發日不同者）", "Valid from, where not the issue date").optional(),
    expiry_date=day("印載效期末日", "Printed expiry date").optional(),
    status=choice(
        "狀態",
        "Status",
        valid=("有效", "valid"),
        expired=("逾期", "expired"),
        lifetime=("終身", "lifetime"),
        replaced=("已換補發", "replaced"),
    ),
)

certificate = kind(
    "certificate",
    "層級證明",
    "Certificate",
    credential=True,
    happens="issue_date",
    level=level_award.attributes["level"],
    holder=text("持有人", "Holder").optional(),
    issue_date=day("發證日", "Issue date"),
    issuer=text("發證單位", "Issuer").optional(),
    copies=whole("份數", "Copies").optional(),
)

LABEL = Label("身分與證照", "Identity and credentials")

KINDS = (
    practitioner,
    membership,
    licence,
    specialist_certificate,
    level_award,
    qa_qualification,
    teacher_certification,
    domain_certificate,
    certificate,
)
