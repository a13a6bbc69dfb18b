"""What every profile shares. Each value read from the environment is listed in docs/operations.md."""

from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

from .environment import env
from .people import *  # noqa: F403

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
VAR = Path(env.str("VAR_DIR", default=str(ROOT / "var")))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "core",
    "cms",
    "accounts",
    "wechat",
    "clients",
    "notifications",
    "kb",
    "training",
    "exams",
    "chatbot",
    "campaigns",
    "portal",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.logins.apps.LoginsConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accounts.logins.apps.SessionsConfig",  # allauth.usersessions
    "channels",
    "ninja",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.clock",
    "exams.middleware.saving",
    "core.middleware.streaming",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.actor.middleware",
    "accounts.middleware.person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.session_limits",
    "accounts.middleware.second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context.look",
                "notifications.context.unread",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data -----------------------------------------------------------------------------------------------------------
# DATABASE_URL, REDIS_URL and CELERY_BROKER_URL name the services; without them the embedded profile's own are used.
VAR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")}
# Kept only where a request stays in one thread (WSGI): under ASGI kept connections leak (Django ticket 33497).
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_KEEP_SECONDS", default=0)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:  # a statement that comes again on a kept connection is planned once
    kept = DATABASES["default"]["CONN_MAX_AGE"]
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 3 if kept else None}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": f"{REDIS_URL}/1"}}
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [f"{REDIS_URL}/2"]}}
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost//")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10.0
CELERY_TASK_PUBLISH_RETRY = False  # the sweep picks up what a dead broker did not take
CELERY_TIMEZONE = "UTC"
if CELERY_BROKER_URL.startswith("filesystem"):
    for folder in ("queue", "processed"):
        (VAR / "celery" / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR / "celery/queue"),
        "data_folder_out": str(VAR / "celery/queue"),
        "processed_folder": str(VAR / "celery/processed"),
        "control_folder": str(VAR / "celery"),
        "polling_interval": 0.5,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celery-beat")
CELERY_BEAT_SCHEDULE = {
    "close-overdue-attempts": {"task": "exams.tasks.close_overdue", "schedule": 10.0},
    "write-missing-certificates": {"task": "exams.tasks.write_missing_certificates", "schedule": 30.0},
    "carry-on-question-imports": {"task": "exams.tasks.carry_on_question_imports", "schedule": 10.0},
    "find-wanted-duplicates": {"task": "exams.tasks.find_wanted_duplicates", "schedule": 60.0},
    "carry-on-certificate-jobs": {"task": "exams.tasks.carry_on_certificate_jobs", "schedule": 10.0},
    "remind-of-expiry": {
        "task": "exams.tasks.remind_of_expiry",
        "schedule": crontab(hour=0, minute=30),
    },  # 08:30 in Asia/Shanghai
    "carry-on-results": {"task": "exams.tasks.carry_on_results", "schedule": 60.0},
    "refresh-statistics": {
        "task": "exams.tasks.refresh_statistics",
        "schedule": crontab(hour=19, minute=50),
    },  # 03:50 in Asia/Shanghai
    "build-stale-index": {"task": "kb.tasks.build_stale_index", "schedule": 5.0},
    "waiting-evaluations": {"task": "kb.tasks.run_waiting_evaluations", "schedule": 60.0},
    "carry-on-knowledge-imports": {"task": "kb.tasks.carry_on_knowledge_imports", "schedule": 10.0},
    "compare-changed-articles": {"task": "kb.tasks.compare_changed_articles", "schedule": 60.0},
    "gather-gaps": {"task": "chatbot.tasks.gather_gaps", "schedule": 180.0},
    # 03:35 in Asia/Shanghai
    "regroup-gaps": {"task": "chatbot.tasks.regroup_gaps", "schedule": crontab(hour=19, minute=35)},
    # due on Mondays at 08:00 in Asia/Shanghai; the other hours make up for a missed one
    "weekly-report": {"task": "chatbot.tasks.make_weekly_report", "schedule": crontab(minute=0)},
    "answer-late-messages": {"task": "wechat.tasks.answer_late_messages", "schedule": 30.0},
    "link-audit": {"task": "core.tasks.link_audit", "schedule": 5.0},
    "apply-retention": {
        "task": "core.tasks.apply_retention",
        "schedule": crontab(hour=19, minute=20),
    },  # 03:20 in Asia/Shanghai
    "prove-audit": {"task": "core.tasks.prove_audit", "schedule": crontab(hour=18, minute=40)},  # 02:40
    "carry-on-rosters": {"task": "accounts.tasks.carry_on_rosters", "schedule": 10.0},
    "check-real-names": {"task": "accounts.tasks.check_real_names", "schedule": 60.0},
    "deliver-webhooks": {"task": "clients.tasks.deliver_due", "schedule": 10.0},
    "deliver-notices": {"task": "notifications.tasks.deliver_due", "schedule": 10.0},
    "publish-scheduled-pages": {"task": "cms.tasks.publish_scheduled", "schedule": 60.0},
}

