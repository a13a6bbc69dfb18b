"""Addresses of people's own affairs. Of allauth's pages only those in use have one; all others answer 404."""

from allauth.account import views as allauth_views
from django.urls import path, register_converter

from .converters import PurposeConverter
from .views import account, entrance, own_data, photos, privacy, real_names

register_converter(PurposeConverter, "purpose")

urlpatterns = [
    # allauth, under its own names
    path("login/", entrance.LoginView.as_view(), name="account_login"),
    path("login/code/", entrance.RequestLoginCodeView.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", entrance.ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("signup/", entrance.SignupView.as_view(), name="account_signup"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("phone/verify/", entrance.verify_phone, name="account_verify_phone"),
    path("phone/change/", entrance.ChangePhoneView.as_view(), name="account_change_phone"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("password/reset/", entrance.ResetPasswordView.as_view(), name="account_reset_password"),
    path(
        "password/reset/confirm/",
        allauth_views.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path("password/reset/complete/", allauth_views.complete_password_reset, name="account_complete_password_reset"),
    path("password/reset/done/", allauth_views.password_reset_from_key_done, name="account_password_reset_completed"),
    # ours
    path("me/", account.account, name="my_account"),
    path("real-name/", real_names.real_name, name="real_name"),
    path("real-name/correct/", real_names.correct_name, name="correct_name"),
    path("photo/", photos.photo, name="photo"),
    path("photo/<int:person_id>/", photos.picture, name="picture"),
    path("privacy/", privacy.my_privacy, name="my_privacy"),
    path("privacy/<purpose:purpose>/withdraw/", privacy.withdraw, name="withdraw_consent"),
    path("privacy/<purpose:purpose>/give/", privacy.give, name="give_consent"),
    path("notices/", privacy.notices, name="privacy_notices"),
    path("notices/<purpose:purpose>/", privacy.notice, name="privacy_notice"),
    path("notices/<purpose:purpose>/<int:version>/", privacy.notice, name="privacy_notice_version"),
    *own_data.urlpatterns,
]
