"""Countries by their names in the languages that Baton speaks, and the regions that hold them. Data."""

from functools import lru_cache

from handoff.lexicon.patterns import Pattern
from handoff.words import fold

EU = "EU"
_EU = frozenset("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split())
_NAMES = """
AT austria osterreich autriche oostenrijk áustria
BE belgium belgien belgique belgica belgio belgie
BG bulgaria bulgarien bulgarie
HR croatia kroatien croatie croacia croazia kroatie
CZ czechia tschechien tchequie chequia cechia tsjechie
DK denmark danemark dinamarca danimarca denemarken
EE estonia estland estonie
FI finland finnland finlande finlandia
FR france frankreich francia frankrijk franca
DE germany deutschland allemagne alemania germania alemanha duitsland
GR greece griechenland grece grecia griekenland
HU hungary ungarn hongrie hungria ungheria hongarije
IE ireland irland irlande irlanda ierland
IT italy italien italie italia
LV latvia lettland lettonie letonia lettonia
LT lithuania litauen lituanie lituania litouwen
LU luxembourg luxemburg luxemburgo lussemburgo
MT malta malte
NL netherlands niederlande niederlanden holland pays-bas paises-bajos olanda holanda nederland
PL poland polen pologne polonia
PT portugal portogallo
RO romania rumanien roumanie rumania
SK slovakia slowakei slovaquie eslovaquia slovacchia slowakije
SI slovenia slowenien slovenie eslovenia
ES spain spanien espagne espana spagna espanha spanje
SE sweden schweden suede suecia svezia zweden
GB britain grossbritannien england scotland wales angleterre inglaterra inghilterra
NO norway norwegen norvege noruega norvegia noorwegen
CH switzerland schweiz suisse suiza svizzera suica zwitserland liechtenstein
IS iceland island islande islandia islanda ijsland
US america amerika amerique
CA canada kanada
AU australia australien australie
NZ neuseeland
JP japan japon giappone japao
CN china chine cina
IN india indien inde
BR brazil brasilien bresil brasil brasile
MX mexico mexiko mexique messico
TR turkey turkei turquie turquia turchia turkije
UA ukraine ucrania ucraina
RU russia russland russie rusia rusland
"""
_OF_SEVERAL_WORDS = (
    (
        "GB",
        r"united kingdom|great britain|vereinigtes konigreich|vereinigten konigreich|royaume[- ]uni|reino unido|"
        r"regno unito|verenigd koninkrijk|grande[- ]bretagne|gran bretana",
    ),
    ("US", r"united states|vereinigte[nr]? staaten|etats[- ]unis|estados unidos|stati uniti|verenigde staten"),
    ("NL", r"pays[- ]bas|paises bajos|paesi bassi"),
    ("NZ", r"new zealand|nouvelle[- ]zelande|nueva zelanda"),
    (
        EU,
        r"european union|europaische[nr]? union|union europeenne|union europea|unione europea|uniao europeia|"
        r"europese unie",
    ),
)
_SHORT = Pattern(r"\b(?:UK|U\.K\.|USA|U\.S\.A?\.|US|EU|UE)(?!\w)")
_SHORT_FOR = {"UK": "GB", "USA": "US", "US": "US", "EU": EU, "UE": EU}
_NAMED = {fold(name): line.split()[0] for line in _NAMES.strip().splitlines() for name in line.split()[1:]}
_EXPRESSION = Pattern(
    "|".join(rf"(?P<_{place}>\b(?:{said})\b)" for place, said in _OF_SEVERAL_WORDS)
    + rf"|\b(?P<word>{'|'.join(sorted(_NAMED, key=len, reverse=True))})\b"
)
_OUTSIDE = Pattern(
    r"\b(?:outside|ausserhalb|hors|en dehors|fuera|fuori|fora|buiten)(?: of| de| da| del| dell| der)?(?: the| la|"
    r" l)?\W*$"
)


@lru_cache(maxsize=4_096)
def places(text: str) -> frozenset[str]:
    """The countries that a text names, by their ISO 3166 codes, and `EU` where it names the union."""
    plain = fold(text)
    found = {
        _SHORT_FOR[match[0].replace(".", "")]
        for match in _SHORT.finditer(text)
        if not _OUTSIDE.search(fold(text[max(0, match.start() - 24) : match.start()]))
    }
    for match in _EXPRESSION.finditer(plain):
        place = _NAMED[match["word"]] if match["word"] else str(match.lastgroup).lstrip("_")
        if not (place == EU and _OUTSIDE.search(plain[max(0, match.start() - 24) : match.start()])):
            found.add(place)
    return frozenset(found)


def holds(told: frozenset[str], place: str) -> bool:
    """Whether what is told of some places is told of this one: by its name, or by the union that it is in."""
    return place in told or (EU in told and place in _EU)
