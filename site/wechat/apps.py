import logging

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WechatConfig(AppConfig):
    name = "wechat"
    verbose_name = _("WeChat")

    def ready(self):
        logging.getLogger("httpx").setLevel(logging.WARNING)  # its INFO has every address, and ours carry the token
