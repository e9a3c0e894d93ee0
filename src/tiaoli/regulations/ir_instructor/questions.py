"""What may be asked: first certification, the certificate and its renewal, duties, the rest."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.ir_instructor import administration, duties, lifetime, renewal
from tiaoli.regulations.ir_instructor.domains import DOMAINS, THRESHOLDS, case_figure
from tiaoli.regulations.ir_instructor.entry import may_be_certified
from tiaoli.regulations.ir_instructor.filing import application_date
from tiaoli.rules import Figure, Question, computes, qualifies

NAMES = {
    "1": Label("影像導引定位、切片、引流、疼痛控制", "image-guided biopsy, drainage, pain control"),
    "2": Label("腫瘤血管栓塞", "tumour embolization"),
    "3": Label("非腫瘤血管栓塞", "non-tumour embolization"),
    "4": Label("血管介入", "vascular intervention"),
    "5": Label("膽道、泌尿道、胃腸道支架", "biliary, urinary and gastrointestinal stents"),
    "6": Label("腫瘤局部消融", "tumour ablation"),
}


def _first_certification(domain: str) -> Question:
    name = NAMES[domain]
    return qualifies(
        f"domain-{domain}",
        Label(f"領域{domain}初次認證", f"Domain {domain}, first certification"),
        Label(
            f"是否符合領域{domain}（{name.zh}）指導老師的資格",
            f"whether the requirements of domain {domain} ({name.en}) are met",
        ),
        may_be_certified(domain),
        as_of=application_date(domain),
    )


def _cases(domain: str) -> Question:
    return computes(
        f"cases-{domain}",
        Label(f"領域{domain}個案數", f"Cases of domain {domain}"),
        Label(
            f"近六年領域{domain}計多少例（門檻 {THRESHOLDS[domain]} 例）",
            f"how many cases count for domain {domain} in six years (of {THRESHOLDS[domain]})",
        ),
        Figure("cases", Label("個案數", "Cases"), case_figure(domain)),
        as_of=application_date(domain),
    )


QUESTIONS = (
    *map(_first_certification, DOMAINS),
    *map(_cases, DOMAINS),
    *map(renewal.renewal, DOMAINS),
    *map(renewal.window, DOMAINS),
    *map(renewal.points, DOMAINS),
    *map(renewal.expiry, DOMAINS),
    *map(renewal.new_term, DOMAINS),
    *lifetime.QUESTIONS,
    *duties.QUESTIONS,
    *administration.QUESTIONS,
)