# Pages ----------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [SITE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SITE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR / "media")))

WAGTAIL_SITE_NAME = "学会应急"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "txt", "csv", "zip", "mp4"]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
TAGGIT_CASE_INSENSITIVE = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long StreamField page

# Knowledge and answers ------------------------------------------------------------------------------------------
KB_ENCODER = env.str("KB_ENCODER", default="")  # a SentenceTransformer folder; empty: the bundled one
KB_INDEX_DIR = Path(env.str("KB_INDEX_DIR", default=str(VAR / "kb")))
KB_SOURCES = ["kb.sources.articles"]
KB_ANSWERER = "chatbot.evaluating.answer"  # what an evaluation measures
KB_ARTICLE_USE = "chatbot.queries.usage.use_of"  # how articles do as answers, for the editors' list
KB_LAW_REGISTER = "exams.queries.sources.register"
REPHRASER_URL = env.str("REPHRASER_URL", default="")  # an OpenAI-compatible service; empty: nothing is rephrased
REPHRASER_KEY = env.str("REPHRASER_KEY", default="")
REPHRASER_MODEL = env.str("REPHRASER_MODEL", default="")
REPHRASER_SECONDS = env.float("REPHRASER_SECONDS", default=3.0)
WARNINGS = ""  # what yields the public warnings in force
WECHAT_MESSAGE_HANDLER = "chatbot.channels.wechat.reply_to"

# Other houses' programs -----------------------------------------------------------------------------------------
WEBHOOK_PRIVATE_ADDRESSES = env.bool("WEBHOOK_PRIVATE_ADDRESSES", default=False)

# WeChat ---------------------------------------------------------------------------------------------------------
WECHAT_TOKEN = env.str("WECHAT_TOKEN", default="")
WECHAT_APP_ID = env.str("WECHAT_APP_ID", default="")
WECHAT_APP_SECRET = env.str("WECHAT_APP_SECRET", default="")
WECHAT_AES_KEY = env.str("WECHAT_AES_KEY", default="")
WECHAT_API_URL = env.str("WECHAT_API_URL", default="https://api.weixin.qq.com")

# Training and exams ---------------------------------------------------------------------------------------------
STUDY_TIME_SCALE = env.float("STUDY_TIME_SCALE", default=1.0)  # 1 everywhere but in browser tests
CERTIFICATE_SIGNER = Path(env.str("CERTIFICATE_SIGNER", default=str(VAR / "keys/certificate-signer.p12")))
CERTIFICATE_SIGNER_PASSPHRASE = env.str("CERTIFICATE_SIGNER_PASSPHRASE", default="")
EMERGENCY_KEY = Path(env.str("EMERGENCY_KEY", default=str(VAR / "keys/emergency-key.pem")))
CREDENTIAL_KEY = Path(env.str("CREDENTIAL_KEY", default=str(VAR / "keys/credential-key.pem")))
CREDENTIAL_KEY_PASSPHRASE = env.str("CREDENTIAL_KEY_PASSPHRASE", default="")
CERTIFICATE_FONTS = Path(
    env.str("CERTIFICATE_FONTS", default=str(SITE / "frontend/node_modules/@expo-google-fonts/noto-sans-sc"))
)

# Protection -----------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview pane frames our own pages
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],  # Wagtail's admin brings inline styles; only staff see it
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, "ws:", "wss:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django_tasks": {"level": "WARNING"}, "wagtail": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
