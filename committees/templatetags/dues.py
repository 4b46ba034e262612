"""`{% load dues %}`: how dues stand, as a status."""

from django import template

from committees.columns.dues import standing_tag

register = template.Library()

register.simple_tag(standing_tag, name="dues_standing")
