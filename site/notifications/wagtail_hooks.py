"""What notices add to Wagtail's admin."""

from django.urls import include, path
from wagtail import hooks

from .admin import urls
from .admin.viewsets import NoticeGroup


@hooks.register("register_admin_urls")
def notice_urls():
    return [path("notice-texts/", include(urls))]


@hooks.register("register_admin_viewset")
def notice_viewsets():
    return NoticeGroup()
