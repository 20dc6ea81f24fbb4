"""The words of amounts and dates in the languages that Baton speaks. Data; all folded (`handoff.words.fold`)."""

DAY, WORKDAY, HOUR, MONTH = "day", "workday", "hour", "month"

_UNITS = {
    ("second", 1.0): "second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondi seconden",
    (HOUR, 1 / 60): "minute minutes min mins minuten minuto minutos minuti minuut",
    (HOUR, 1.0): "hour hours h hr hrs stunde stunden std heure heures hora horas ora ore uur uren",
    (HOUR, 24.0): "day days tag tage tagen jour jours dia dias giorno giorni dag dagen",
    (HOUR, 168.0): "week weeks woche wochen semaine semaines semana semanas settimana settimane weken",
    (HOUR, 336.0): "fortnight fortnights",
    (MONTH, 1.0): "month months monat monate monaten mois mes meses mese mesi maand maanden",
    (MONTH, 12.0): "year years yr yrs jahr jahre jahren an ans annee annees ano anos anno anni jaar jaren",
    ("eur", 1.0): "€ eur euro euros",
    ("usd", 1.0): "$ usd us$ dollar dollars dolar dolares",
    ("gbp", 1.0): "£ gbp pound pounds pfund livre livres libra libras quid",
    ("jpy", 1.0): "¥ jpy yen",
    ("inr", 1.0): "₹ inr rupee rupees",
    ("chf", 1.0): "chf franken francs",
    ("kr", 1.0): "kr sek nok dkk kronor kroner",
    ("pln", 1.0): "zł zl pln",
    ("czk", 1.0): "kc czk",
    ("cent", 1.0): "cent cents ct centimes centesimi centimos centavos",
    ("percent", 1.0): "% percent prozent pourcent procent",
    ("gram", 1.0): "g gram grams gramm grammes gramos grammi gramas",
    ("gram", 1000.0): "kg kilo kilos kilogram kilograms kilogramm kilogrammes kilogramos",
    ("metre", 0.001): "mm",
    ("metre", 0.01): "cm centimetre centimetres zentimeter",
    ("metre", 1.0): "m metre metres meter meters metros metri",
    ("metre", 1000.0): "km kilometre kilometres kilometer kilometers kilometros",
    ("litre", 1.0): "l litre litres liter liters litros litri",
    ("litre", 0.001): "ml",
}
UNITS = {word: unit for unit, names in _UNITS.items() for word in names.split()}
"""What a word after a number (or a sign before it) measures, and how many of the least unit it is."""

WORKING = frozenset(
    "working business work bank ouvres ouvrables ouvre ouvrable habiles laborables habil laborable lavorativi "
    "lavorativo uteis util".split()
)
"""Beside days, these make working days."""
WORKING_DAYS = frozenset("werktag werktage werktagen arbeitstag arbeitstage arbeitstagen werkdag werkdagen".split())

_NUMBERS = {
    0.5: "half halbe halben demi demie media mezza meia half",
    1: "one eins une uno",
    2: "two zwei deux dos due dois duas twee couple",
    3: "three drei trois tres tre drie",
    4: "four vier quatre cuatro quattro quatro",
    5: "five funf cinq cinco cinque vijf",
    6: "six sechs seis sei zes",
    7: "seven sieben sept siete sette sete zeven",
    8: "eight acht huit ocho otto oito",
    9: "nine neun neuf nueve nove negen",
    10: "ten zehn dix diez dieci dez tien",
    12: "twelve zwolf douze doce dodici doze twaalf",
    14: "fourteen vierzehn quatorze catorce quattordici catorze veertien",
    15: "fifteen funfzehn quinze quince quindici vijftien",
    20: "twenty zwanzig vingt veinte venti vinte twintig",
    24: "twentyfour vierundzwanzig vierentwintig",
    30: "thirty dreissig trente treinta trenta trinta dertig",
    48: "fortyeight achtundvierzig achtenveertig",
    60: "sixty sechzig soixante sesenta sessanta sessenta zestig",
    90: "ninety neunzig noventa novanta negentig",
    100: "hundred hundert cent cien cento honderd",
}
NUMBERS = {word: float(value) for value, names in _NUMBERS.items() for word in names.split()}
"""Numbers in words; they count before a unit alone."""
ONE = frozenset("a an ein eine einen einem einer un una um uma een".split())
"""One of something, but also any: it counts after one of `LIMITS` alone."""
LIMITS = frozenset(
    "within in after takes take about than innerhalb binnen nach etwa dans sous apres de tras entro dopo em "
    "apos na".split()
)

_MONTHS = (
    "january januar janvier enero gennaio janeiro januari jan",
    "february februar fevrier febrero febbraio fevereiro februari feb",
    "march marz mars marzo marco maart mar",
    "april avril abril aprile apr",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho jun",
    "july juli juillet julio luglio julho jul",
    "august aout agosto augustus aug",
    "september septembre septiembre settembre setembro sept sep",
    "october oktober octobre octubre ottobre outubro oct okt",
    "november novembre noviembre novembro nov",
    "december dezember decembre diciembre dicembre dezembro dec dez",
)
MONTHS = {word: number for number, names in enumerate(_MONTHS, 1) for word in names.split()}
ALONE_NO_MONTH = frozenset("may mai mars marco mar sept jan mei set sep dec jun jul".split())
"""Words that are a month beside a day's number alone."""

_WEEKDAYS = (
    "monday mondays montag montags lundi lunes lunedi maandag",
    "tuesday tuesdays dienstag dienstags mardi martes martedi dinsdag",
    "wednesday wednesdays mittwoch mittwochs mercredi miercoles mercoledi woensdag",
    "thursday thursdays donnerstag donnerstags jeudi jueves giovedi donderdag",
    "friday fridays freitag freitags vendredi viernes venerdi vrijdag",
    "saturday saturdays samstag samstags sonnabend samedi sabado sabato zaterdag",
    "sunday sundays sonntag sonntags dimanche domingo domenica zondag",
)
WEEKDAYS = {word: number for number, names in enumerate(_WEEKDAYS, 1) for word in names.split()}

_SOON = {
    "today": "today tonight heute aujourd'hui hoy oggi hoje vandaag",
    "tomorrow": "tomorrow demain manana domani amanha",
}
SOON = {word: day for day, names in _SOON.items() for word in names.split()}
"""Days that are counted from now."""
