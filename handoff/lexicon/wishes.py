"""Recognises an explicit wish for a person, in any wording and some twenty languages. Pure.

A wish always hands off, so a false one costs an agent's time and a missed one costs a customer's trust: the patterns
want the act of being in touch beside the person, never a word for a person alone ("a tent for one person").
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from handoff.lexicon.tongues import patterns_of
from handoff.lexicon.wishes_elsewhere import ELSEWHERE

READ_AT_MOST = 1_500
"""Characters looked at from each end of a message."""
REMEMBERED = 256
"""Messages whose reading is kept: gate and drafter each ask for the same one."""

_NOT_SAID = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\s]*>|https?://\S+", re.DOTALL)

_ADJECTIVE = (
    r"(?:real|live|actual|living|human|proper|genuine|flesh[- ]and[- ]blood|different|competent|qualified|trained|"
    r"customer (?:service|support|care|success)|support|service|sales|billing|help ?desk|call cent(?:er|re))"
)
_DEPARTMENT = (
    r"(?:(?:[\w-]+ ){0,2}(?:department|team|desk|hotline|helpline)|customer (?:service|support|care|services)|"
    r"tech(?:nical)? support|support|billing|management|whoever|(?:the )?(?:person|people|one) (?:in charge|"
    r"responsible|who (?:handles?|deals?|decides?|knows?)))"
)
_SOMEONE = (
    r"(?:human(?: being)?s?|persons?|people|someone|somebody|anyone|anybody|agents?|represent[ai]tives?|reps?|"
    r"advis[eo]rs?|operators?|staff(?: members?)?|employees?|colleagues?|managers?|supervisors?|boss|superiors?|"
    r"specialists?|experts?|consultants?|engineers?|technicians?|accountants?|bankers?|brokers?|clerks?|officers?|"
    r"receptionists?|planners?|account managers?|case ?workers?|(?:\w+ )?folks|(?:living |actual )?souls?|csrs?|"
    r"tier (?:2|two|3|three)|second[- ]line|(?:2nd|second)[- ]level(?: support)?|founders?|owner|(?:some|"
    r"any)one (?:real|human|else)|member of (?:(?:your|the) )?(?:\w+ )?(?:staff|team)|one of (?:you|them|your)\b|"
    r"your guys|you guys|\w+ (?:from|in|at) (?:billing|support|sales|accounts|returns|service|customer \w+))"
)
_PERSON = (
    rf"(?:(?:an?|the|your|some|any|one of your|another|"
    rf"with)\s+)*(?:{_ADJECTIVE}\s+)*(?:(?<=real )\w+ )?(?:{_SOMEONE}|(?:(?:your|the|a)\s+)?{_DEPARTMENT})"
)
_REAL_PERSON = (
    rf"(?:an?\s+|some\s+|any\s+|another\s+|the\s+|your\s+|one of your\s+)?(?:(?:{_ADJECTIVE}\s+)+(?:(?<=real )\w+ )?"
    r"(?:persons?|someone|agents?|human(?: being)?s?|represent[ai]tives?|reps?|advis[eo]rs?|operators?|beings?|"
    r"people|staff|employees?)|(?:human|live|personal)\s+(?:assistance|help|support|chat)|human(?: being)?s?|"
    r"represent[ai]tives?|agents?|operators?|supervisors?|advis[eo]rs?|(?:someone|somebody|anyone|anybody) (?:real|"
    r"human|alive|competent|with a (?:brain|pulse)|who (?:works|can actually|knows|is not a|isn't a)))"
)
_NO_MORE = (
    r"\b(?!['’-]|\s+(?:of|at|in|from)\s+(?:the|your|a|one|my)\s+(?:\w+\s+)?(?:store|shop|branch|outlet)|-?\s*(?:size|"
    r"tent|made))"
)
_TALK = r"(?:talk|speak|chat|spk|converse|write|tlk)(?:ing)?"
_REACH = (
    rf"(?:{_TALK}|discuss\w*(?:\s+\w+){{0,2}}|deal(?:ing)?|go (?:over|through)(?:\s+\w+){{0,2}}|sort(?:\s+\w+){{1,2}}"
    r"(?:\s+out)?|(?:a |quick |short )*(?:word|call|chat|conversation)|(?:get |be |put \w+ |come )?in (?:touch|"
    r"contact))"
)
_NOT_ASKED = (
    r"\b(?:don'?t|do not|doesn'?t|didn'?t|no|not|without|never|before|instead of|rather than|avoid|who|"
    r"(?<!how )(?<!where )do i|did i|should i|have to|had to|must i|already|when i|after|was(?! told)|were|kept|"
    r"no need|as|for|had|just got off)\s+(?:\w+\s+){0,2}?"
)
_HELPS = (
    r"(?:help|look|take|handle|answer|call|contact|deal|check|read|reply|respond|talk|speak|assist|review|verify|"
    r"step in|go over|sort|see|jump in|join|walk me|phone|ring|get back|reach out|explain|do (?:it|this|"
    r"that) (?:with|for))"
)
_MACHINE = r"(?:bots?|chat ?bots?|robots?|machines?|computers?|ai|algorithms?|automat\w+|software|recordings?)"

_ANYONE = (
    r"(?:human(?: being)?|person|someone|somebody|anyone|anybody|agents?|represent[ai]tives?|reps?|advis[eo]rs?|"
    r"operators?|staff|colleagues?|managers?|supervisors?|specialists?|experts?|engineers?|technicians?|nurses?|"
    r"doctors?|handlers?|secretar(?:y|ies)|receptionists?|clerks?|officers?|whoever|member of (?:your |the )?\w+|"
    r"one of (?:you|the team|your \w+|the staff)|\w+ handlers?|head of \w+|people)"
)
_THING = (
    r"(?:app|api|gps|unit|device|watch|phone|speaker|lamp|server|database|tablet|printer|customs|group|several|few|"
    r"lot|large|wide)"
)
_NOT_A_HUMAN = (
    r"(?:resources?|anatomy|rights?|body|biology|error|factors?|nature|history|hear|hair|skin|size|sized|consumption|"
    r"food|use|wrote|write|written|trafficking|made|interest)\b"
)
_CONTACT_ME = (
    r"(?:(?:call|ring|phone|contact|message|e-?mail|text|telephone)\s+(?:me|us|my \w+)|get in touch|"
    r"get back to (?:me|us)|reach out|take (?:this|it|over)|talk to me|speak (?:to|with) me|explain (?:it|this|"
    r"that) to me)"
)
_GAP_BEFORE_CONTACT = (
    r"(?:\s+(?!(?:said|told|was|gave|signed|spoke|who|did|had|has|already|never|not|yesterday|will)\b)[\w']+){0,4}?\s+"
)

_ENGLISH = (
    # whoever one talks to is a person
    rf"(?<!\w){_TALK}\s+(?:to|with)\s+(?:an?|your|one of your|one of the|whoever|the last|the same)\s+(?!friends?\b|"
    rf"bank\b|lawyer|{_MACHINE}|{_THING})\w+{_NO_MORE}",
    rf"\b(?:an?|the|your|some|any)?\s*{_ANYONE}{_GAP_BEFORE_CONTACT}{_CONTACT_ME}\b",
    rf"\b(?:chat|call|conversation|word|contact|touch|talk|speak|meeting|appointment|connected)\s+(?:\w+\s+)?(?:to|"
    rf"with)\s+(?:your\s+|an?\s+|the\s+)?{_ANYONE}{_NO_MORE}",
    rf"\b(?:ask|asked|asking|get|reach|see|find|ring|phone|telephone)\s+(?:for\s+)?(?:an?|your|the|any|"
    rf"some)\s+{_ANYONE}\b(?=\s*(?:[.,!?]|$)|\s+(?:here"
    r"|please|now|instead|directly|by (?:phone|telephone)|on the (?:phone|line|telephone))\b)",
    rf"\b(?:get|ask|have|want|need)\s+(?:an?|your|the|one of the|one of your|"
    rf"someone in)\s+(?:\w+\s+){{1,5}}?to\s+{_CONTACT_ME}\b",
    r"\b(?:way|how|number|possible|chance)\b[^.!?]{0,25}\b(?:reach|call|ring|phone|get through to|speak to|"
    r"talk to)\s+(?:you|you lot|you guys|someone|anyone)\b[^.!?]{0,12}\b(?:by|over|on)\s+(?:the\s+)?(?:tele)?phone\b",
    r"\b(?:past|around|beyond|skip|bypass|circumvent|escape)\s+(?:the|this|your)\s+(?:\w+\s+)?(?:bots?|chat ?bots?|"
    r"robots?|machines?|assistant|phone menu|ai)\b",
    rf"\b(?:go|get|switch|move|straight|directly|speed|jump)\s+(?:straight\s+|directly\s+|over\s+|"
    rf"right\s+)?to\s+(?:an?|your|one of your)\s+{_ANYONE}{_NO_MORE}",
    r"\b(?:minutes?|word|moment|quick (?:chat|call|word)|conversation|sit[- ]down)\s+with\s+(?:your|an?|"
    r"one of (?:your|the))\s+\w+\b(?!\s+(?:bot|robot))",
    r"\b(?:fetch|fetching|getting|bring|bringing|calling|send|sending)\s+(?:me\s+|over\s+)*(?:one of (?:the|"
    r"your)\s+(?!parcels|orders|items)\w+s|a colleague|someone from)\b",
    r"^(?:is )?(?:some|any)(?:one|body)\s+(?:\w+\s+)?(?:alive|awake|real|human|in)\s*(?:there|here|at all|"
    r"today)?\s*[?!.]*$",
    rf"\b(?:if|have|want|need|rather)\s+(?:an?|your|one of your)\s+(?:{_ADJECTIVE}\s+)*{_ANYONE}\s+(?:could\s+|"
    rf"would\s+|to\s+)?(?:took|take|had|have|gave|give|looked|"
    r"look|checked|check|read|went|go|reviewed|review|confirmed|confirm|answered|answer)\b",
    r"\b(?:explain|describe|say|tell|show|put)\w*\s+(?:this|it|that|everything|my \w+|"
    r"things)\s+(?:\w+\s+){0,2}?to\s+(?:someone|somebody|an? (?:real |actual )?(?:person|human)|one of (?:you|"
    r"your))\b",
    r"\b(?:can|could|would|will|may)\s+(?:the|your|an?|someone|somebody|anyone|one)\s+(?!courier|driver|carrier|post|"
    r"deliver|bank|app|system|watch|phone)(?:[\w'-]+\s+){0,4}?(?:please\s+)?(?:write|reply|get|come|talk|speak|"
    r"explain|call|ring|phone)\s+(?:\w+\s+)?(?:back\s+)?(?:to\s+|it to\s+|this to\s+)?(?:me|us)\b(?!\s+(?:a|an|the|"
    r"how|what|whether|if|why|when|where|my|your|some|which|about the size))",
    rf"(?<!\w){_TALK}\s+(?:to|with)\s+(?:the|your)\s+\w+(?:\s+\w+)?\s+(?:directly|personally|in person|myself|"
    rf"themselves)\b",
    r"\b(?:connect|transfer|put|pass|hand|forward|refer)\s+(?:me|us)\s+(?:through\s+|over\s+|on\s+|"
    r"straight\s+)*(?:to|with|through to)\s+(?:your|the|an?|one of)\s+(?!wi-?fi|network|internet|account|app|"
    r"bluetooth|server|website|waiting|list)\w+",
    r"\b(?:want|need|like|please|can|could|would)\b[^.!?]{0,30}\b(?:escalated?|an escalation)\b(?!\s+(?:policy|"
    r"matrix|rule|process))",
    r"\b(?:anyone|anybody|someone|somebody)\s+(?:from|at|in)\s+(?:the|your)\s+(?:\w+\s+){1,2}?(?:reading|there|here|"
    r"available|around|online|listening)\b",
    r"\bwho(?:m)?\s+(?:do|can|could|would)\s+(?:i|we)\s+(?:need to\s+)?(?:talk|speak)\s+(?:to|with)\b(?!\s+(?:at|"
    r"in)\b)",
    # human, of no thing that is called so
    rf"\b(?<!did a )(?<!does a )(?<!is a )(?<!would a )human(?:s only)?\b(?!\s+(?:{_NOT_A_HUMAN})|[- ](?:sized?|made|"
    rf"powered|like|kind)|['’]s)(?=[^.!?]{{0,40}}$|\s+"
    r"(?:eyes?|touch|reply|replies|answer|response|help|being|hand|contact|support|agent|please|look|check|brain|"
    r"beings?|person|advis\w+|review)\b)",
    r"\b(?:actual|real|live|living|proper)\s+(?:people|persons?|humans?)\s+(?:only|please|now|instead)\b|"
    r"\bnot you,? (?:an?|your|the|some)\s+\w+",
    r"\b(?:person|human|someone|somebody|agent|advis[eo]r|colleague|specialist|nurse|manager|"
    r"supervisor)\s+(?:had better|should|ought to|must|needs? to|has to)\s+(?:please\s+)?(?:look|read|see|check|"
    r"handle|decide|take|review|answer|deal)",
    r"\bis (?:an?|your|any) (?:\w+ )?(?:nurse|doctor|manager|supervisor|colleague|advis[eo]r|agent|representative|"
    r"operator|technician|person|specialist)\s+(?:on duty|around|available|there|free|in|online)\b",
    r"\b(?:can|could|may|would|do)\s+(?:i|we)\s+(?:do|have|get|go through|settle|discuss)\s+(?:this|it|that|"
    r"a)\b[^.!?]{0,30}\bwith (?:an?|your|some\w*|one of)\b",
    # be in touch with a person
    rf"(?<!\w){_REACH}\s+(?:to|with|2|w/)\s+{_PERSON}{_NO_MORE}",
    rf"\b(?:connect|transfer|forward|pass|put|hand|escalate|switch|redirect|direct|refer|route|patch|"
    rf"take)(?:ed)?\s+(?:me|us|this|it|that|my \w+|(?:the|a) (?:case|ticket|conversation|chat|matter|call|issue)|"
    rf"over|through|up|on|straight)\b[^.!?]{{0,25}}?(?:\s(?:to|through to|onto|over to|with|on to|back to)|"
    rf"(?<=through) to|(?<=over) to|(?<=on) to|(?<=up) to)\s+{_PERSON}{_NO_MORE}",
    rf"\b(?:be|get|being)\s+(?:connected|transferred|forwarded|passed|put|handed|switched|redirected|referred|"
    rf"escalated)\b[^.!?]{{0,20}}?\s(?:to|with)\s+{_PERSON}{_NO_MORE}",
    rf"\b(?:connect|escalate|switch|hand over|forward)\s+(?:to|with)\s+{_PERSON}{_NO_MORE}",
    rf"\b(?:transfer|pass|put through|redirect|route)\s+to\s+{_REAL_PERSON}{_NO_MORE}",
    r"\b(?:someone|somebody)\s+(?:please\s+)?(?:call|phone|ring)\s+me\b",
    rf"\b(?:get|give|send|find|fetch|bring|show|offer|gim)\s*(?:me|us)\s+(?:to\s+)?{_REAL_PERSON}{_NO_MORE}",
    r"\b(?:get|give|send|fetch|bring|find)\s+(?:me|us)\s+(?:your |a |an? actual |the )?(?:manager|supervisor|boss|"
    r"someone|somebody|person|colleague)\b(?!\s+(?:who\s+)?\w+s\b)",
    rf"\b(?:want|need|prefer|request|demand|like|have|get|see|contact|reach|ask for|asking for|asked for|call|take|"
    rf"chance of|require|rather have)\s+{_REAL_PERSON}(?:\s+(?:please|now|here|on|to|who|instead|for|right|over|take|"
    rf"any|twice|"
    r"again|involved|help|support)\b|\s*(?:[.,!?;:)]|$))",
    r"\b(?:want|need|prefer|like)\s+(?:an?\s+)?(?:actual |real )?(?:person|someone|somebody)\s*(?:[.,!?;:)]|$|"
    r"please\b|(?:to|who can)\s+(?:talk|speak|chat|call|help me now|take over))",
    r"\b(?:connect|transfer)\s+(?:me|us)\s+(?:to|with)\s+(?:your\s+|the\s+)?(?:support|service|help ?desk|team)\b",
    # someone to be in touch with
    rf"\b(?:anyone|anybody|someone|somebody|person|people|human|agent|colleague|"
    rf"advis[eo]r)s?\b(?:\s+\w+){{0,4}}?\s+(?:i|we)\s+(?:can|could|may|might)\s+(?:\w+\s+){{0,2}}?(?:{_TALK}|call|"
    rf"reach|contact|discuss|ask in person|deal)\b",
    rf"\bwho(?:m)?\s+(?:can|could|may)\s+(?:i|we)\s+(?:{_TALK}\s+(?:to|with)|call|phone)\b",
    r"\b(?:is|are)\s+there\s+(?:an?y?\s+)?(?:phone|telephone|support|help)\s*(?:line|number)\b",
    rf"\b(?:how|where)\s+(?:do|can|could|would)\s+(?:i|we)\s+(?:get hold of|get through to|get to|get|reach|contact|"
    rf"speak to|talk to|find|call)\s+(?:{_REAL_PERSON}|an?\s+person|{_PERSON}){_NO_MORE}",
    # a person shall act
    rf"\b(?:can|could|may|will|would|let|have|get|want|like|rather|if|prefer)\s+(?:an?|some|your|"
    rf"the)?\s*(?:{_ADJECTIVE}\s+)+(?:person|human|agent|someone|rep)\s+(?:please\s+)?(?:to\s+)?(?:could\s+)?{_HELPS}",
    r"\b(?:can|could|may|will|would|let|have|get|want|like|rather|if|prefer)\s+(?:an?\s+)?(?:human|agent|human being|"
    r"person|"
    rf"colleague of yours|colleague(?! (?:read|look|see|check|review|answer)))\s+(?:please\s+|maybe\s+)?(?:to\s+|"
    rf"could\s+|would\s+)?{_HELPS}",
    r"\b(?:can|could|will|would|have|get|want|if|let|like|ask|may)\s+(?:someone|somebody|anyone|anybody|"
    r"one)\s+(?:real|human|"
    rf"(?:of|from|on|in|at) (?:you|your|the|"
    rf"customer)\b(?:\s+\w+)?(?:\s+team)?)\s+(?:please\s+)?(?:to\s+)?(?:could\s+)?{_HELPS}",
    r"\b(?:can|could|will|would|have|get|want|let)\s+(?:someone|somebody|anyone|anybody|a person|a manager|"
    r"one of you)(?: from \w+ \w+)?\s+(?:please\s+)?(?:to\s+)?(?:call|phone|ring|talk to|speak (?:to|with)|take over|"
    r"contact|reach out)\b",
    r"\b(?:have|get|let|want|need|ask|like|possible (?:to have|for)|arrange for|could|can|would|"
    r"please)\s+(?:for\s+)?(?:an?|your|my|the|one of (?:your|the)|someone|somebody)\s+(?!courier|driver|carrier|post|"
    r"deliver|friend|bank|child|son|daughter|wife|husband|app|system|watch|phone|card|"
    r"colleague\b)(?:[\w'-]+\s+){0,3}?(?:to\s+)?(?:contact|call|phone|ring|get in touch|get back to|reach out to|"
    r"get hold of)(?:\s+(?:me|us|with (?:me|us))\b|\s*(?:[.,!?]|$))",
    rf"\b(?:can|could|may|will|would|let|have|get|want)\s+(?:maybe\s+)?(?:any|some)?one of (?:your|"
    rf"the)\s+(?:\w+\s+){{1,2}}?(?:please\s+)?(?:just\s+)?{_HELPS}",
    r"\b(?:get|have|want|prefer|like|could i|can i|request|arrange|rather)\s+(?:\w+\s+){0,3}?(?:phone|telephone|"
    r"video) ?call\b(?!\s+(?:history|log|record))",
    r"\b(?:discuss|talk|do|sort|go (?:through|over)|settle|explain|resolve)\b[^.!?]{0,30}\b(?:over|on|"
    r"by) the (?:phone|telephone)\b",
    r"\bwho(?:m)?\s+(?:can|could|do|should|may)\s+(?:i|we)\s+(?:ring|call|phone)(?:\s*(?:[.,!?]|$)|\s+(?:about|for|"
    r"instead|to)\b)",
    r"\b(?:like|love|want|prefer|need)\s+to\s+(?:talk|speak|discuss|go)\b[^.!?]{0,15}\s(?:with|to)\s+(?:them|him|"
    r"her)\b",
    rf"\b(?:wait(?:ing)? for|hand from|help from|answer from|reply from|response from|hear from|hear back from|"
    rf"be with|left to|deal with|looked at by|handled by|reviewed by|checked by|answered by|through to|attended by|"
    rf"served by|hold for)\s+(?=an?\s|the\s|one\s|some|your\s|actual|real|human\b){_REAL_PERSON}{_NO_MORE}",
    r"\b(?:wait(?:ing)? for|hand from|help from|answer from|reply from|hear from|be with|looked at by|handled by|"
    r"reviewed by|checked by|answered by)\s+an? (?:actual|real|live) \w+\b",
    r"\b(?:loop|bring|pull|call|rope|get) in (?:an?|the|your|someone|somebody|one of)\b(?!\s+(?:item|parcel|order|"
    r"sick))|\b(?:involve|page|summon) (?:an?|your|someone|somebody|one of)\s+(?:\w+\s+){0,2}?(?:human|person|"
    r"colleague|manager|supervisor|agent|team|specialist|expert|engineer)",
    rf"\b(?:button|number|option|link|way|line|form|menu|key)\s+(?:for|to (?:reach|get|get to|talk to|speak to|"
    rf"contact|call|see))\s+{_PERSON}{_NO_MORE}",
    r"\bput\s+(?:me\s+(?:on|through)\s+)?(?:an?\s+|some\s+)?(?:real |living |actual )?(?:human|person|soul|someone|"
    r"somebody|agent|operator)(?:\s+\w+)?\s+on\b",
    r"\b(?:call|ring|phone)\s+me\s+back\b",
    r"\b(?:want|need|like|request|get|have|arrange|book|for)\s+(?:a\s+)?call ?back\b",
    rf"\b(?:is|are)\s+there\s+{_PERSON}\s+(?:here\s+|there\s+|that\s+|who\s+)*(?:i|we)?\s*(?:can|could|to|"
    rf"may)?\s*(?:actually\s+|just\s+)?(?:{_TALK}|take over|on duty|available|reach)\b",
    rf"\b(?:is|are)\s+there\s+(?:an?y?\s+)?(?:{_ADJECTIVE}\s+)*(?:human|person|agent)s?\s+(?:here|there|available|"
    rf"behind)\b",
    r"\bdo(?:es)? (?:you|your \w+)\s+(?:have|offer)\s+(?:an?y?\s+)?(?:human|live)\s+(?:support|chat|help|agents?|"
    r"assistance)\b",
    rf"\b(?:i'?ll|i will|i'?d|i would)\s+(?:only|rather|prefer to|just)\s+{_TALK}\s+(?:to|with)\s+{_PERSON}{_NO_MORE}",
    r"\b(?:transfer|escalate|put|pass)\s+(?:me|us|my (?:case|request|ticket|question|issue|problem))(?:\s+(?:through|"
    r"on|over|up))?(?:\s*(?:[.,!?]|$)|\s+please\b)",
    r"\bescalate\s+(?:this|it)\b",
)
_NO_MACHINE = (
    r"\b(?:no|no more|(?<!i'm )(?<!i am )not an?|stop (?:this|the|with the|with this|these)|don'?t (?:want|do|like|"
    r"trust|need|use)|instead of|rather than|prefer \w+ over|enough (?:of|with)|not with|not to|sick of|tired of|"
    r"done with|over an?|fed up with)\s+(?:an?\s+|this\s+|these\s+|your\s+|the\s+|some\s+|"
    r"any\s+)?(?:\w+\s+)?(?:chat ?bots?|bots?|robots?(?! (?:vacuum|mower|cleaner|arm|lawn|hoover))|"
    r"automat\w+ (?:answers?|replies|responses|messages)|canned (?:answers?|replies|responses))\b(?!\s+(?:washable|"
    r"wash|made|embroider))",
    rf"\b(?:don'?t|do not|won'?t|will not|refuse to|can'?t|cannot|hate|tired of|sick of|rather not|instead of|not|"
    rf"stop)\s+(?:\w+\s+){{0,4}}?(?:{_TALK}|typ(?:e|ing)|deal(?:ing)?|argu(?:e|ing)|"
    rf"go(?:ing)?)\s+(?:\w+\s+){{0,3}}?(?:to|with|into|through)\s+(?:an?\s+|this\s+|your\s+|the\s+|"
    rf"some\s+)?(?:\w+\s+)?{_MACHINE}\b",
    r"\b(?:isn'?t|is not|aren'?t|other than|besides|not just)\s+(?:just\s+)?(?:an?\s+|the\s+|your\s+)(?:bot|"
    r"chat ?bot|robot|machine|computer|ai)\b(?=\s*(?:[.,!?;]|$|to\b|that\b|who\b|i\b))",
)
"""Refusals of the machine; a negation is part of them."""
_ENGLISH_ALONE = (
    rf"(?:(?:ok|hi|hello|no|please|just|pls|hey|yes|i said|again|sorry but|now|"
    rf"sorry)[\s,.!-]+)*(?:to\s+)?(?:{_REAL_PERSON}|(?:an?\s+)?(?:{_ADJECTIVE}\s+)*(?:person|human|customer service|"
    rf"live chat|human support|live support|human hand-?(?:off|over)|call ?back|manager|csr|(?:talk|"
    rf"speak) to (?:someone|"
    r"somebody)|(?:someone|somebody) (?:from|at|in) [\w ]{3,25}))(?:[\s,.!?]+(?:please|pls|plz|now|here|thanks|"
    r"thank you|required|needed|asap|plox|instead|already|with agent))*[\s.!?:(]*"
)
_ENGLISH_PLEASE = (
    rf"(?:^|[.!?;,:\n]\s*|\b(?:just|only|simply)\s+)(?:an?\s+|some\s+|your\s+)?(?:{_ADJECTIVE}\s+)*"
    r"(?:human(?: being)?|person|agent|represent[ai]tive|operator|rep|advis[eo]r|supervisor|manager|(?:some|"
    r"any)(?:one|body) (?:real|with a brain|else|human|competent)|live chat(?: with \w+)?)\s*,?\s+(?:please|pls|plz|"
    r"now)\b"
)
_ENGLISH_CALL = (
    r"(?:get me |i want |give me )?(?:an? )?(?:(?:real|live|actual) )?(?:human|agent|representative|operator|"
    r"person)(?: now)?"
)
"""A wish when it is a sentence of its own."""
_ASKED_FOR_ONE = (
    r"\b(?:humans?|persons?|agents?|people|representatives?|someone|somebody)\b[^\n]{0,60}\b(?:get|give|find|send|"
    r"bring|fetch|connect|transfer)\s+(?:me\s+)?(?:to\s+)?one\b(?! of)"
)

_HINTS = (
    *("human", "person", "people", "someone", "somebody", "anyone", "anybody", "agent", "rep", "advis", "operator"),
    *("staff", "employee", "colleague", "manager", "supervisor", "specialist", "customer", "support", "service"),
    *("team", "bot", "machine", " ai", "live", "one of you", "one of the", "call", "ring ", "ring?", "whoever"),
    *("who can", "who could", "boss", "escalate", "transfer", "put me", "pass me", "from ", "phone", "computer"),
    *("autom", "department", "canned", "guys", "csr", "engineer", "techni", "tier ", "soul", "folks", "expert"),
    *("contact", "get in touch", "get back", "in charge", "nurse", "doctor", "handler", "secretar", "talk", "speak"),
    *(
        "head of",
        "message me",
        "connect",
        " desk",
        "skip",
        "past ",
        "minutes",
        "fetch",
        "write",
        "reply",
        "explain",
        "clerk",
        "officer",
    ),
)
"""English words without one of which nobody wishes for a person."""

NEGATION_REACH = 60
"""Characters before a wish in which a negation turns it round."""


@cache
def _english() -> re.Pattern[str]:
    return _any_of(_ENGLISH)


@cache
def _no_machine() -> re.Pattern[str]:
    return _any_of(_NO_MACHINE)


@cache
def _elsewhere(language: str) -> re.Pattern[str]:
    return _any_of(patterns_of(ELSEWHERE[language]))


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def prepare() -> None:
    """Compile the patterns of all languages."""
    _english()
    _no_machine()
    for language in ELSEWHERE:
        _elsewhere(language)


@lru_cache(maxsize=REMEMBERED)
def asks_for_person(text: str) -> bool:
    """Whether a message says that its writer wants a person instead of the assistant."""
    said = text if len(text) <= 2 * READ_AT_MOST else text[:READ_AT_MOST] + "\n" + text[-READ_AT_MOST:]
    said = " ".join(_NOT_SAID.sub(" ", said).replace("İ", "i").casefold().replace("’", "'").split())
    return _asked_in_english(said) or any(
        any(hint in said for hint in tongue.hints) and _asked_elsewhere(said, language)
        for language, tongue in ELSEWHERE.items()
    )


def _asked_elsewhere(said: str, language: str) -> bool:
    unwanted = ELSEWHERE[language].unwanted
    return any(
        not re.search(rf"(?:{unwanted})$", said[max(0, found.start() - NEGATION_REACH) : found.start()])
        for found in _elsewhere(language).finditer(said)
    )


def _asked_in_english(said: str) -> bool:
    if not any(hint in said for hint in _HINTS):
        return False
    if re.fullmatch(_ENGLISH_ALONE, said) or re.search(_ENGLISH_PLEASE, said) or re.search(_ASKED_FOR_ONE, said):
        return True
    if any(re.fullmatch(_ENGLISH_CALL, part) for part in re.split(r"[.!?]+\s*", said)):
        return True
    if _no_machine().search(said):
        return True
    return any(not _negated(said, found.start()) for found in _english().finditer(said))


def _negated(said: str, start: int) -> bool:
    return bool(re.search(_NOT_ASKED + r"$", said[max(0, start - NEGATION_REACH) : start]))
