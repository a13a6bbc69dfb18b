"""Addresses of those who manage an organisation, and of those who join one."""

from django.urls import path

from .views import invitations, organisations, rosters

app_name = "organisations"
urlpatterns = [
    path("", organisations.index, name="index"),
    path("join/<str:code>/", invitations.join, name="join"),
    path("<int:pk>/", organisations.show, name="show"),
    path("<int:pk>/search/", organisations.search, name="search"),
    path("<int:pk>/names/", organisations.names, name="names"),
    path("<int:pk>/leave/", organisations.leave, name="leave"),
    path("<int:pk>/members/<int:membership_id>/remove/", organisations.remove, name="remove"),
    path("<int:pk>/invite/", invitations.invite, name="invite"),
    path("<int:pk>/invitations/<int:invitation_id>/revoke/", invitations.revoke, name="revoke"),
    path("<int:pk>/rosters/", rosters.upload, name="rosters"),
    path("rosters/<uuid:roster_id>/", rosters.show, name="roster"),
    path("rosters/<uuid:roster_id>/decide/", rosters.decide, name="decide"),
    path("rosters/<uuid:roster_id>/cancel/", rosters.cancel, name="cancel"),
    path("rosters/<uuid:roster_id>/errors.xlsx", rosters.errors, name="errors"),
]
