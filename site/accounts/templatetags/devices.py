"""Devices for templates."""

from django import template

from accounts.rules import devices

register = template.Library()
register.filter("device", devices.device)
