"""Which schemes there are, and what to do with a value when its scheme is known or has to be guessed."""

from functools import cache

from django_countries import countries

from members.identifiers import china, eurasia, partners, south_asia
from members.identifiers.reasons import Text
from members.identifiers.scheme import CheckResult, Scheme
from members.identifiers.worldwide import LEI, foreign_register

_SCHEMES = (*china.SCHEMES, *eurasia.SCHEMES, *south_asia.SCHEMES, *partners.SCHEMES, LEI)
_REGISTER_SUFFIX = "-REG"


def all_schemes() -> tuple[Scheme, ...]:
    """The schemes of the domain brief §3; registers of other countries have one each besides, see `schemes_for`."""
    return _SCHEMES


@cache
def _by_code() -> dict[str, Scheme]:
    own_schemes = {scheme.country for scheme in _SCHEMES}
    registers = [foreign_register(country) for country in countries.countries if country not in own_schemes]
    return {scheme.code: scheme for scheme in (*_SCHEMES, *registers)}


def get_scheme(code: str) -> Scheme:
    """Raises KeyError for an unknown code."""
    return _by_code()[code]


def schemes_for(country: str) -> tuple[Scheme, ...]:
    """Schemes that an organisation of the country (ISO alpha-2) can have, the usual one first; LEI last.

    An unknown country has the LEI alone.
    """
    own = [scheme for scheme in _SCHEMES if country and scheme.country == country]
    register = _by_code().get(f"{country}{_REGISTER_SUFFIX}")
    if not own and register:
        own = [register]
    return (*own, LEI)


def scheme_choices(country: str = "") -> list[tuple[str, Text]]:
    """(code, label) pairs for a form: of one country, or without a country of all schemes listed here."""
    return [(scheme.code, scheme.label) for scheme in (schemes_for(country) if country else _SCHEMES)]


def normalise(scheme: str, value: str) -> str:
    """The form in which the value is stored and compared under the scheme with this code. KeyError as `get_scheme`."""
    return get_scheme(scheme).normalise(value)


def check(scheme: str, value: str) -> CheckResult:
    """Judge a value under the scheme with this code. KeyError as `get_scheme`."""
    return get_scheme(scheme).check(value)


def guess_scheme(country: str, value: str) -> Scheme | None:
    """The scheme that the value belongs to: one whose check agrees, else one without a check, else by shape alone.

    So a mistyped code is still recognised for what it was meant to be. None when no shape of the country fits.
    """
    judged = [(scheme, scheme.check(value)) for scheme in schemes_for(country)]
    for verdict in (True, None, False):
        for scheme, result in judged:
            if result.format_ok is verdict and result.shape_ok:
                return scheme
    return None


def interop_id(scheme: str, value: str) -> str | None:
    """`{org-id.guide list}-{number}` for exchange with others; None where no list is registered."""
    found = get_scheme(scheme)
    return f"{found.org_id_prefix}-{found.normalise(value)}" if found.org_id_prefix else None
