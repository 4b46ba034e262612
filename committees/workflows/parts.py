"""Where the parts of an application keep their fields, and how several people write one part without loss.

Each field of a part knows in which version it was changed last and by whom. A writer says which version was read: a
field that somebody else has changed since is left as it is and given back beside the writer's own value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, Protocol

from django.utils import timezone

from committees.enums import ApplicationSection, QuestionKind
from committees.models import Answer, Application, Question, SavedPart
from members import workflows
from members.models import Person, Representative
from temp_portal.accounts.models import User

#: Columns of an application by the part to which they belong.
COLUMNS: Final = {
    ApplicationSection.OWNERSHIP: ("ownership_type", "controller", "ownership_since", "ownership_evidence"),
    ApplicationSection.MARKETS: ("industry_codes", "target_countries"),
    ApplicationSection.REPRESENTATIVE: ("representative",),
    ApplicationSection.MOTIVATION: ("chain_role", "motivation", "motivation_language"),
}
ANSWERS: Final = tuple(name for columns in COLUMNS.values() for name in columns)
PARTICULARS: Final = ("name", "name_latin", "email", "phone", "languages")


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else has written into a field meanwhile."""

    value: Any
    by: User


@dataclass(frozen=True, slots=True)
class Saved:
    """How a part stands after writing: `theirs` was not overwritten, `fresh` is new to the writer.

    `version` 0: nobody has saved this part yet.
    """

    version: int
    at: datetime | None = None
    by: User | None = None
    theirs: dict[str, Theirs] = field(default_factory=dict)
    fresh: dict[str, Any] = field(default_factory=dict)


class Store(Protocol):
    """Keeps the fields of a part."""

    def read(self, application: Application, by: User) -> dict[str, Any]:
        """Every field with its value as the part's form gives it."""

    def write(self, application: Application, values: Mapping[str, Any], by: User) -> None:
        """Write some of the fields of a locked application."""

    def key(self, name: str, by: User) -> str:
        """Under which name the last change of a field is noted."""


