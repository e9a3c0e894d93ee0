"""
Interventional radiologists: cases by domain, certificates and their renewal, points.

Invented, shares and all. The text counts cases by the hundred. Most subjects have a few of each
sort; some have a series of one sort, of just as many as are asked for, one more or one fewer.
"""

from __future__ import annotations

from tiaoli.population.invented.days import after, days, spells
from tiaoli.population.invented.draws import (
    adding_up,
    keys,
    mostly,
    one_of,
    options,
    several,
    sometimes,
)
from tiaoli.population.invented.recipe import Recipe, Sort, some, the_subject
from tiaoli.population.invented.rows import Draw

_DOMAIN = one_of("1", "2", "3", "3", "3", "4", "5", "6")
_USED = sometimes(0.1, one_of("1", "2", "3", "4", "5", "6"))


def _series(name: str, most: int, **draws: Draw) -> Sort:
    """Cases of one sort, by few subjects."""
    return some(
        name, "case_log", (0, most // 2, most, most), session_id=keys(name, 4 * most),
        procedure_date=days(8), indication=options(tumour=5, bleeding=3),
        operator_role=options(primary=9, supervising=1), share=0.1, besides=draws,
    )  # fmt: skip


INSTRUCTORS = Recipe(
    the_subject("practitioner", date_of_birth=days(66)),
    (
        _series("biopsy", 300, procedure=options(biopsy=5, drainage=2), vessel=options()),
        _series("lipiodol", 299, procedure=options(embolization=3, uae=1), vessel=options()),
        _series("catheter", 100, procedure=options(ctace_lipiodol=1), vessel=options()),
        _series("access", 100, procedure=options(angioplasty=1), vessel=options(dialysis_access=1)),
        _series("ablation", 100, procedure=options(rfa=3, microwave=2), vessel=options()),
        some(
            "specialist", "specialist_certificate", (1, 1, 1, 1), exact=True,
            specialty=options(radiology=4, diagnostic_radiology=8, nuclear_medicine=1),
            issue_date=days(12), status=options(valid=9, revoked=1),
        ),
        some("practice", "ir_practice", (1, 1, 2, 3), spells("start_date", "end_date", back=13)),
        some(
            "case", "case_log", (3, 12, 30, 60), session_id=keys("S", 40),
            procedure_date=days(10), procedure=options(
                biopsy=4, drainage=3, localization=1, ctace_lipiodol=3, embolization=3, uae=1,
                angioplasty=4, thrombolysis=1, vascular_stent=2, ivc_filter=1, tips=1,
                biliary_stent=1, gi_stent=1, rfa=3, microwave=2, cryoablation=1,
            ),
            vessel=options(visceral_artery=4, limb_artery=2, dialysis_access=4, vein=1),
            indication=options(tumour=5, bleeding=2, other=1),
            operator_role=options(primary=6, supervising=3, assistant=1, observer=1),
            lesions=sometimes(0.3, one_of(1, 2, 3)), panel_domain=sometimes(0.3, _DOMAIN),
        ),
        some(
            "domain", "domain_certificate", (0, 1, 1, 2), domain=_DOMAIN, issue_date=days(10),
            valid_from=sometimes(0.3, after("issue_date", 0, 3, 6)),
            expiry_date=sometimes(0.7, after("issue_date", 72)),
            status=options(valid=8, expired=1, lifetime=1, replaced=1),
            number=sometimes(0.8, keys("D", 3)),
        ),
        some(
            "expiring", "domain_certificate", (0, 0, 1, 1), domain=_DOMAIN,
            issue_date=days(7, least=5), share=0.5,
            expiry_date=sometimes(0.7, after("issue_date", 72, off=(-2, -1, -1, 0))),
            status=options(valid=9),
        ),
        some(
            "points", "credit_entry", (1, 2, 4, 6), points=adding_up(50, 149, 200, 249, 250, 500),
            accrediting_body=options(radiology_society=8, other=1), interventional=mostly(0.8),
            domain=_DOMAIN, used_for=_USED, date=days(7),
        ),
        some(
            "seminar", "meeting_attendance", (0, 1, 2, 3), type=options(interventional=5, other=1),
            meeting=keys("M", 3), country=options(domestic=3, abroad=2), told="certificate",
            domain=_DOMAIN, used_for=_USED, date=days(7),
        ),
        some(
            "talk", "talk", (0, 1, 2, 3), meeting=keys("M", 3), told="interventional_meeting",
            country=options(domestic=3, abroad=2), ir_topic=mostly(0.8), domain=_DOMAIN,
            used_for=_USED, role=options(lecturer=4, chair=3, panelist=1, attendee=1),
            invited=mostly(0.8), documented=mostly(0.8), date=days(7),
        ),
        some(
            "shown", "presentation", (0, 0, 1, 2),
            type=options(oral=3, e_poster=2, poster=2, case_report=1), meeting=keys("M", 3),
            country=options(domestic=3, abroad=2), ir_topic=mostly(0.8), domain=_DOMAIN,
            poster_accepted=mostly(0.5), used_for=_USED, invited=mostly(0.4), date=days(7),
        ),
        some(
            "paper", "publication", (0, 1, 1, 2), indexed=options(sci=3, non_sci=2),
            article_type=options(full_article=4, case_report=3, review=1, interesting_image=1),
            author_role=options(first=3, corresponding=3, second=1, co_author=2),
            publication_date=days(7), interventional=mostly(0.8), domain=_DOMAIN, used_for=_USED,
            acceptance_date=sometimes(0.5, after("publication_date", -6, -1, 0)),
            credited_as=sometimes(0.3, options(full_article=2, case_report=2, nothing=1)),
        ),
        some(
            "signature", "case_report_signature", (0, 1, 1, 2), domain=_DOMAIN,
            guidance_date=days(3), signature_date=after("guidance_date", 0, 1, 6),
        ),
        some(
            "wish", "observation_request", (0, 0, 1, 2), trainee=keys("學員", 3),
            request_date=days(3), response=options(accepted=3, declined=1),
        ),
        some(
            "observed", "observation", (0, 0, 1, 2), trainee=keys("學員", 3),
            observation_date=days(3), guided=options(yes=4, no=1),
        ),
        some(
            "panel", "panel_meeting", (0, 1, 1, 1), date=days(2), domain=_DOMAIN,
            decision=options(passed=3, failed=1),
        ),
        some("news", "announcement", (0, 1, 1, 1), date=days(1, ahead=6), told="domains"),
        some(
            "application", "application", (0, 1, 1, 1),
            type=options(initial=3, renewal=3, lifetime=1, reissue=1), domains=several(share=0.3),
            form_date=sometimes(0.9, days(1)),
            posted_date=sometimes(0.6, after("form_date", 0, 1)),
            received_date=sometimes(0.8, after("form_date", 0, 1)),
            documents=several(share=0.8), certificates=one_of(1, 1, 2, 3),
        ),
    ),
)  # fmt: skip
