"""Addresses of applications."""

from django.urls import path

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.applications import documents, opening, taking, views
from tiaoli.platform.web.guard import a_person
from tiaoli.platform.web.menu import MENU, Entry

MENU.append(Entry("applications", Label("我的申請", "My applications"), "send", a_person))

_ONE = "applications/<str:number>"

urlpatterns = [
    path("applications/", views.mine, name="applications"),
    path("applications/new/", opening.choose, name="application_choose"),
    path(
        "applications/new/<str:regulation>/<str:procedure>/",
        opening.begin,
        name="application_begin",
    ),
    path(f"{_ONE}/", views.one, name="application"),
    path(f"{_ONE}/save", views.save_draft, name="application_save"),
    path(f"{_ONE}/difference/", views.differences, name="application_difference"),
    path(f"{_ONE}/letter/", views.letter, name="application_letter"),
    path(f"{_ONE}/points/<int:pk>", views.answer, name="application_point"),
    path(f"{_ONE}/documents", documents.add, name="application_documents"),
    path(f"{_ONE}/documents/<int:pk>/remove", documents.remove, name="application_remove"),
    path(f"{_ONE}/documents/<int:pk>/refuse", documents.refuse, name="application_refuse"),
    path(f"{_ONE}/files/<int:pk>", documents.show, name="application_file"),
    path(f"{_ONE}/steps/<str:step>/", taking.step, name="application_step"),
]
