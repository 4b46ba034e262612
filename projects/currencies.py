"""Which currency a country's yearly average rates are stated in, and what older currencies came to in it.

Series such as the World Bank's restate earlier years in the currency that a country has now, but keep the national
currency of a country that adopted the euro until it did (both checked against the published series). Territories and
dates: Unicode CLDR; fixed rates of exchange: the laws that replaced the currencies.
"""

from typing import Final

_IN_USE: Final = """
AED AE; AFN AF; ALL AL; AMD AM; ANG CW SX; AOA AO; ARS AR; AUD AU CC CX HM KI NF NR TV; AWG AW; AZN AZ; BAM BA; BBD
BB; BDT BD; BGN BG; BHD BH; BIF BI; BMD BM; BND BN; BOB BO; BRL BR; BSD BS; BTN BT; BWP BW; BYN BY; BZD BZ; CAD CA;
CDF CD; CHF CH LI; CLP CL; CNY CN; COP CO; CRC CR; CUP CU; CVE CV; CZK CZ; DJF DJ; DKK DK FO GL; DOP DO; DZD DZ; EGP
EG; ERN ER; ETB ET; EUR AD AT AX BE BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK
SM TF VA XK YT; FJD FJ; FKP FK; GBP GB GG GS IM JE; GEL GE; GHS GH; GIP GI; GMD GM; GNF GN; GTQ GT; GYD GY; HKD HK;
HNL HN; HTG HT; HUF HU; IDR ID; ILS IL; INR IN; IQD IQ; IRR IR; ISK IS; JMD JM; JOD JO PS; JPY JP; KES KE; KGS KG;
KHR KH; KMF KM; KPW KP; KRW KR; KWD KW; KYD KY; KZT KZ; LAK LA; LBP LB; LKR LK; LRD LR; LSL LS; LYD LY; MAD EH MA;
MDL MD; MGA MG; MKD MK; MMK MM; MNT MN; MOP MO; MRU MR; MUR MU; MVR MV; MWK MW; MXN MX; MYR MY; MZN MZ; NAD NA; NGN
NG; NIO NI; NOK BV NO SJ; NPR NP; NZD CK NU NZ PN TK; OMR OM; PAB PA; PEN PE; PGK PG; PHP PH; PKR PK; PLN PL; PYG
PY; QAR QA; RON RO; RSD RS; RUB RU; RWF RW; SAR SA; SBD SB; SCR SC; SDG SD; SEK SE; SGD SG; SHP SH; SLL SL; SOS SO;
SRD SR; SSP SS; STN ST; SYP SY; SZL SZ; THB TH; TJS TJ; TMM TM; TND TN; TOP TO; TRY TR; TTD TT; TWD TW; TZS TZ; UAH
UA; UGX UG; USD AS BQ EC FM GU IO MH MP PR PW SV TC TL UM US VG VI; UYU UY; UZS UZ; VEF VE; VND VN; VUV VU; WST WS;
XAF CF CG CM GA GQ TD; XCD AG AI DM GD KN LC MS VC; XOF BF BJ CI GW ML NE SN TG; XPF NC PF WF; YER YE; ZAR ZA; ZMW
ZM
"""

#: Currency by country (ISO 3166-1 alpha-2). Without Zimbabwe, whose series mixes several.
CURRENCY: Final[dict[str, str]] = {
    country: currency
    for currency, *countries in (entry.split() for entry in _IN_USE.replace("\n", " ").split(";"))
    for country in countries
}

#: Country → (currency before, first year of the present one).
BEFORE: Final[dict[str, tuple[str, int]]] = {
    "AT": ("ATS", 1999),
    "BE": ("BEF", 1999),
    "CY": ("CYP", 2008),
    "DE": ("DEM", 1999),
    "EC": ("ECS", 2000),
    "EE": ("EEK", 2011),
    "ES": ("ESP", 1999),
    "FI": ("FIM", 1999),
    "FR": ("FRF", 1999),
    "GR": ("GRD", 2001),
    "HR": ("HRK", 2023),
    "IE": ("IEP", 1999),
    "IT": ("ITL", 1999),
    "LT": ("LTL", 2015),
    "LU": ("LUF", 1999),
    "LV": ("LVL", 2014),
    "MT": ("MTL", 2008),
    "NL": ("NLG", 1999),
    "PT": ("PTE", 1999),
    "SI": ("SIT", 2007),
    "SK": ("SKK", 2009),
    "SM": ("ITL", 1999),
    "SV": ("SVC", 2001),
}

#: Currency → (the one that it replaced, units of that for one of it, its last year).
REPLACED: Final[dict[str, tuple[str, int, int]]] = {
    "AZN": ("AZM", 5_000, 2006),
    "BGN": ("BGL", 1_000, 1999),
    "BYN": ("BYR", 10_000, 2016),
    "GHS": ("GHC", 10_000, 2007),
    "MGA": ("MGF", 5, 2004),
    "MRU": ("MRO", 10, 2017),
    "MXN": ("MXP", 1_000, 1992),
    "MZN": ("MZM", 1_000, 2006),
    "PLN": ("PLZ", 10_000, 1994),
    "RON": ("ROL", 10_000, 2005),
    "RUB": ("RUR", 1_000, 1997),
    "SDG": ("SDD", 100, 2007),
    "SRD": ("SRG", 1_000, 2003),
    "STN": ("STD", 1_000, 2017),
    "TJS": ("TJR", 1_000, 2000),
    "TRY": ("TRL", 1_000_000, 2005),
    "VEF": ("VEB", 1_000, 2007),
    "ZMW": ("ZMK", 1_000, 2012),
}
EURO_AREA: Final = "euro area"


def currency_of(country: str, year: int) -> str | None:
    """The currency in which a country's average of a year is stated; None where it cannot be told."""
    before, since = BEFORE.get(country, ("", 0))
    return before if year < since else CURRENCY.get(country)
