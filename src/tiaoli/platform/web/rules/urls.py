"""Addresses of the rule room."""

from django.urls import path

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.guard import anyone
from tiaoli.platform.web.menu import MENU, Entry
from tiaoli.platform.web.rules import comparisons, deciding, views

urlpatterns = [
    path("rules/", views.every_regulation, name="rules"),
    path("rules/<str:regulation>/", views.regulation_page, name="rule_regulation"),
    path("rules/<str:regulation>/clauses", views.clauses_page, name="rule_clauses"),
    path("rules/<str:regulation>/keys", views.keys_page, name="rule_keys"),
    path("rules/<str:regulation>/keys/<str:key>/choose", deciding.choose, name="rule_choose"),
    path("rules/<str:regulation>/questions", views.questions_page, name="rule_questions"),
    path("rules/<str:regulation>/procedures", views.procedures_page, name="rule_procedures"),
    path("rules/<str:regulation>/cases", views.cases_page, name="rule_cases"),
    path("rules/<str:regulation>/cases/<path:case>/", views.case_page, name="rule_case"),
    path("rules/<str:regulation>/compare", comparisons.compare_page, name="rule_compare"),
    path(
        "rules/<str:regulation>/compare/<int:pk>/",
        comparisons.comparison_page,
        name="rule_comparison",
    ),
]

MENU.append(Entry("rules", Label("條文室", "Rule room"), "book", anyone))
