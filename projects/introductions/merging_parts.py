"""What introductions hang on an organisation or a person."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.carried import Carried, carries
from members.models import Organisation, Person
from projects.introductions.models import Introduction


@carries(Organisation)
def introductions(organisation: Organisation) -> Carried:
    about = Q(district=organisation) | Q(by_organisation=organisation) | Q(entrepreneur__organisation=organisation)
    found = Introduction.objects.filter(about).order_by("pk")
    return Carried(_("Introductions"), [str(each) for each in found])


@carries(Person)
def introductions_of_person(person: Person) -> Carried:
    about = Q(by_person=person) | Q(entrepreneur__person=person)
    found = Introduction.objects.filter(about).order_by("pk")
    return Carried(_("Introductions"), [str(each) for each in found])
