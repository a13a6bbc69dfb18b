"""Enterprises, institutions, communities and teams: a tree; who belongs to them and who manages them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from accounts.enums import InvitedAs, OrganisationKind
from core.actions.tracking import AuditedModel


class District(models.Model):
    """One of the city's ten districts and county-level cities (GB/T 2260 code)."""

    code = models.CharField(_("code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=20, unique=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["position"]

    def __str__(self):
        return self.name


class Organisation(AuditedModel, MP_Node):
    """An organisation in the tree; ``credit_code`` is the unified social credit code (GB 32100), None without one."""

    unaudited = frozenset({"path", "depth", "numchild"})
    node_order_by = ["name"]

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, unique=True, null=True, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("district")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["path"]

    def __str__(self):
        return self.name


class Membership(AuditedModel):
    """A person's time in an organisation."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="memberships")
    job = models.CharField(_("job"), max_length=60, blank=True)
    joined_at = models.DateTimeField(_("joined at"))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=models.Q(left_at=None), name="one_membership_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.organisation_id}: {self.person_id}"


class OrganisationManager(AuditedModel):
    """A user who manages an organisation and everything below it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="managers")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="managed")
    granted_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("organisation manager")
        verbose_name_plural = _("organisation managers")
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="manages_an_organisation_once")]

    def __str__(self):
        return f"{self.organisation_id}: {self.user_id}"


class Invitation(AuditedModel):
    """A link, also shown as a QR code, by which people join; only the digest of its code is kept."""

    unaudited = frozenset({"code_digest", "uses"})

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    invited_as = models.CharField(_("invited as"), max_length=10, choices=InvitedAs, default=InvitedAs.MEMBER)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("valid until"))
    most_uses = models.PositiveIntegerField(_("most uses"))
    uses = models.PositiveIntegerField(_("uses"), default=0)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(condition=models.Q(uses__lte=models.F("most_uses")), name="invitation_not_overused")
        ]

    def __str__(self):
        return f"{self.organisation_id} {self.invited_as}"
