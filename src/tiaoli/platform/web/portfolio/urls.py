"""Addresses of the portfolio, and its entries in the menu."""

from django.urls import path

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.guard import a_person
from tiaoli.platform.web.menu import MENU, Entry
from tiaoli.platform.web.portfolio import attestations, imports, quick, records, verifying
from tiaoli.platform.web.portfolio.guards import an_office

MENU += [
    Entry("portfolio", Label("我的履歷", "My portfolio"), "files", a_person),
    Entry("portfolio_quick_choose", Label("快速登錄", "Quick entry"), "plus", a_person),
    Entry("portfolio_staff", Label("人員紀錄查證", "Verify records"), "user-check", an_office),
]

urlpatterns = [
    path("portfolio/", records.portfolio, name="portfolio"),
    path("portfolio/add/", records.choose_kind, name="portfolio_choose_kind"),
    path("portfolio/add/<slug:kind>/", records.add, name="portfolio_add"),
    path("portfolio/incomplete/", records.incomplete, name="portfolio_incomplete"),
    path("portfolio/records/<int:record>/", records.record, name="portfolio_record"),
    path("portfolio/records/<int:record>/change/", records.change, name="portfolio_change"),
    path("portfolio/records/<int:record>/take-out/", records.take_out, name="portfolio_take_out"),
    path("portfolio/records/<int:record>/files/", records.attach, name="portfolio_attach"),
    path(
        "portfolio/records/<int:record>/files/<int:file>/detach/",
        records.detach,
        name="portfolio_detach",
    ),
    path("portfolio/files/<int:file>/", records.open_file, name="portfolio_file"),
    path("portfolio/import/", imports.imports, name="portfolio_imports"),
    path("portfolio/import/template/", imports.template, name="portfolio_template"),
    path("portfolio/import/<int:batch>/", imports.preview, name="portfolio_import"),
    path("portfolio/import/<int:batch>/columns/", imports.columns, name="portfolio_columns"),
    path("portfolio/import/<int:batch>/words/", imports.words, name="portfolio_words"),
    path("portfolio/import/<int:batch>/rows/", imports.rows, name="portfolio_import_rows"),
    path(
        "portfolio/import/<int:batch>/rows/<int:number>/", imports.row, name="portfolio_import_row"
    ),
    path("portfolio/import/<int:batch>/confirm/", imports.confirm, name="portfolio_confirm"),
    path("portfolio/import/<int:batch>/discard/", imports.discard, name="portfolio_discard"),
    path("portfolio/import/<int:batch>/faults/", imports.faults, name="portfolio_faults"),
    path("portfolio/attestations/", attestations.attestations, name="portfolio_attestations"),
    path("portfolio/attestations/ask/", attestations.ask, name="portfolio_ask"),
    path(
        "portfolio/attestations/<int:attestation>/again/",
        attestations.send_again,
        name="portfolio_send_again",
    ),
    path(
        "portfolio/attestations/<int:attestation>/withdraw/",
        attestations.withdraw,
        name="portfolio_withdraw_attestation",
    ),
    path("attest/<str:token>/", attestations.attest, name="portfolio_attest"),
    path("quick/", quick.choose, name="portfolio_quick_choose"),
    path("quick/<slug:kind>/", quick.quick, name="portfolio_quick"),
    path("staff-records/", verifying.staff, name="portfolio_staff"),
    path("staff-records/<int:person>/", verifying.person_records, name="portfolio_person"),
    path("staff-records/verify/<int:record>/", verifying.verify, name="portfolio_verify"),
    path(
        "staff-records/verify/<int:record>/withdraw/", verifying.unverify, name="portfolio_unverify"
    ),
]
