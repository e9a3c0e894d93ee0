"""
Chapter 3: what a lead hospital must have before it may apply; met, not met or not applicable.

People, services and equipment are in the two files beside this one; partners are here.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.nm_program import prerequisites_people as people
from tiaoli.regulations.nm_program import prerequisites_services as services
from tiaoli.regulations.nm_program.force import NOT_IN_FORCE
from tiaoli.regulations.nm_program.outcomes_of_training import milestones_established
from tiaoli.regulations.nm_program.services import agreement, service
from tiaoli.regulations.nm_program.terms import T0, residents_now, the_programme
from tiaoli.rules import (
    SATISFIED,
    Amount,
    AmountNode,
    Band,
    Figure,
    Flag,
    Fold,
    Question,
    Records,
    all_of,
    any_record,
    called,
    clause,
    count,
    known_if,
    named,
    no,
    of_each,
    reading,
    related,
    share,
    sum_of,
    told_if_met,
    waived_by,
)

rotation = people.rotation

# The plan

_written = named("有訓練計畫書", "there is a written plan", the_programme.plan_document.is_(True))
_adopted = named(
    "計畫書在訓練開始日前訂定",
    "the plan was adopted before the training starts",
    the_programme.plan_adopted_date <= T0,
)
plan = clause(
    "NM-3.1.7",
    reading(
        "PLAN_STATUS_317",
        adopted=all_of(_written, _adopted),
        draft_ok=_written,
    ),
)

# Partners

_agreements = people.on_t0(agreement, agreement.signed_date, agreement.valid_to)
_elsewhere = ~rotation.institution.same_as(the_programme.lead_institution)
_at_partners = people.on_t0(service, service.operating_from, service.operating_to).where(
    service.provided_by.is_("partner")
)
no_partner = told_if_met(
    named(
        "沒有合作醫院，不適用",
        "no partner: not applicable",
        all_of(no(_agreements), no(_at_partners), no(people.planned.where(_elsewhere))),
    )
)

partners_recognised = clause(
    "NM-3.2",
    waived_by(
        people.all_are(
            _agreements,
            agreement.meets_recognition_criteria.is_(True),
            "合作醫院均符合認定基準",
            "every partner meets the recognition rules",
        ),
        no_partner,
    ),
)
joint_training = clause(
    "NM-3.3.a",
    waived_by(
        people.all_are(
            _agreements,
            agreement.meets_joint_training_rules.is_(True),
            "聯合訓練均符合規定",
            "joint training follows its rules",
        ),
        told_if_met(
            named(
                "沒有合訓，不適用",
                "nothing is joint: not applicable",
                services.services_jointly_trained.at_most(0),
            )
        ),
    ),
)
_without_agreement = _at_partners.where(
    ~related(_agreements, (service.provider, agreement.partner))
)
_agreed = all_of(
    people.all_are(
        _agreements,
        agreement.training_policy_stated.is_(True),
        "同意書均載明訓練政策",
        "every agreement states the training policy",
    ),
    named(
        "合訓項目與規劃的外訓都有有效的同意書",
        "an agreement in force wherever training is given or planned elsewhere",
        all_of(
            no(_at_partners.where(~related(_agreements, (service.provider, agreement.partner)))),
            no(
                people.planned.where(
                    _elsewhere, ~related(_agreements, (rotation.institution, agreement.partner))
                )
            ),
        ),
    ),
)
agreed = clause("NM-3.3.b", waived_by(_agreed, no_partner))
few_partners = clause(
    "NM-3.3.c",
    reading(
        "PARTNER_IDENTITY",
        institution_code=count(_agreements, distinct="partner").at_most(3),
        legal_entity=count(_agreements, distinct="legal_entity").at_most(3),
    ),
)


def _share_at_lead(of: Records) -> AmountNode:
    at_lead = of.where(rotation.institution.same_as(the_programme.lead_institution))
    part = called(
        "在主訓醫院的月數所占比率",
        "share of the months at the lead hospital",
        share(sum_of(rotation.months, at_lead), sum_of(rotation.months, of)),
    )
    return known_if(any_record(of), part, "輪訓規劃", "planned rotations")


_share = reading(
    "LEAD_TIME_SHARE",
    per_resident=of_each(
        residents_now,
        _share_at_lead(people.planned_for_its_resident),
        fold=Fold.LEAST,
        otherwise=_share_at_lead(people.planned_for_all),
    ),
    plan_level=_share_at_lead(people.planned),
)
half_at_lead = clause("NM-3.3.d", waived_by(_share.at_least(Amount(50, Unit.PERCENT)), no_partner))
_delegated = agreement.whenever().where(agreement.delegated_plan.is_(True))
_outside = rotation.where(rotation.status.is_("actual"), _elsewhere)
as_delegated = clause(
    "NM-3.3.e",
    people.all_are(
        _outside,
        related(_delegated, (rotation.institution, agreement.partner)),
        "實際外訓都在核定的委任計畫內",
        "training elsewhere is within the delegated plan",
    ),
)

# All of it

chapter_3 = clause(
    "NM-3.0",
    all_of(
        people.accredited,
        people.facilities,
        people.staff,
        services.services,
        people.reports,
        people.therapies,
        people.full_time,
        people.nothing_else,
        services.maintained,
        services.calibrated,
        services.protection_committee,
        plan,
        partners_recognised,
        joint_training,
        agreed,
        few_partners,
        half_at_lead,
        as_delegated,
    ),
)
mandatory = clause(
    "NM-PASS-1",
    named(
        "必要條件全部符合",
        "all prerequisites are met",
        all_of(
            chapter_3,
            reading("MANDATORY_SET", chapter_3=SATISFIED, plus_9_1_g=milestones_established),
        ),
    ),
)
"""What a programme must meet in full, or it may not apply."""

_unplanned = _outside.where(
    ~related(
        people.planned,
        (rotation.institution, rotation.institution),
        (rotation.area, rotation.area),
    )
)

prerequisites = Question(
    id="prerequisites",
    label=Label("必要條件", "prerequisites"),
    asks=Label("訓練計畫是否符合申請資格", "whether the programme is eligible to apply"),
    bands=(Band("eligible", mandatory),),
    otherwise="not_eligible",
    goal="eligible",
    figures=(
        Figure(
            "self_trained",
            Label("自行訓練項數", "services trained in itself"),
            services.services_self_trained,
        ),
        Figure(
            "jointly_trained",
            Label("合訓項數", "services trained jointly"),
            services.services_jointly_trained,
        ),
    ),
    flags=(
        NOT_IN_FORCE,
        Flag(
            "maintenance_overdue",
            Label(
                "有設備逾期未保養，請訪視委員認定",
                "maintenance of some device is overdue: for the surveyors to judge",
            ),
            ~services.maintained,
        ),
        Flag(
            "unplanned_rotation",
            Label("有未列入規劃的外訓", "training elsewhere that was not planned"),
            any_record(_unplanned),
        ),
    ),
)

QUESTIONS = (prerequisites,)
