"""Addresses of a person's own standing."""

from django.urls import path

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.guard import a_person
from tiaoli.platform.web.menu import MENU, Entry
from tiaoli.platform.web.standing import views

urlpatterns = [
    path("standing/", views.overview, name="standing"),
    path("standing/follow", views.choose_to_follow, name="standing_follow"),
    path("standing/<str:regulation>/", views.regulation_page, name="standing_regulation"),
    path(
        "standing/<str:regulation>/<str:question>/", views.question_page, name="standing_question"
    ),
    path("standing/<str:regulation>/<str:question>/plan", views.plan_page, name="standing_plan"),
    path(
        "standing/<str:regulation>/<str:question>/what-if", views.what_if, name="standing_what_if"
    ),
]

MENU.append(Entry("standing", Label("我的資格", "My standing"), "checklist", a_person))
