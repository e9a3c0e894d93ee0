"""Addresses of fees."""

from django.urls import path

from tiaoli.facts.kinds import Label
from tiaoli.platform.people.models import Post
from tiaoli.platform.web.fees import statements, views
from tiaoli.platform.web.guard import a_person, seated
from tiaoli.platform.web.menu import MENU, Entry

urlpatterns = [
    path("fees/", views.my_notices, name="my_notices"),
    path("fees/notices/", views.notices, name="notices"),
    path("fees/notices/<str:number>/", views.notice, name="notice"),
    path("fees/notices/<str:number>/refund", views.refund_notice, name="refund_notice"),
    path("fees/receipts/<str:number>/", views.receipt, name="receipt"),
    path("fees/statements/", statements.statements, name="statements"),
    path("fees/statements/new/<int:pk>/", statements.draft, name="statement_draft"),
    path("fees/statements/new/<int:pk>/post", statements.post_draft, name="post_statement"),
    path(
        "fees/statements/new/<int:pk>/discard", statements.discard_draft, name="discard_statement"
    ),
    path("fees/statements/<int:pk>/", statements.statement, name="statement"),
    path("fees/payments/", statements.open_payments, name="open_payments"),
    path("fees/payments/<int:pk>/", statements.settle_payment, name="settle_payment"),
]

MENU += [
    Entry("my_notices", Label("繳費", "Payments"), "wallet", a_person),
    Entry("notices", Label("規費", "Fees"), "receipt", seated(Post.TREASURER)),
]
