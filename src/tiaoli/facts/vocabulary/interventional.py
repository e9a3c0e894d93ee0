"""Image-guided intervention: the case log, and an instructor's duties towards trainees."""

from tiaoli.facts.kinds import (
    Label,
    choice,
    choices,
    day,
    kind,
    reference,
    text,
    texts,
    whole,
    yes_no,
)

_DOMAINS = {str(k): (f"領域{k}", f"domain {k}") for k in range(1, 7)}

case_log = kind(
    "case_log",
    "個案",
    "Case log entry",
    happens="procedure_date",
    session_id=text("檢查單號", "Session").optional(),
    patient=text("病人代號", "Patient pseudonym").optional(),
    procedure_date=day("治療日期", "Procedure date"),
    institution=text("機構", "Institution").optional(),
    procedure=choice(
        "術式",
        "Procedure",
        localization=("影像導引定位", "image-guided localization"),
        biopsy=("切片", "biopsy"),
        drainage=("引流", "drainage"),
        pain_control=("疼痛控制（含神經阻斷）", "pain control, nerve block"),
        pcn=("經皮腎造廔", "percutaneous nephrostomy"),
        ptcd=("經皮穿肝膽道引流", "percutaneous transhepatic cholangial drainage"),
        ctace_lipiodol=("傳統碘油栓塞", "conventional lipiodol embolization"),
        alcohol_embolization=("動脈內酒精栓塞", "intra-arterial alcohol embolization"),
        bland_microsphere=("微球栓塞", "bland microsphere embolization"),
        drug_eluting_microsphere=("載藥微球栓塞", "drug-eluting microsphere embolization"),
        tare=("動脈放射性栓塞", "radioembolization"),
        embolization=("其他血管栓塞", "other embolization"),
        pae=("攝護腺動脈栓塞", "prostatic artery embolization"),
        uae=("子宮動脈栓塞", "uterine artery embolization"),
        pain_embolization=("疼痛血管栓塞", "embolization for pain"),
        brto=("BRTO", "BRTO"),
        parto=("PARTO", "PARTO"),
        angioplasty=("血管氣球擴張", "balloon angioplasty"),
        thrombolysis=("溶栓", "thrombolysis"),
        vascular_stent=("血管金屬支架", "vascular stent"),
        dialysis_catheter_permanent=("永久性洗腎導管", "permanent dialysis catheter"),
        dialysis_catheter_temporary=("暫時性洗腎導管", "temporary dialysis catheter"),
        recanalization=("洗腎血管疏通", "dialysis access recanalization"),
        tips=("TIPS", "TIPS"),
        ivc_filter=("下腔靜脈濾器", "IVC filter"),
        biliary_stent=("膽道支架", "biliary stent"),
        urinary_stent=("泌尿道支架", "urinary stent"),
        gi_stent=("胃腸道支架", "gastrointestinal stent"),
        other_stent=("其他非血管支架", "other non-vascular stent"),
        pei=("酒精注射消融", "percutaneous ethanol injection"),
        pai=("醋酸注射消融", "percutaneous acetic acid injection"),
        rfa=("射頻消融", "radiofrequency ablation"),
        cryoablation=("冷凍消融", "cryoablation"),
        microwave=("微波消融", "microwave ablation"),
        laser=("雷射消融", "laser ablation"),
        ire=("不可逆電穿孔", "irreversible electroporation"),
        diagnostic_angiography=("診斷性血管攝影", "diagnostic angiography"),
        other=("其他術式", "other procedure"),
    ),
    procedure_name=text("術式名稱", "Procedure as recorded").optional(),
    vessel=choice(
        "血管",
        "Vessel",
        aorta=("主動脈", "aorta"),
        limb_artery=("四肢動脈", "limb artery"),
        visceral_artery=("內臟動脈", "visceral artery"),
        carotid=("頸動脈", "carotid artery"),
        other_artery=("其他動脈", "other artery"),
        vein=("靜脈", "vein"),
        dialysis_access=("洗腎通路", "dialysis access"),
    ),
    organ=text("器官", "Organ").optional(),
    indication=choice(
        "適應症",
        "Indication",
        tumour=("腫瘤", "tumour"),
        bleeding=("出血", "bleeding"),
        pain=("疼痛", "pain"),
        prostate=("攝護腺肥大", "enlarged prostate"),
        fibroid=("子宮肌瘤", "uterine fibroid"),
        varices=("胃食道靜脈瘤", "gastro-oesophageal varices"),
        other=("其他", "other"),
    ),
    operator_role=choice(
        "術者角色",
        "Operator role",
        primary=("主治術者", "primary operator"),
        supervising=("指導", "supervising operator"),
        assistant=("助手", "assistant"),
        observer=("觀察", "observer"),
    ),
    lesions=whole("病灶數", "Lesions").optional(),
    signed_by=text("簽核者", "Signed off by").optional(),
    panel_domain=choice("小組認定領域", "Domain ruled by the panel", **_DOMAINS),
    effort=1,
)

panel_meeting = kind(
    "panel_meeting",
    "審查會議",
    "Panel meeting",
    happens="date",
    date=day("日期", "Date"),
    members=text("委員", "Members").optional(),
    domain=choice("領域", "Domain", **_DOMAINS),
    decision=choice("決定", "Decision", passed=("通過", "passed"), failed=("未通過", "not passed")),
)

announcement = kind(
    "announcement",
    "公告",
    "Announcement",
    happens="date",
    date=day("日期", "Date"),
    domains=choices("公告通過領域", "Domains announced", **_DOMAINS),
    cut_off=day("收件截止日", "Cut-off").optional(),
    passed_cases=texts("通過案件", "Passed cases").optional(),
    failed_cases=texts("未通過案件", "Failed cases").optional(),
    reasons_given=yes_no("未通過者附原因", "Reasons given for failed cases"),
)

observation_request = kind(
    "observation_request",
    "觀察病例申請",
    "Observation request",
    happens="request_date",
    trainee=text("學員", "Trainee"),
    domain=choice("領域", "Domain", **_DOMAINS),
    request_date=day("申請日", "Requested on"),
    response=choice(
        "回覆", "Response", accepted=("接受", "accepted"), declined=("婉拒", "declined")
    ),
    response_date=day("回覆日", "Answered on").optional(),
)

observation = kind(
    "observation",
    "觀察與指導",
    "Observation",
    happens="observation_date",
    request=reference("申請", "Request", to="observation_request").optional(),
    trainee=text("學員", "Trainee"),
    observation_date=day("觀察日", "Observed on"),
    case=text("個案", "Case").optional(),
    guided=choice("已指導", "Guided", yes=("是", "yes"), no=("否", "no")),
)

case_report_signature = kind(
    "case_report_signature",
    "個案報告簽章",
    "Case report signature",
    happens="signature_date",
    trainee=text("學員", "Trainee").optional(),
    domain=choice("領域", "Domain", **_DOMAINS),
    guidance_date=day("指導日", "Guided on"),
    signature_date=day("簽章日", "Signed on"),
)

LABEL = Label("介入治療", "Image-guided intervention")

KINDS = (
    case_log,
    panel_meeting,
    announcement,
    observation_request,
    observation,
    case_report_signature,
)
