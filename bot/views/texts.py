"""The customer's words in every language Baton speaks; a language without texts reads English."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Texts:
    """One language. `{company}`, `{agent}`, `{score}`, `{channels}` and `{questions}` are filled in."""

    introduction: str
    person_hint: str
    solved_button: str
    not_helpful_button: str
    person_button: str
    sources: str
    handed_off_wish: str
    handed_off_frustration: str
    handed_off_not_found: str
    handed_off_unsure: str
    handed_off_failed: str
    handed_off_plain: str
    handed_off_rest: str
    stays_here: str
    claimed: str
    resolved_by_person: str
    resolved_by_ai: str
    reopen_hint: str
    given_back: str
    nothing_said: str
    elsewhere: str
    elsewhere_direct: str
    survey_question: str
    survey_low: str
    survey_high: str
    thanks_good: str
    thanks_bad: str
    comment_button: str
    comment_title: str
    comment_label: str
    comment_hint: str
    submit: str
    cancel: str
    commented: str
    survey_reminder: str
    thanks_late: str
    thanks_quiet: str
    commented_quiet: str
    home_title: str
    home_text: str
    home_text_direct: str


EN = Texts(
    introduction="Hi, I'm the assistant of {company}. I answer from our help articles.",
    person_hint="Prefer a person? Press the button or just write it here.",
    solved_button="That solved it",
    not_helpful_button="Not helpful",
    person_button="Talk to a person",
    sources="From",
    handed_off_wish="Of course. I'm getting a person from our team for you.",
    handed_off_frustration=(
        "I'm sorry for all the trouble this has been. A person from our team is taking it from here. "
        "They see everything you wrote, so you won't have to explain it again."
    ),
    handed_off_not_found="I couldn't find a reliable answer to this, so I'm asking a colleague.",
    handed_off_unsure="I'd rather not guess here, so I'm asking a colleague who knows.",
    handed_off_failed="I can't look this up at the moment, so I'm passing it straight to a colleague.",
    handed_off_plain="I'm passing this to a colleague.",
    handed_off_rest="I couldn't find a reliable answer to “{questions}”, so I'm asking a colleague about that part.",
    stays_here="They will answer right here in this thread.",
    claimed="{agent} is here now and is reading what you wrote.",
    resolved_by_person="This is marked as solved. Thanks for your patience.",
    resolved_by_ai="Great, I'm marking this as solved.",
    reopen_hint="If anything is left, just write here and we carry on.",
    given_back="I'm back with you. Ask me anything else, or write that you want a person again.",
    nothing_said="How can I help? Tell me in a sentence what it is about.",
    elsewhere="I answer questions in {channels}. Please ask me there.",
    elsewhere_direct="I answer questions in direct messages. Please write to me there.",
    survey_question="How was that for you?",
    survey_low="1 = poor",
    survey_high="5 = great",
    thanks_good="Thank you for the {score}. You can still change it by pressing another number.",
    thanks_bad="Thank you for telling us ({score}). A sentence on what went wrong would help us.",
    comment_button="Add a comment",
    comment_title="Your comment",
    comment_label="What should we know?",
    comment_hint="A sentence is enough.",
    submit="Send",
    cancel="Cancel",
    commented="Thank you, your rating ({score}) and your comment are noted.",
    survey_reminder="If you have a moment: how was that for you?",
    thanks_late="Thank you. It is too late for this rating to count; if anything is still open, just write here.",
    thanks_quiet="Thank you, your rating is noted. You can still change it by pressing another number.",
    commented_quiet="Thank you, your rating and your comment are noted.",
    home_title="Help from {company}",
    home_text="Ask a question in {channels}, or write to me here. A person is always one button away.",
    home_text_direct="Write your question to me here. A person is always one button away.",
)

DE = Texts(
    introduction="Hallo, ich bin der Assistent von {company}. Ich antworte aus unseren Hilfeartikeln.",
    person_hint="Lieber mit einem Menschen sprechen? Drücken Sie den Knopf oder schreiben Sie es einfach hier.",
    solved_button="Das war die Lösung",
    not_helpful_button="Hilft mir nicht",
    person_button="Mit einem Menschen sprechen",
    sources="Aus",
    handed_off_wish="Natürlich, gern. Ich hole einen Menschen aus unserem Team für Sie.",
    handed_off_frustration=(
        "Es tut mir leid, dass Sie damit so viel Ärger haben. Ein Mensch aus unserem Team übernimmt jetzt "
        "und sieht alles, was Sie geschrieben haben. Sie müssen nichts noch einmal erklären."
    ),
    handed_off_not_found="Darauf habe ich keine verlässliche Antwort gefunden. Ich frage jemanden aus dem Team.",
    handed_off_unsure="Hier möchte ich nicht raten. Ich frage jemanden, der es weiß.",
    handed_off_failed="Ich kann gerade nicht nachsehen und gebe das gleich an jemanden aus dem Team.",
    handed_off_plain="Ich gebe das an jemanden aus dem Team weiter.",
    handed_off_rest="Zu „{questions}“ habe ich keine verlässliche Antwort gefunden. "
    "Diesen Teil gebe ich an jemanden aus dem Team.",
    stays_here="Die Antwort kommt hier in diesem Thread.",
    claimed="{agent} ist jetzt da und liest, was Sie geschrieben haben.",
    resolved_by_person="Das ist als gelöst vermerkt. Danke für Ihre Geduld.",
    resolved_by_ai="Schön, ich vermerke das als gelöst.",
    reopen_hint="Falls noch etwas offen ist, schreiben Sie einfach hier weiter.",
    given_back="Ich bin wieder für Sie da. Fragen Sie weiter, oder schreiben Sie, dass Sie einen Menschen möchten.",
    nothing_said="Wie kann ich helfen? Sagen Sie mir in einem Satz, worum es geht.",
    elsewhere="Fragen beantworte ich in {channels}. Bitte fragen Sie mich dort.",
    elsewhere_direct="Fragen beantworte ich in Direktnachrichten. Bitte schreiben Sie mir dort.",
    survey_question="Wie war das für Sie?",
    survey_low="1 = schlecht",
    survey_high="5 = sehr gut",
    thanks_good="Danke für die {score}. Sie können sie mit einer anderen Zahl noch ändern.",
    thanks_bad="Danke für die Rückmeldung ({score}). Ein Satz dazu, was schiefging, hilft uns.",
    comment_button="Kommentar schreiben",
    comment_title="Ihr Kommentar",
    comment_label="Was sollten wir wissen?",
    comment_hint="Ein Satz genügt.",
    submit="Senden",
    cancel="Abbrechen",
    commented="Danke, Ihre Bewertung ({score}) und Ihr Kommentar sind notiert.",
    survey_reminder="Wenn Sie einen Moment haben: Wie war das für Sie?",
    thanks_late="Vielen Dank. Für diese Bewertung ist es zu spät, sie zählt nicht mehr. Falls noch etwas "
    "offen ist, schreiben Sie einfach hier.",
    thanks_quiet="Danke, Ihre Bewertung ist notiert. Sie können sie mit einer anderen Zahl noch ändern.",
    commented_quiet="Danke, Ihre Bewertung und Ihr Kommentar sind notiert.",
    home_title="Hilfe von {company}",
    home_text="Fragen Sie in {channels}, oder schreiben Sie mir hier. Ein Mensch ist nur einen Klick weit weg.",
    home_text_direct="Schreiben Sie mir Ihre Frage hier. Ein Mensch ist nur einen Klick weit weg.",
)

FR = Texts(
    introduction="Bonjour, je suis l'assistant de {company}. Je réponds à partir de nos articles d'aide.",
    person_hint="Vous préférez parler à une personne ? Appuyez sur le bouton ou écrivez-le ici.",
    solved_button="C'est résolu",
    not_helpful_button="Pas utile",
    person_button="Parler à une personne",
    sources="Source",
    handed_off_wish="Bien sûr. Je fais venir une personne de notre équipe pour vous.",
    handed_off_frustration=(
        "Je suis désolé pour tous ces désagréments. Une personne de notre équipe prend le relais "
        "et voit tout ce que vous avez écrit : vous n'aurez rien à répéter."
    ),
    handed_off_not_found="Je n'ai pas trouvé de réponse fiable, alors je demande à un collègue.",
    handed_off_unsure="Je préfère ne pas vous répondre au hasard, alors je demande à un collègue qui sait.",
    handed_off_failed="Je ne peux pas chercher en ce moment, alors je transmets tout de suite à un collègue.",
    handed_off_plain="Je transmets à un collègue.",
    handed_off_rest="Pour « {questions} », je n'ai pas trouvé de réponse fiable : "
    "je transmets cette partie à un collègue.",
    stays_here="La réponse arrivera ici, dans ce fil.",
    claimed="{agent} est là et lit ce que vous avez écrit.",
    resolved_by_person="C'est noté comme résolu. Merci de votre patience.",
    resolved_by_ai="Parfait, je note que c'est résolu.",
    reopen_hint="S'il reste quelque chose, écrivez simplement ici.",
    given_back="Je suis de retour. Posez-moi vos questions, ou écrivez que vous voulez une personne.",
    nothing_said="Comment puis-je vous aider ? Dites-moi en une phrase de quoi il s'agit.",
    elsewhere="Je réponds aux questions dans {channels}. Posez-la-moi là-bas, s'il vous plaît.",
    elsewhere_direct="Je réponds aux questions en message direct. Écrivez-moi là-bas, s'il vous plaît.",
    survey_question="Comment cela s'est-il passé pour vous ?",
    survey_low="1 = mal",
    survey_high="5 = très bien",
    thanks_good="Merci pour ce {score}. Vous pouvez encore le changer avec un autre chiffre.",
    thanks_bad="Merci de nous l'avoir dit ({score}). Une phrase sur ce qui n'a pas marché nous aiderait.",
    comment_button="Ajouter un commentaire",
    comment_title="Votre commentaire",
    comment_label="Que devrions-nous savoir ?",
    comment_hint="Une phrase suffit.",
    submit="Envoyer",
    cancel="Annuler",
    commented="Merci, votre note ({score}) et votre commentaire sont enregistrés.",
    survey_reminder="Si vous avez un instant : comment cela s'est-il passé pour vous ?",
    thanks_late="Merci. Il est trop tard pour que cette note compte ; s'il reste quelque chose, écrivez "
    "simplement ici.",
    thanks_quiet="Merci, votre note est enregistrée. Vous pouvez encore la changer avec un autre chiffre.",
    commented_quiet="Merci, votre note et votre commentaire sont enregistrés.",
    home_title="L'aide de {company}",
    home_text="Posez votre question dans {channels}, ou écrivez-moi ici. Une personne est toujours à un clic.",
    home_text_direct="Écrivez-moi votre question ici. Une personne est toujours à un clic.",
)

ES = Texts(
    introduction="Hola, soy el asistente de {company}. Respondo a partir de nuestros artículos de ayuda.",
    person_hint="¿Prefieres hablar con una persona? Pulsa el botón o escríbelo aquí.",
    solved_button="Está resuelto",
    not_helpful_button="No me ayuda",
    person_button="Hablar con una persona",
    sources="Fuente",
    handed_off_wish="Por supuesto. Aviso a una persona de nuestro equipo para que te atienda.",
    handed_off_frustration=(
        "Siento mucho todas estas molestias. Una persona de nuestro equipo sigue a partir de aquí "
        "y ve todo lo que has escrito, así que no tendrás que repetir nada."
    ),
    handed_off_not_found="No he encontrado una respuesta fiable, así que pregunto a alguien del equipo.",
    handed_off_unsure="Prefiero no responderte a ojo, así que pregunto a alguien del equipo que lo sabe.",
    handed_off_failed="Ahora mismo no puedo consultarlo, así que lo paso enseguida a alguien del equipo.",
    handed_off_plain="Lo paso a alguien del equipo.",
    handed_off_rest="Sobre «{questions}» no he encontrado una respuesta fiable: paso esa parte a alguien del equipo.",
    stays_here="La respuesta llegará aquí, en este hilo.",
    claimed="{agent} ya está aquí y lee lo que has escrito.",
    resolved_by_person="Queda marcado como resuelto. Gracias por tu paciencia.",
    resolved_by_ai="Perfecto, lo marco como resuelto.",
    reopen_hint="Si queda algo, escribe aquí y seguimos.",
    given_back="Vuelvo a estar contigo. Pregúntame lo que quieras, o escribe que quieres una persona.",
    nothing_said="¿En qué puedo ayudarte? Dime en una frase de qué se trata.",
    elsewhere="Respondo preguntas en {channels}. Pregúntame allí, por favor.",
    elsewhere_direct="Respondo preguntas por mensaje directo. Escríbeme allí, por favor.",
    survey_question="¿Qué tal te ha ido?",
    survey_low="1 = mal",
    survey_high="5 = muy bien",
    thanks_good="Gracias por el {score}. Todavía puedes cambiarlo con otro número.",
    thanks_bad="Gracias por decírnoslo ({score}). Una frase sobre lo que ha fallado nos ayudaría.",
    comment_button="Añadir un comentario",
    comment_title="Tu comentario",
    comment_label="¿Qué deberíamos saber?",
    comment_hint="Basta una frase.",
    submit="Enviar",
    cancel="Cancelar",
    commented="Gracias, tu valoración ({score}) y tu comentario están anotados.",
    survey_reminder="Si tienes un momento: ¿qué tal te ha ido?",
    thanks_late="Gracias. Ya es tarde para que esta valoración cuente; si queda algo, escribe aquí.",
    thanks_quiet="Gracias, tu valoración está anotada. Todavía puedes cambiarla con otro número.",
    commented_quiet="Gracias, tu valoración y tu comentario están anotados.",
    home_title="Ayuda de {company}",
    home_text="Pregunta en {channels}, o escríbeme aquí. Siempre hay una persona a un clic.",
    home_text_direct="Escríbeme aquí tu pregunta. Siempre hay una persona a un clic.",
)

LANGUAGES = {"en": EN, "de": DE, "fr": FR, "es": ES}
KEYS = tuple(field.name for field in fields(Texts))


def of(language: str) -> Texts:
    """The texts of a language (ISO 639-1), English for one that has none."""
    return LANGUAGES.get(language[:2].lower(), EN)
