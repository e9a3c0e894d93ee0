"""Addresses about people."""

from django.urls import path

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.guard import logged_in
from tiaoli.platform.web.menu import MENU, Entry
from tiaoli.platform.web.people import deputies, files, guards, invitations, mails, organisation

urlpatterns = [
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/grade", organisation.set_grade, name="set_grade"),
    path("organisation/members/<int:pk>/", organisation.member, name="member"),
    path("invitations/", invitations.invitations, name="invitations"),
    path(
        "invitations/<int:pk>/withdraw", invitations.withdraw,
        name="invitation_withdraw",
    ),
    path("invitations/<int:pk>/resend", invitations.resend, name="invitation_resend"),
    path("organisation/people/new", files.enter, name="enter_person"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("deputies/", deputies.deputies, name="deputies"),
    path("deputies/<int:pk>/end", deputies.end, name="deputy_end"),
    path("unsent-mails/", mails.unsent, name="unsent_mails"),
    path("unsent-mails/<int:pk>/again", mails.send_again, name="unsent_mail_again"),
    path("me/", files.my_file, name="my_file"),
    path("people/<int:person>/", files.person, name="person"),
    path("people/<int:person>/correct", files.correct, name="person_correct"),
    path("people/<int:person>/number", files.number, name="person_number"),
    path("people/<int:person>/forget", files.forget_person, name="person_forget"),
    path("second-factor/", files.second_factor, name="second_factor"),
]  # fmt: skip

MENU += [
    Entry("my_file", Label("個人檔案", "My file"), "user", logged_in),
    Entry("organisation", Label("機構", "Organisation"), "building-hospital",
          organisation.administrator),
    Entry("invitations", Label("邀請", "Invitations"), "user-plus", guards.enters_people),
    Entry("unsent_mails", Label("未寄出的信", "Mails not sent"), "mail", mails.desk),
    Entry("deputies", Label("代理", "Deputies"), "users", logged_in),
]  # fmt: skip
