"""Turns of phrase that tell how a customer feels, each with how an agent would put it. Data.

Heat, 0..1, is how much a phrase alone says that its writer has had enough; from a topic's limit on, usually 0.6, it
brings a person by itself. Patterns are held against the text in lower case, blanks made single.
"""

import re
from dataclasses import dataclass
from functools import cache

from handoff.lexicon import patterns
from handoff.lexicon import sayings_elsewhere as elsewhere


@dataclass(frozen=True, slots=True)
class Saying:
    """A turn of phrase, what it says, and how an agent reads it. Valence is -3 (bad) to 3 (good)."""

    signal: str
    sign: str
    heat: float
    valence: float
    patterns: tuple[str, ...]
    calm_in_question: bool = False
    """Whether it says less in a message that only asks."""

    def is_in(self, lower: str) -> bool:
        """Whether a text in lower case, blanks made single, has this turn of phrase."""
        return bool(_joined(self.patterns).search(lower))


@cache
def _joined(given: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(patterns.joined(given))


def saying(signal: str, sign: str, heat: float, valence: float, *given: str, calm_in_question: bool = False) -> Saying:
    """A saying that any of the patterns tells."""
    return Saying(signal, sign, heat, valence, given, calm_in_question)


WRONG_ANSWER = "says the answer was wrong"
_TIMES = r"(?:\d+|two|three|four|five|six|several|many|multiple|so many|a dozen|a hundred|countless)"
_NTH = r"(?:second|third|fourth|fifth|sixth|seventh|tenth|[2-9](?:nd|rd|th)|1\dth|umpteenth|nth|hundredth|thousandth)"
_LONG = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many)"

