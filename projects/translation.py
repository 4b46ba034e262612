from modeltranslation.translator import TranslationOptions, register

from projects.models import Project


@register(Project)
class ProjectTranslation(TranslationOptions):
    fields = ("title", "summary")