class Columns:
    """Fields that are columns of the application."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def read(self, application: Application, by: User) -> dict[str, Any]:
        return {name: getattr(application, name) for name in self.names}

    def write(self, application: Application, values: Mapping[str, Any], by: User) -> None:
        for name, value in values.items():
            setattr(application, name, value)
        application.save(update_fields=[*values, "updated_at"])

    def key(self, name: str, by: User) -> str:
        return name


class Particulars(Columns):
    """Who represents the organisation, and the particulars of whoever fills the part in: everybody has their own."""

    def read(self, application: Application, by: User) -> dict[str, Any]:
        person = Person.objects.filter(user=by).first() or Person(name=str(by), email=by.email)
        own = {name: getattr(person, name) for name in PARTICULARS}
        entry = Representative.objects.live().filter(person=person.pk, organisation=application.organisation_id).first()
        return super().read(application, by) | own | {"post": entry.post if entry else ""}

    def write(self, application: Application, values: Mapping[str, Any], by: User) -> None:
        columns = {name: value for name, value in values.items() if name in self.names}
        own = {name: value for name, value in values.items() if name not in self.names}
        if own:
            workflows.save_own_particulars(workflows.person_of(by), application.organisation, by=by, **own)
        super().write(application, columns, by)

    def key(self, name: str, by: User) -> str:
        return name if name in self.names else f"{by.pk}:{name}"


class GivenAnswers:
    """Answers to the questions of the committee; an empty one is no row."""

    def read(self, application: Application, by: User) -> dict[str, Any]:
        questions = Question.objects.filter(question_set=application.question_set_id).exclude(kind=QuestionKind.FILE)
        given = dict(application.given_answers.values_list("question", "value"))
        return {each.field: self._value(each, given.get(each.pk)) for each in questions}

    def write(self, application: Application, values: Mapping[str, Any], by: User) -> None:
        asked = {each.field: each for each in Question.objects.filter(question_set=application.question_set_id)}
        for name, value in values.items():
            if _plain(value) is None:
                Answer.objects.filter(application=application, question=asked[name]).delete()
            else:
                Answer.objects.update_or_create(
                    application=application, question=asked[name], defaults={"value": value}
                )
        application.save(update_fields=["updated_at"])

    def key(self, name: str, by: User) -> str:
        return name

    @staticmethod
    def _value(question: Question, value: Any) -> Any:
        return Decimal(value) if question.kind == QuestionKind.NUMBER and value is not None else value


STORES: Final[dict[ApplicationSection, Store]] = {
    ApplicationSection.OWNERSHIP: Columns(*COLUMNS[ApplicationSection.OWNERSHIP]),
    ApplicationSection.MARKETS: Columns(*COLUMNS[ApplicationSection.MARKETS]),
    ApplicationSection.REPRESENTATIVE: Particulars(*COLUMNS[ApplicationSection.REPRESENTATIVE]),
    ApplicationSection.QUESTIONS: GivenAnswers(),
    ApplicationSection.MOTIVATION: Columns(*COLUMNS[ApplicationSection.MOTIVATION]),
}


def read(application: Application, part: ApplicationSection, by: User) -> dict[str, Any]:
    """The fields of a part as `by` sees them."""
    return STORES[part].read(application, by)


def last_saved(application: Application, part: ApplicationSection) -> Saved:
    """The version of a part, and who saved it last."""
    row = SavedPart.objects.filter(application=application, part=part).select_related("saved_by").first()
    return Saved(row.version, row.saved_at, row.saved_by) if row else Saved(0)


def write(
    held: list[Application],
    part: ApplicationSection,
    values: Mapping[str, Any],
    *,
    by: User,
    version: int | None,
    tab: str = "",
) -> Saved:
    """Write `values` into the locked applications `held`, of which the first is the one in front of the writer.

    Without a `version` everything is written. `tab` names the page from which it comes: what the same page wrote
    before is no change of somebody else, even if its answer was lost on the way.
    """
    store, first = STORES[part], held[0]
    row = _row(first, part, by)
    stored = store.read(first, by)
    changed = {
        name: value for name, value in values.items() if name in stored and _plain(value) != _plain(stored[name])
    }
    news = {name: stored[name] for name in stored if _is_news(row, store.key(name, by), version, tab)}
    mine = {name: value for name, value in changed.items() if name not in news}
    if mine:
        keys = [store.key(name, by) for name in mine]
        for each in held:
            store.write(each, mine, by)
            _note(_row(each, part, by), keys, by, tab)
        row = _row(first, part, by)
    theirs = {name: value for name, value in news.items() if name in changed}
    fresh = {name: value for name, value in news.items() if name not in changed}
    return Saved(row.version, row.saved_at, row.saved_by, _whose(theirs, row, store, by), fresh)


def _row(application: Application, part: ApplicationSection, by: User) -> SavedPart:
    found = SavedPart.objects.filter(application=application, part=part).select_related("saved_by").first()
    return found or SavedPart(application=application, part=part, saved_by=by)


def _is_news(row: SavedPart, key: str, version: int | None, tab: str) -> bool:
    """Whether a field was changed on another page since `version` was read."""
    last = row.changes.get(key)
    return version is not None and last is not None and last["version"] > version and (not tab or last["tab"] != tab)


def _note(row: SavedPart, keys: list[str], by: User, tab: str) -> None:
    row.version += 1
    row.changes |= {key: {"version": row.version, "by": by.pk, "tab": tab} for key in keys}
    row.saved_at, row.saved_by = timezone.now(), by
    row.save()


def _whose(values: dict[str, Any], row: SavedPart, store: Store, by: User) -> dict[str, Theirs]:
    writers = {name: row.changes[store.key(name, by)]["by"] for name in values}
    users = User.objects.in_bulk(set(writers.values()))
    return {name: Theirs(value, users[writers[name]]) for name, value in values.items()}


def _plain(value: Any) -> Any:
    """A value for comparison: nothing is nothing, and the order of several does not matter."""
    if value is None or value == "" or value == []:
        return None
    return sorted(map(str, value)) if isinstance(value, list) else value