SAYINGS = (
    saying(
        "wrong_answer",
        WRONG_ANSWER,
        0.36,
        -1.8,
        r"\b(?:that|this|it|your (?:answer|reply|info\w*))(?:'s| is| was) (?:still |just |simply |completely |also |"
        r"plain )*(?:wrong|incorrect|not (?:right|true|correct|what i (?:asked|meant|said|wanted|need)|helpful|"
        r"an answer|my question))",
        r"\b(?:that|this|it|you)(?: really| still)? (?:isn't|is not|wasn't|didn't|doesn't|does not|did not|don't|"
        r"aren't|hasn't) (?:\w+ )?(?:right|true|correct|what i (?:asked|meant|said|wanted|need)|helpful|help\w*|"
        r"answer\w*|my question|understand\w*|read\w*|listen\w*|solve\w*)",
        r"\bnot what i (?:asked|meant|said|wanted)",
        r"\b(?:wrong|useless|no) (?:answer|reply)\b",
        r"\bnot (?:at all )?helpful\b",
        r"\b(?:isn't|is not) working for me\b",
        r"\bdoesn't help\b|\bno help\b|\bunhelpful\b|\b(?:that|it|this) (?:solve[sd]|help(?:s|ed)|tells? me|"
        r"told me) nothing\b",
        r"\byou(?:'re| are) (?:wrong|not (?:listening|helping|understanding|reading))\b",
        r"\bread my (?:question|message)\b",
        r"\bmissed? (?:the|my) (?:point|question)\b",
        r"\banswer (?:my|the) (?:\w+ )?question\b",
        r"\bquestion (?:that )?i (?:did not|didn't|never) ask",
        r"\b(?:some(?:body|one)|something|nothing) else'?s? (?:problem|question|answer)\b",
        r"\bnothing to do with (?:my|what i|the) (?:question|asked|problem|order)",
        *elsewhere.WRONG_ANSWER,
    ),
    saying(
        "asked_before",
        "says they have asked before",
        0.38,
        -1.2,
        r"\b(?:i(?:'ve| have)?|we(?:'ve| have)?) (?:already |literally )+(?:\w+ )?(?:asked|told|said|explained|"
        r"answered|sent|wrote|written|given|tried|done|did)",
        r"\byou (?:\w+ )?(?:said|told me|wrote) (?:that|so|this) (?:already|before|last time|yesterday|last week)",
        r"\b(?:as|like) i (?:have )?(?:already |just |previously )?(?:said|wrote|told|explained|mentioned)",
        rf"\b(?:asked|asking|told|telling|explain(?:ed|ing)|contacted|written|called|messaged|emailed|wrote|"
        rf"repeat\w*|sent|tried|reported|been through)\b[^.!?]{{0,40}}\b{_TIMES} times",
        r"\b(?:asked|told|written|wrote|explained|called|emailed)\b[^.!?]{0,18} twice",
        rf"\b(?:now |already |is )?(?:the |my )?{_NTH} time\b(?=[^?]*(?:ask|writ|explain|contact|tell|happen|i |i'|$|"
        rf"this|it|now|in))",
        rf"\b(?:my|the) {_NTH} (?:message|mail|e-?mail|request|attempt|reminder|ticket|complaint)\b",
        r"\bhow many (?:more )?times\b",
        r"\bonce (?:again|more)[,:]? (?:i|my|where|the|how|what|when|why|answers)\b",
        r"\b(?:same|one) (?:\w+ )?(?:answer|line|reply|link|article|text|thing|question|response|"
        r"sentence)s? (?:again|over|as before|every|each)",
        r"\b(?:get|got|give[ns]?|send|copy|paste)\w* (?:me )?(?:the |that )?(?:exact )?same (?:\w+ )?(?:answer|line|"
        r"reply|link|article|text|thing|response|sentence)",
        r"\bkeep(?:s)? (?:asking|telling|repeating|saying|sending|giving|getting|explaining)\b",
        r"\b(?:over and over|again and again|time and (?:time )?again)\b",
        r"\bremind you\b.{0,40}\b(?:time|unanswered|request|again)\b|\bunanswered (?:request|question|message|mail|"
        r"e-?mail)",
        r"\bi know (?:that|how|this)\b\.(?= )",
        r"\bi said\b|\bexactly what (?:you|they) (?:told|said|wrote)|\byou keep \w+ing\b",
        *elsewhere.ASKED_BEFORE,
    ),
    saying(
        "enough",
        "has had enough",
        0.62,
        -2.5,
        r"\bfed up\b|\bsick (?:and tired )?(?:of|to death)\b|\b(?:so|really|just|very) (?:sick|tired) of\b",
        r"\btired of (?:this|waiting|your|it|you|being|the|asking|bots?|explaining|repeating)",
        r"\b(?:just|simply|absolutely|truly|frankly) (?:unbelievable|unacceptable|ridiculous|outrageous|shocking|"
        r"appalling)\b",
        r"\bhad it (?:with|up to)\b",
        r"\bcan(?:'t|not) believe (?:how|this)",
        r"\bwhat (?:kind|sort) of (?:a )?(?:service|company|shop|support|joke|business|outfit|people)\b",
        r"\b(?:do|did|are|can|does) (?:you|they|anyone|anybody|any of you) (?:people |guys |lot )?even\b",
        r"\bwhy do you even",
        r"\bhow (?:dare you|hard can it be to (?:answer|reply|read|send))",
        r"\bwhat part of\b.{1,80}\b(?:did|do|don't|can't|is) (?:you|it|so|unclear|not)",
        r"\bis (?:anything|anyone|anybody|somebody|someone) (?:\w+ )?(?:working|awake|alive|competent|"
        r"reading) (?:over |in |at )?(?:there|here|this)",
        r"\bwhat (?:am i|are we) supposed to\b.{0,40}\?\s*$",
        r"\bworst (?:\w+ )?(?:experience|service|shop|company|store|support)\b",
        r"\bhad enough\b|\benough is enough\b|\benough of (?:this|these|that|your)\b|\blast straw\b(?! of)",
        r"\bwaste of (?:my )?(?:time|money)|\bwasting my time|\bhours? of my (?:life|day|time)\b",
        r"\b(?:this is|is this|such) a joke(?=\s*(?:[?!.,]|$|to you|or what))|\b(?:what|bad|complete|total|absolute|"
        r"sick) (?:a )?joke\b(?! (?:book|article))",
        r"\bare you (?:kidding|serious|joking|for real|having a laugh)",
        r"\bthanks? for nothing\b",
        r"\blosing (?:my )?(?:patience|my mind|my temper)|\bout of patience\b|\bpatience\b[^.!?]{0,40}\b(?:running|"
        r"wearing|end|limits?|over|exhausted|thin|gone)\b",
        r"\bdone (?:being|with (?:this|you|your|waiting))\b|\bi'm (?:so )?done\.",
        r"^\s*(?:oh )?(?:seriously|really|unbelievable|incredible|wow|pathetic|ridiculous)\s*[?!.…]*$",
        r"\bseriously\?",
        r"\bfor (?:the love of|crying out)\b|\bfor (?:god|heaven|fuck|christ|pete)'?s sake",
        r"\b(?<!if )(?:nobody|no ?one) (?:is |at \w+ |there |here )*(?:car|answer|help|repl|bother|listen|read|able|"
        r"know)\w*\b",
        r"\b(?:some(?:one|body)|they|competitor) who (?:cares|actually|answers|picks up)\b|\bat least pick up\b",
        r"\bbeyond (?:a joke|frustrat|belief)",
        r"\b(?:go(?:es|ing)?|running) (?:\w+ )?(?:in|round in) circles",
        r"\bdriving me (?:mad|crazy|nuts|insane|up the wall)",
        r"\bnot good enough\b",
        r"\bi give up\b|\bforget it\b|\bwhat'?s the point\b|\bcan'?t be bothered\b|\bkeep (?:the|your|my) money\b",
        r"\bwhat is wrong with you|\bwhat'?s wrong with you",
        r"\bthis is (?:so |just |really |getting |beyond )*(?:stupid|absurd|insane|crazy|ridiculous|mad)",
        r"\bshame on you|\bashamed (?:to|of) (?:have |having )?(?:recommend|ever|you)",
        r"\byou (?:lot|people|guys) (?:\w+ )?(?:couldn't|can't|don't|never|suck|ruin\w*|lost|broke|"
        r"are (?:\w+ )?(?:useless|terrible|awful|clueless|unbelievable|the worst|incompetent|liars|ridiculous))\b",
        r"\bhow can (?:a|an|any|you|this|your) (?:\w+ )?be (?:so|this)\b",
        r"\byour (?:service|shop|company|support|bot|help\w*|customer service|website) (?:is|was|are) (?:an? |so |"
        r"just |really |truly |absolutely |complete |bad )*(?:disgrace|disgusting|terrible|awful|horrible|useless|"
        r"ridiculous|pathetic|joke|rubbish|garbage|appalling|shocking|bad|non-?existent)\b",
        r"\bshocking (?:service|support|experience|treatment|behaviour)|\b(?:dreadful|terrible|awful|horrible|"
        r"appalling) (?:service|support|experience|company|treatment)",
        r"\b(?:you|they) (?:just )?(?:sit|sitting) on my\b|\bstealing my\b",
        r"\bdo (?:your|their) jobs?\b|\bcouldn'?t organise\b",
        r"\b(?:never|worst) ever\b|\bevery (?:single |damn |bloody )+(?:time|day|week)\b|"
        r"\bfor years\b.{0,20}\blosing customers",
        r"\bwhat was the point\b|\byou(?:'ve| have) got to be (?:kidding|joking)|\b(?:has|have|had) no (?:idea|"
        r"clue) what\b",
        r"\bbelieve it when i see it\b|\bstop pretending\b|\bcome on(?: now| guys| people)?[.!]|\b(?:would it|"
        r"is it so) (?:kill|hard|difficult)\b",
        r"\bno (?:notice|apology|apologies|explanation|excuse|accountability|respect|compensation|communication)\b|"
        r"\bnot (?:impressed|cool|amused)\b",
        r"\b(?:hung|hang|hangs|hanging|hanged) up on (?:me|us|you|people)|\bthanks for (?:\w+ )?(?:causing|losing|"
        r"making (?:me|us)|ruining|wasting|ignoring|leaving|breaking|delaying|cancell?ing|lying|the (?:delay|"
        r"runaround|wait))",
        r"\b(?:get|give|got|given|getting) (?:me )?(?:the )?(?:run ?around|cold shoulder)\b|\b(?:ruined|ruining|"
        r"cost) (?:my|our|me|us)\b",
        r"\bfacepalm\b|\bsmh\b|\bffs\b|\bwth\b|\bwtaf\b|#\w*(?:fail|worst|sucks|unhappy|nothappy|nomore|"
        r"neveragain)\w*",
        r"(?<!won't )(?<!not )(?<!to )\bgive (?:it|me|my \w+) back[.!]*$",
        r"\byou people\b|\b(?:do|does) (?:i|this|that|it) look like\b|\byou had one job\b|\bmake up your minds?\b|"
        r"\bbeg(?:ging)? for\b|\blost (?:all )?(?:my )?(?:faith|trust|confidence|respect) in\b|\b(?:your|"
        r"a) (?:circus|farce|shambles)\b|\bi don'?t care (?:any ?more|how|what)\b",
        r"\bso that'?s how\b|\bthis is hopeless\b|\bwhy do i (?:even )?bother\b|\b(?:am i|are we) (?:invisible|"
        r"talking to (?:a|the) wall|a joke)\b",
        r"\bwhy (?:do|should|must) (?:i|we) (?:always |still )?(?:have|need) to\b(?=.*\b(?:every|again|still|always|"
        r"chase|beg|you)\b)|\bno \w+, no \w+\b(?=.*\bno\b|[.!]*$)",
        *elsewhere.HAD_ENOUGH,
    ),
    saying(
        "polite",
        "says politely that their patience is at an end",
        0.56,
        -2.0,
        r"\bwith (?:all )?(?:due )?respect\b",
        r"\bwould have (?:expected|hoped for|thought)\b.{0,40}\b(?:more|better|different|company|customer|years|"
        r"least)\b",
        r"\bregrett?ably (?:once more|once again|again|still|fails?|does not|did not)\b",
        r"\b(?:find it|it is|quite|rather) (?:remarkable|astonishing|surprising|telling|extraordinary|interesting|"
        r"curious|disappointing)(?: that| how|,)",
        r"\bkindly (?:note|explain|refrain|be informed|confirm at last)\b",
        r"\b(?:only|merely|simply|just|do) wonder (?:when|how|if|whether|why)\b",
        r"\bdoing (?:your|their) best\b|\bappreciate (?:your|the) (?:efforts?|reply|help|time)\b.{0,10}\b(?:but|"
        r"however|yet|though)\b",
        r"\bgrateful if (?:it|this|that|someone|you) (?:were|could|would)\b.{0,40}\b(?:last|finally|at last|"
        r"this time|actually|once)\b",
        r"\bi (?:fail to|do not quite|cannot) (?:see|understand|comprehend) (?:how|why|what)\b(?!.*\?\s*$)",
        r"\bi must (?:say|admit|confess)\b.{0,40}\b(?:surpris|disappoint|astonish|expected|taken aback|unimpress)",
        r"\bevidently\b|\bi (?:was|stand) (?:clearly |evidently |obviously )?mistaken\b",
        r"\b(?:is it|would it be) (?:really )?too much to ask\b|\bif it'?s not too much (?:trouble|to ask)\b",
        r"\bi (?:will|shall) not (?:ask|write|explain|repeat) (?:this |it )?again\b|\bfor the last time\b",
        r"\bunanswered for\b|\bstill (?:awaiting|without) (?:a|an|any|your)\b",
        r"\b(?:loyal |valued )?customer (?:for|of|since) (?:\w+ ){0,2}(?:years|decades?)\b|"
        r"\bafter (?:\w+ ){1,2}years as a customer\b",
        r"\bso kind as to\b|\bwhich i trust\b|\bi trust (?:that )?(?:this|that|it|you)\b|\bi remain\b|"
        r"\bmay i (?:politely |respectfully |once more )?(?:suggest|remind|point out)\b|\bon (?:\w+ )?(?:two|three|"
        r"four|five|six|several|numerous|\d+) occasions\b",
        r"\b(?:would|might) be (?:lovely|nice|great|wonderful|helpful|a start|refreshing|good) if (?:any|some|you|"
        r"one|for once)\w*\b(?!.*\?)",
        r"\b(?:this time|for once|for a change)[.!]*$|\b(?:actual|real) (?:problem|question|issue)\b(?!.*\?)|"
        r"\bunbecoming\b|\bi had hoped\b",
        r"\b(?:more|rather|very) than patient\b|\bbeen (?:very |more than |rather )?patient\b|"
        r"\bbeyond (?:all )?reason\b|\bforgive me,? but\b",
        *elsewhere.POLITE,
    ),
    saying(
        "angry",
        "says how angry or disappointed they are",
        0.62,
        -2.5,
        r"\b(?<!if )(?:i'm|i am|im|i feel|we are|we're|getting) (?:getting |really |very |so |extremely |quite |"
        r"pretty |beyond |truly |just |absolutely |now |more than )+(?:annoyed|disappointed|upset|unhappy|frustrated|"
        r"angry|mad|irritated|pissed|furious|livid|dissatisfied)\b(?! with (?:me|myself))",
        *elsewhere.ANGRY,
    ),
    saying(
        "assistant",
        "is unhappy with the assistant",
        0.5,
        -2.0,
        r"\b(?:hate|stupid|useless|dumb|rubbish|crap|bloody|damn|fucking|annoying|idiotic|"
        r"worthless) (?:\w+ ){0,2}?(?:bot|chatbot|robot|ai)\b(?! wash)",
        r"\b(?:bot|chatbot|robot|ai|machine) (?:is|are|goes|keeps|just) (?:so |really |completely |"
        r"always )*(?:useless|stupid|dumb|rubbish|crap|no help|worthless|round|repeating|clueless)",
        r"\b(?:stop|enough of|enough with|sick of|tired of|spare me) (?:this|these|the|your|with)?\s?(?:\w+ )?(?:bot|"
        r"bots|chatbot|machine|automat\w+ (?:answer|repl|respon|message)\w*|canned \w+)",
        r"\b(?:canned|copy[- ]?pasted?|scripted|boilerplate) (?:\w+ )?(?:answers?|replies|lines?|responses?|text|"
        r"reply)",
        *elsewhere.UNHAPPY_WITH_BOT,
    ),
    saying(
        "waited",
        "has waited long without an answer",
        0.36,
        -1.4,
        r"\b(?:still|yet) (?:\w+ )?(?:waiting|no (?:reply|answer|response|refund|parcel|order|word|news)|"
        r"not (?:arrived|received|fixed|here|refunded|heard))",
        r"\bstill (?:hasn't|haven't|nothing|isn't|has not|have not)",
        r"\bwaiting (?:for )?(?:\w+ )?(?:weeks|months|ages|forever)",
        rf"\b(?:it's been|it has been|after|for|been|since) (?:\w+ )?{_LONG} (?:long )?(?:weeks|months|days|"
        rf"hours)\b(?=.*\b(?:and|every|still|where|nothing|now|no|not|same)\b)",
        r"\bno (?:one|body) (?:has )?(?:replied|answered|responded|called)|\b(?:nobody|no one) (?:\w+ )?answered",
        r"\bignor(?:ed|ing) (?:me|my)",
        r"\b(?:anyone|anybody|hello)(?: there| home)?\?{2,}|^\s*(?:hello|hey|anyone|anybody)(?: there|"
        r" home)?\s*\?+\s*$",
        r"\bany (?:news|update|answer|reply)s? (?:at all|yet|or not)\b",
        r"\bit(?:'s| has) been (?:\w+ )?(?:weeks|months|a month|ages)\b|\bweek (?:two|three|four|five|six|\d+)\b",
        r"\b(?:been|being) ignored|\bon hold\b(?=.*\b(?:min|hour|hr|still|forever|day)\w*)|\b\d+\+? ?(?:hours?|hrs?|"
        r"min|minutes)\b.{0,12}\b(?:on hold|wait\w*)",
        r"\b(?:wait(?:ed|ing)?|sitting|stuck|stranded|hold)\b.{0,25}\b(?:\d+|two|three|four|five|six|"
        r"all)\+? ?(?:hours?|hrs?|days?|weeks?|months?|day|night)\b",
        r"\b(?:can't|cannot|couldn't|unable to|impossible to) (?:\w+ )?(?:get|reach|speak|talk|"
        r"get through)\w*(?: a hold of| hold of| to| through)? (?:an? |to )?(?:any|some|human|agent|person|real)\w*",
        r"\bnever (?:got|received|heard|came|arrived|answered)\b.*\bnever (?:got|received|heard|came|arrived|"
        r"answered)\b",
        r"\b(?:finally|at last) (?:get|got|have|answer|send|fix|do|tell|give)\b|\bwill you finally\b",
        *elsewhere.WAITED,
        calm_in_question=True,
    ),
    saying(
        "again",
        "says that it has gone wrong again",
        0.3,
        -1.4,
        r"\b(?:broken|broke|failed|fails|crashed|wrong|lost|late|declined|rejected|cancelled|missing|down)(?:,|"
        r" yet)? ?again\b",
        r"^\s*\w+\. again\b|\byet again\b|\bonce again\b|\bagain\?{1,}!|\bagain!+",
        r"\b(?:twice|third time|second time) (?:in|this) (?:\w+ )?(?:week|month|year)",
        r"\bthe \w+ (?:crashes|fails|is down|is broken), (?:and )?the \w+ (?:crashes|fails|is)",
        r"\byou promised\b|\bpromised (?:me )?(?:it |that )?(?:for )?(?:by )?(?:mon|tues|wednes|thurs|fri|satur|sun|"
        r"yester|last|weeks)",
        r"\bbecause of you\b|\byour fault\b(?<!not your fault)|\bthanks to you\b",
        r"\bfell apart\b|\bwent to pieces\b",
        r"\b(?:how|why) (?:is|are|am|has|have) (?:this|it|that|i|you|they|nobody|no one) (?:\w+ )?(?:still|not yet|"
        r"even)\b",
        r"\bhow is (?:it|that|this) (?:even )?possible\b",
        *elsewhere.AGAIN,
        calm_in_question=True,
    ),
    saying(
        "sarcasm",
        "is sarcastic",
        0.44,
        -2.0,
        r"\b(?:great|nice|good|brilliant|amazing|fantastic|wonderful|awesome|excellent|stellar) (?:job|work|service|"
        r"support)\b[^.!?]{0,10}(?:\.\.\.|…|🙄|👏)",
        r"\b(?:oh|well),? (?:great|wonderful|brilliant|fantastic|perfect|amazing|lovely|nice|joy)\b",
        r"\b(?:great|thanks|brilliant|wonderful|perfect|fantastic),? (?:another|yet another|so|"
        r"now)\b[^?]{0,60}\b(?:bot|again|week|still|nothing|useless|no )",
        r"\b(?:really|how|very|so) (?:helpful|useful|wonderful|impressive|professional|kind of you)\b\s*[.!…]*$",
        r"\bslow clap\b|\bround of applause\b|\bgold star\b|\bwell done\b(?=.*\b(?:again|lost|wrong|never|nothing|"
        r"worse)\b)",
        r"\bthanks (?:a lot|so much|very much|a million|a bunch) for\b.*\b(?:no|nothing|wrong|late|broken|doesn't|"
        r"don't|didn't|not|never)\b",
        r"\b(?:love|adore|enjoy) (?:how|it when|that)\b(?=.*\b(?:never|nothing|not|hear|wait|days|weeks|lost|wrong|"
        r"ignore)\w*)",
        r"\b(?:yeah|sure|oh),? (?:right|sure|of course)\b[,.!]|\byeah,? sure\b|\bas if\b[.!]|\bof course it (?:is|"
        r"does|did|was)n'?t\b",
        r"\btake your time\b.{0,30}\b(?:only|it'?s just|after all|no rush)\b|\bit'?s only my\b",
        r"\bmade my (?:whole |entire )?day\b(?=[.!]*$)(?<!you made my day)",
        r"\bcongrat\w+\b.*\b(?:lost|lose|wrong|broke|fail|manag|twice|again|never)\w*",
        r"\b(?:brilliant|genius|great|perfect|fantastic|wonderful)\. (?:i'll|i will|then|so|now|and)\b.{3,60}(?:then|"
        r"instead|myself)\b",
        r"🙄|:face_with_rolling_eyes:|👏👏(?=.*(?:again|lost|never|wrong|not ))|\b(?:congrats|bravo|nice one|"
        r"way to go|good going)\s*[.!]*$",
        r"\b(?:good|nice|great|lovely|glad|reassuring|comforting) to (?:know|see|hear) (?:that |how )?(?:my|your|you|"
        r"i|the|one|we)\b(?!.*\?)|\b(?:nice|kind|good|generous|thoughtful) of you to\b|\bwhat a (?:treat|surprise|"
        r"shock|relief|circus|farce|shambles|mess|disgrace|shame|waste)\b",
        r"\bah,? yes\b|\bgenius[.!]*$|\bcall is (?:very )?important\b|\bone of us\b|\band counting\b|\bhow (?:kind|"
        r"thoughtful|convenient|surprising|original)\b",
        r"\boh,? (?:good|super|nice|splendid|marvellous),? (?:another|more|again)\b|\bjust what i (?:needed|"
        r"wanted)\b|\beven (?:\w+er|worse) (?:after|than|now|since)\b",
        *elsewhere.SARCASTIC,
    ),
    saying(
        "emoji",
        "sends an angry emoji",
        0.4,
        -2.0,
        r"😡|🤬|😠|:rage:|:angry:|:face_with_symbols_on_mouth:|🖕|:middle_finger:|👎|:-1:",
    ),
    saying("emoji", "sends angry emojis in a row", 0.4, -2.0, r"(?:😡|🤬|😠|👎|🖕){2,}"),
    saying(
        "upset",
        "is upset",
        0.2,
        -1.5,
        r"😢|😭|😞|😩|😤|:sob:|:cry:|:disappointed:|:triumph:|:weary:|:\(|:-\(",
    ),
)
GLAD = saying(
    "glad",
    "is glad",
    0.0,
    1.6,
    r"\b(?:that|this|it) (?:works|worked|helps|helped|solves|solved|answers|did it|was it)\b",
    r"\bno (?:problem|worries)\b",
    r"\bgot it\b|\bfound (?:it|them)\b|\b(?:it'?s|is) here!",
    r"🙏|😊|👍|🎉|❤|:pray:|:\+1:|:thumbsup:|:tada:|:heart:",
)
COURTESY = re.compile(
    r"\bplease\b|\bthank|\bcould (?:you|i|we)\b|\bwould you\b|\bsorry\b|\bhaha|\blol\b|:\)|😊|\bno rush\b|"
    r"\bno hurry\b|\bnot your fault\b|\bbitte\b|\bkönn(?:en|ten) sie\b|\bs'il (?:vous|te) pla|\bpouvez-vous\b|"
    r"\bpor favor\b|\bpuedes?\b|\bpodem\b|\bpode\b|\bpuò\b|\bper favore\b|\bkunt u\b|\balstublieft\b|\bproszę\b|"
    r"\blütfen\b|ますか|ください|해 ?주|请问|пожалуйста"
)
"""Signs of a customer who still asks kindly; they take a little from doubtful signs, and nothing from plain ones."""
