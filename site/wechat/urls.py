"""The callback, with and without the slash: WeChat does not follow redirects."""

from django.urls import path

from . import views

urlpatterns = [
    path("callback/", views.callback, name="wechat_callback"),
    path("callback", views.callback),
]
