"""Addresses of reminders."""

from django.urls import path, re_path

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.guard import logged_in
from tiaoli.platform.web.menu import MENU, Entry
from tiaoli.platform.web.reminders import views

urlpatterns = [
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/read", views.read_all, name="read_reminders"),
    path("reminders/<int:pk>/read", views.read, name="read_reminder"),
    path("reminders/mails/", views.mails, name="mails"),
    path("reminders/mails/<int:pk>/", views.mail, name="mail"),
    path("reminders/mails/<int:pk>/resend", views.resend_mail, name="resend_mail"),
    path("reminders/calendar/", views.calendar, name="calendar"),
    path("reminders/calendar/revoke", views.revoke, name="revoke_calendar"),
    re_path(r"^calendar/(?P<token>[\w-]{40,60})\.ics$", views.feed, name="calendar_feed"),
]

MENU.append(Entry("reminders", Label("提醒", "Reminders"), "bell", logged_in))
