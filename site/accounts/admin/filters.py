"""What lists of people can be narrowed by."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from accounts.enums import ErasureState, IdKind, Purpose, RealNameState, Role
from accounts.models import Consent, District, ErasureRequest, Organisation, Person, User
from accounts.queries import people


class PersonFilterSet(WagtailFilterSet):
    id_kind = django_filters.ChoiceFilter(choices=IdKind.choices, label=_("kind of document"))
    real_name = django_filters.ChoiceFilter(choices=RealNameState.choices, label=_("real-name check"))
    district = django_filters.ModelChoiceFilter(
        queryset=District.objects.all(), label=_("district"), method="in_district"
    )
    organisation = django_filters.CharFilter(label=_("organisation (name or code)"), method="in_organisation")
    created_at = django_filters.DateFromToRangeFilter(label=_("registered at"), widget=DateRangePickerWidget)

    class Meta:
        model = Person
        fields = ["id_kind", "real_name", "district", "organisation", "created_at"]

    def in_district(self, queryset, name, district):
        return people.members_of(queryset, Organisation.objects.filter(district=district))

    def in_organisation(self, queryset, name, text):
        return people.members_of(queryset, people.organisations_named(text))


class LoginFilterSet(WagtailFilterSet):
    is_active = django_filters.BooleanFilter(label=_("active"))
    role = django_filters.ChoiceFilter(choices=Role.choices, label=_("role"), field_name="groups__name")

    class Meta:
        model = User
        fields = ["is_active", "role"]


class ConsentFilterSet(WagtailFilterSet):
    purpose = django_filters.ChoiceFilter(choices=Purpose.choices, label=_("purpose"), field_name="notice__purpose")
    stands = django_filters.BooleanFilter(label=_("stands"), field_name="withdrawn_at", lookup_expr="isnull")
    given_at = django_filters.DateFromToRangeFilter(label=_("given at"), widget=DateRangePickerWidget)

    class Meta:
        model = Consent
        fields = ["purpose", "stands", "given_at"]


class ErasureFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(choices=ErasureState.choices, label=_("state"))

    class Meta:
        model = ErasureRequest
        fields = ["state"]


def listed(request):
    """Return the persons that the list shows for this request's filter and search, and what they were chosen by."""
    filters = PersonFilterSet(request.GET, queryset=people.persons(), request=request)
    if not filters.is_valid():
        return Person.objects.none(), {}
    found, chosen = filters.qs, dict(filters.form.cleaned_data)
    if text := request.GET.get("q", "").strip():
        found = people.found_by(text, found, today=timezone.localdate(request.now))
        chosen["search"] = "•••"  # it may be a number
    return found, chosen
