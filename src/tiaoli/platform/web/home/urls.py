"""Addresses of the front page."""

from django.urls import path

from tiaoli.platform.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("seat", views.take_seat, name="take_seat"),
]
