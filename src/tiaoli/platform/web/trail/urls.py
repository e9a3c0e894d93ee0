"""Addresses of the trail."""

from django.urls import path

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.menu import MENU, Entry
from tiaoli.platform.web.trail import views

urlpatterns = [
    path("trail/", views.trail, name="trail"),
    path("trail/verify", views.verify, name="trail_verify"),
    path("trail/<int:number>/", views.event, name="trail_event"),
]

MENU.append(Entry("trail", Label("軌跡", "Trail"), "history", views.auditor))
