"""The words around a reply, in every language Baton speaks: what was found of it, who sees it, what Baton is doing."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class ReplyWords:
    """One language. `{customer}` is filled in with a mention, `{count}` with a number of 1 or more."""

    helpful_button: str
    feedback_label_good: str
    feedback_label_bad: str
    found_helpful: str
    found_unhelpful: str
    helpful_after_all: str
    unhelpful_after_all: str
    told_privately: str
    show_again_button: str
    show_everyone_button: str
    between_us: str
    shown_to_everyone: str
    shown_by: str
    nothing_to_show: str
    changed_already: str
    thinking: str
    prompts_title: str
    file_unread: str
    file_handed_off: str
    more_sources: str


EN = ReplyWords(
    helpful_button="Helpful",
    feedback_label_good="This answer helped me",
    feedback_label_bad="This answer did not help me",
    found_helpful="You found this helpful. Thank you.",
    found_unhelpful="You found this not helpful. Sorry, and thanks for telling me. "
    "Write what is missing and I will try again, or press “Talk to a person”.",
    helpful_after_all="It helped after all",
    unhelpful_after_all="It did not help after all",
    told_privately="{customer}, I answered you here so that only you can see it.",
    show_again_button="Show me again",
    show_everyone_button="Show everyone",
    between_us="This rests on an article that not everyone here may read, so it stays between us.",
    shown_to_everyone="Everyone in this thread can read it now.",
    shown_by="{customer} shows this answer to everyone.",
    nothing_to_show="There is nothing here that only you can see.",
    changed_already="You have changed this once already; I kept what you said last.",
    thinking="is looking it up…",
    prompts_title="What can I help you with?",
    file_unread="I could not look into the file you sent, so this answers your words alone.",
    file_handed_off="I can't look into what you sent, so I'm asking a colleague to look at it.",
    more_sources="and {count} more",
)

DE = ReplyWords(
    helpful_button="Hilfreich",
    feedback_label_good="Diese Antwort hat mir geholfen",
    feedback_label_bad="Diese Antwort hat mir nicht geholfen",
    found_helpful="Sie fanden das hilfreich. Vielen Dank.",
    found_unhelpful="Das hat Ihnen nicht geholfen. Entschuldigung, und danke für den Hinweis. "
    "Schreiben Sie mir, was fehlt, dann versuche ich es noch einmal, "
    "oder drücken Sie auf „Mit einem Menschen sprechen“.",
    helpful_after_all="Doch hilfreich",
    unhelpful_after_all="Doch nicht hilfreich",
    told_privately="{customer}, ich habe Ihnen hier so geantwortet, dass nur Sie es sehen.",
    show_again_button="Noch einmal zeigen",
    show_everyone_button="Allen zeigen",
    between_us="Das beruht auf einem Artikel, den hier nicht alle lesen dürfen. Es bleibt also unter uns.",
    shown_to_everyone="Jetzt können es alle in diesem Thread lesen.",
    shown_by="{customer} zeigt diese Antwort allen.",
    nothing_to_show="Hier ist nichts, was nur Sie sehen.",
    changed_already="Das haben Sie schon einmal geändert; Ihre letzte Angabe gilt.",
    thinking="sieht nach …",
    prompts_title="Womit kann ich Ihnen helfen?",
    file_unread="Ihre Datei konnte ich nicht ansehen; das hier antwortet nur auf Ihre Worte.",
    file_handed_off="Was Sie geschickt haben, kann ich nicht ansehen. Ich bitte jemanden aus unserem Team darum.",
    more_sources="und {count} weitere",
)

FR = ReplyWords(
    helpful_button="Utile",
    feedback_label_good="Cette réponse m'a aidé",
    feedback_label_bad="Cette réponse ne m'a pas aidé",
    found_helpful="Vous avez trouvé cela utile. Merci.",
    found_unhelpful="Cela ne vous a pas aidé. Désolé, et merci de me le dire. "
    "Écrivez ce qui manque et je réessaie, ou appuyez sur « Parler à une personne ».",
    helpful_after_all="Utile, finalement",
    unhelpful_after_all="Pas utile, finalement",
    told_privately="{customer}, je vous ai répondu ici de façon que vous seul puissiez le voir.",
    show_again_button="Me le montrer à nouveau",
    show_everyone_button="Montrer à tous",
    between_us="Cela repose sur un article que tout le monde ici ne peut pas lire, cela reste donc entre nous.",
    shown_to_everyone="Tout le monde dans ce fil peut maintenant le lire.",
    shown_by="{customer} montre cette réponse à tous.",
    nothing_to_show="Il n'y a rien ici que vous seul puissiez voir.",
    changed_already="Vous l'avez déjà changé une fois ; j'ai gardé votre dernier avis.",
    thinking="cherche la réponse…",
    prompts_title="Comment puis-je vous aider ?",
    file_unread="Je n'ai pas pu ouvrir votre fichier : je réponds seulement à ce que vous avez écrit.",
    file_handed_off="Je ne peux pas ouvrir ce que vous avez envoyé, je demande donc à un collègue de le regarder.",
    more_sources="et {count} de plus",
)

ES = ReplyWords(
    helpful_button="Me ayuda",
    feedback_label_good="Esta respuesta me ha ayudado",
    feedback_label_bad="Esta respuesta no me ha ayudado",
    found_helpful="Te ha resultado útil. Gracias.",
    found_unhelpful="No te ha ayudado. Disculpa, y gracias por decírmelo. "
    "Escribe qué falta y lo intento de nuevo, o pulsa «Hablar con una persona».",
    helpful_after_all="Al final sí me ayuda",
    unhelpful_after_all="Al final no me ayuda",
    told_privately="{customer}, te he respondido aquí de modo que solo tú puedas verlo.",
    show_again_button="Mostrármelo otra vez",
    show_everyone_button="Mostrar a todos",
    between_us="Se basa en un artículo que no todos aquí pueden leer, así que queda entre nosotros.",
    shown_to_everyone="Ahora pueden leerlo todos en este hilo.",
    shown_by="{customer} muestra esta respuesta a todos.",
    nothing_to_show="Aquí no hay nada que solo veas tú.",
    changed_already="Ya lo cambiaste una vez; vale lo último que dijiste.",
    thinking="lo está buscando…",
    prompts_title="¿En qué puedo ayudarte?",
    file_unread="No he podido ver el archivo que enviaste; respondo solo a lo que escribiste.",
    file_handed_off="No puedo ver lo que enviaste, así que pido a un compañero que lo mire.",
    more_sources="y {count} más",
)

LANGUAGES = {"en": EN, "de": DE, "fr": FR, "es": ES}
KEYS = tuple(field.name for field in fields(ReplyWords))


def of(language: str) -> ReplyWords:
    """The words of a language (ISO 639-1), English for one that has none."""
    return LANGUAGES.get(language[:2].lower(), EN)
