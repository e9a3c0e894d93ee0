"""Addresses for hospitals and societies."""

from django.urls import path

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.menu import MENU, Entry
from tiaoli.platform.web.staff import views
from tiaoli.platform.web.staff.roster import staff_seat

urlpatterns = [
    path("staff/roster/", views.staff, name="staff"),
    path("staff/units/", views.units, name="staff_units"),
    path("staff/outlook/", views.outlook, name="staff_outlook"),
    path("staff/outlook/make", views.make_outlook, name="staff_outlook_make"),
    path("staff/queues/", views.queues, name="staff_queues"),
    path("staff/numbers.<str:form>", views.export_numbers, name="staff_numbers"),
    path("staff/<str:table>.<str:form>", views.export, name="staff_export"),
]

MENU += [
    Entry("staff", Label("人員", "People"), "users", staff_seat),
    Entry("staff_outlook", Label("展望", "Outlook"), "calendar-event", staff_seat),
    Entry("staff_queues", Label("流程", "Flow"), "chart-bar", staff_seat),
]
