"""Who people are, how they prove it, and what is kept of them. Part of ``base``."""

from .environment import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.LoginBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [{"NAME": "accounts.passwords.LengthValidator", "OPTIONS": {"least": 10, "least_of_staff": 12}}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # passwords change where the second proof is asked for
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "phone"}
ACCOUNT_SIGNUP_FIELDS = [
    "phone",
    "username",
    "password1*",
    "password2*",
]  # one of the first two: accounts.forms.entrance
ACCOUNT_FORMS = {
    "login": "accounts.forms.entrance.LoginForm",
    "signup": "accounts.forms.entrance.SignupForm",
    "reset_password": "accounts.forms.entrance.ResetPasswordForm",
}
SILENCED_SYSTEM_CHECKS = ["account.W001"]  # it wants the phone number required; the form requires one of the two
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PHONE_VERIFICATION_ENABLED = True
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 600  # seconds a code holds
ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 3
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE = False  # allauth offers it to unknown numbers only, which would show
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # to change the phone number
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {  # by address generous: a classroom shares one
    "login": "600/m/ip",
    "login_failed": "5/300s/key,60/m/ip",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key",
    "reset_password": "60/m/ip,3/m/key",
    "reset_password_from_key": "60/m/ip",
    "verify_phone": "3/m/key,60/m/ip",  # beside the carrier's own: core.sms
    "change_phone": "5/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "学会应急"
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_ADAPTER = "accounts.factors.FactorAdapter"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
USERSESSIONS_TRACK_ACTIVITY = True  # by accounts.middleware.session_limits, once a minute
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)  # off in the embedded profile's demo
STAFF_PAGES = ("/admin/",)  # where it is asked for
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=30)
PASSWORD_HASHERS = [
    "accounts.hashers.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
SMS_GATEWAY = env.str("SMS_GATEWAY", default="core.sms.HttpGateway")
SMS_URL = env.str("SMS_URL", default="")
SMS_SECRET = env.str("SMS_SECRET", default="")
REAL_NAME_CHECKER = env.str("REAL_NAME_CHECKER", default="accounts.ports.Unconnected")
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 10  # seconds a mail server may keep a worker waiting, at each step
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@localhost")

# Keys of personal data: "id:base64,id:base64", the first encrypts, all decrypt.
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS", default=[])
BLIND_INDEX_KEY = env.str("BLIND_INDEX_KEY", default="")
BACKUP_KEY = env.str("BACKUP_KEY", default="")  # seals what the command ``backup`` writes
# Each names a function of a person: what a room holds about them, what law makes it keep, and how it forgets the rest.
PERSONAL_DATA = [
    "accounts.queries.own_data.rows",
    "notifications.personal.rows",
    "training.personal.rows",
    "exams.personal.rows",
    "chatbot.personal.rows",
]
LEGAL_HOLDS = ["training.personal.holds", "exams.personal.holds"]
FORGETTING = [
    "chatbot.personal.forget",
    "notifications.personal.forget",
    "exams.actions.applications.forgetting.forget",
    "accounts.actions.forgetting.forget",  # last: afterwards nobody knows whose the rest was
]
SEALED_ELSEWHERE = [  # functions that seal anew what lies under a field key but in no sealed column
    "accounts.actions.factors.reseal",
    "accounts.actions.rosters.deciding.reseal",
    "exams.actions.registers.deciding.reseal",
]
MERGE_OBSTACLES = ["exams.personal.obstacles_to_merging"]
# Notices: modules with a room's kinds, what writes them, and what carries them into WeChat.
NOTICE_KINDS = ["accounts.notices", "exams.notices", "chatbot.notices"]
NOTIFIER = "notifications.actions.notices.notify"
WECHAT_NOTICES = "notifications.ports.NotConnected"
