"""Addresses of certificates."""

from django.urls import path, re_path

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.certificates import public, register, views
from tiaoli.platform.web.guard import a_person, anyone, seated
from tiaoli.platform.web.menu import MENU, Entry

_TOKEN = r"(?P<token>[\w-]{16,40})"
_ACT = "|".join(act.id for act in register.ACTS)

urlpatterns = [
    path("certificates/", public.verify, name="verify"),
    re_path(rf"^certificates/{_TOKEN}$", public.certificate, name="certificate"),
    re_path(rf"^certificates/{_TOKEN}\.json$", public.certificate_json, name="certificate_json"),
    re_path(rf"^certificates/{_TOKEN}/copy$", views.copy_certificate, name="copy_certificate"),
    path("registers/<int:pk>/", public.public_register, name="public_register"),
    path("my/certificates/", views.my_certificates, name="my_certificates"),
    path("register/", register.register, name="register"),
    path("register/settings", register.settings_of_issuer, name="register_settings"),
    re_path(
        r"^register/export\.(?P<form>csv|xlsx)$", register.export_register, name="export_register"
    ),
    path("register/<int:pk>/", register.managed, name="managed_certificate"),
    re_path(rf"^register/(?P<pk>\d+)/(?P<act>{_ACT})$", register.change, name="change_certificate"),
]

MENU += [
    Entry("my_certificates", Label("我的證明", "My certificates"), "certificate", a_person),
    Entry("register", Label("發證名冊", "Register"), "certificate", seated(*register.SEES)),
    Entry("verify", Label("查驗證明", "Verify"), "shield-check", anyone),
]
