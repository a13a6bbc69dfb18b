"""What the kernel adds to Wagtail's admin."""

from wagtail import hooks

from .admin.retention import RetentionViewSet
from .admin.trail import TrailViewSet


@hooks.register("register_admin_viewset")
def kernel_viewsets():
    return [TrailViewSet("audit_trail"), RetentionViewSet("retention")]
