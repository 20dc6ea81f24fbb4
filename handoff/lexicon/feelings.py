"""What single words say about a customer's feelings: the lexicon that `handoff.mood` reads with. Data.

Valence is -3 (bad) to 3 (good). Heat, 0 to 1, is how much a word alone says that its writer has had enough; words that
describe the trouble ("broken", "late") have little of it, for most customers with trouble are calm.
"""

from typing import NamedTuple


class Feeling(NamedTuple):
    """What one word says."""

    valence: float
    heat: float


_WORDS: tuple[tuple[float, float, str], ...] = (
    (
        2.0,
        0.0,
        "great perfect excellent awesome amazing wonderful fantastic love brilliant superb delighted super toll "
        "prima perfekt wunderbar parfait génial excellente perfecto genial excelente perfetto ottimo perfeito ótimo "
        "fantastisch geweldig",
    ),
    (
        1.2,
        0.0,
        "thanks thank good nice happy helpful helps helped works worked pleased glad appreciate solved clear danke "
        "gut hilfreich geholfen zufrieden merci bien content gracias bueno bien contento grazie bene contento "
        "obrigado obrigada bom bem feliz bedankt goed fijn tevreden dank cheers",
    ),
    (
        -1.0,
        0.05,
        "broken late delayed missing lost damaged leak leaks leaking torn ripped defective faulty problem issue "
        "wrong fail fails failed failing stuck confusing confused difficult unfortunately sadly cancel cancelled "
        "kaputt verspätet fehlt undicht problem defekt falsch leider cassé retard abîmé problème perdu roto perdido "
        "tarde dañado problema rotto ritardo danneggiato quebrado atrasado estragado kapot laat kwijt delay delays "
        "stuck unable refused denied error crashes crashed inconvenient inconvenience bummed unfortunate worried "
        "concerned mess slow rebook overcharged bumped dead fault complaint complaints zepsuty zepsuł brak bozuk "
        "bozuldu gecikti trasig försenad",
    ),
    (
        -1.6,
        0.16,
        "bad annoying annoyed unhappy disappointed disappointing poor slow pointless nonsense sucks upset worse "
        "schlecht nervig ärgerlich enttäuscht enttäuschend unzufrieden mauvais décevant déçu déçue énervant malo mal "
        "decepcionado decepcionada molesto molesta insatisfecho deluso delusa pessimo arrabbiato mau decepcionado "
        "chateado chateada slecht teleurgesteld vervelend ontevreden lousy crappy suck sucked fail failure rude "
        "unhelpful unreliable poorly ugh crazy insane lame tired stranded excuse excuses ignored ignoring neglect "
        "negligence careless clueless uncomfortable cranky dissatisfied dissatisfaction irritated irritating "
        "frustration embarrassing shady mediocre overpriced hell nightmare rozczarowany rozczarowana słabo kötü "
        "dålig besviken",
    ),
    (
        -2.4,
        0.5,
        "disgrace unbelievable disaster desastre desastroso katastrophal désastre terrible horrible awful worst "
        "useless ridiculous unacceptable furious angry outrageous pathetic disgusting disgraceful appalling "
        "frustrated frustrating infuriating incompetent scam fraud liars shameful garbage rubbish crap livid "
        "disgusted atrocious abysmal dreadful laughable insulting hopeless joke furchtbar schrecklich unverschämt "
        "unverschämtheit lächerlich nutzlos wütend sauer inakzeptabel frechheit katastrophe unmöglich betrug "
        "saftladen sauerei zumutung horrible inacceptable nul nulle ridicule inadmissible furieux furieuse "
        "scandaleux honteux lamentable arnaque inutile catastrophe terrible inaceptable ridículo ridicula ridícula "
        "inútil furioso furiosa vergüenza estafa pésimo pésima indignante harto harta terribile orribile "
        "inaccettabile ridicolo furioso furiosa vergogna vergognoso vergognosa truffa schifo péssimo inaceitável "
        "horrível vergonha revoltante golpe furioso verschrikkelijk belachelijk onacceptabel waardeloos woedend "
        "schandalig oplichting nutteloos boos deplorable abysmal despicable inexcusable horrendous horrid miserable "
        "pathetic unprofessional incompetence insult insulted disrespect disrespectful disrespected robbed robbery "
        "crooked thieves thief cheated lied lies lying liar ripoff infuriated outraged trash worthless atrocious "
        "shambles fiasco screwed jacked scandal unreal ludicrous skandal katastrofa tragedia oszustwo żałosne berbat "
        "rezalet skandalös oacceptabelt skandal",
    ),
    (
        -1.8,
        0.3,
        "damn bloody stupid dumb idiot idiots moron morons hate blöd blöde dämlich stupide idiote estúpido estúpida "
        "stupido stupida estúpidos burro burra stom stomme",
    ),
    (
        -2.6,
        0.62,
        "fuck fucking fucked wtf shit shitty bullshit arse asshole bastards ffs bollocks scheiße scheisse scheiß "
        "verdammt verdammte verarschen arschloch idioten merde putain connards foutez foutre mierda joder puta coño "
        "gilipollas merda cazzo vaffanculo stronzi porra caralho kut klote godverdomme verdomme",
    ),
)
SWEARING = frozenset(_WORDS[-1][2].split())
LEXICON = {word: Feeling(valence, heat) for valence, heat, words in _WORDS for word in words.split()}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INTENSIFIERS = _words(
    "very really so extremely absolutely totally completely utterly beyond incredibly sehr wirklich total absolut "
    "völlig très vraiment tellement complètement muy realmente totalmente molto davvero assolutamente muito heel erg "
    "echt"
)
NEGATIONS = _words(
    "not no never don't doesn't didn't isn't wasn't aren't won't can't cannot couldn't wouldn't hasn't haven't "
    "hardly without nothing dont doesnt didnt isnt wasnt nicht kein keine nie pas jamais aucun nunca ningún non mai "
    "nessun não nao nunca niet geen nooit"
)
