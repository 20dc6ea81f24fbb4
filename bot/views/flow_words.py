"""The customer's words about how a conversation flows: offers, corrections, threads; in every language Baton speaks."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class FlowWords:
    """One language. `{minutes}`, `{channel}`, `{question}`, `{customer}` and `{thread}` are filled in."""

    offer: str
    offer_by_itself: str
    offer_yes: str
    offer_rephrase: str
    rephrase: str
    renewed: str
    withdrawn: str
    hello: str
    bystander: str
    second_question: str
    goes_on_there: str
    merged: str
    joined: str
    passed_on: str
    goes_on_here: str
    open_thread: str


EN = FlowWords(
    offer="I could not find a reliable answer to that in our articles. Shall I pass it to a person?",
    offer_by_itself="If I hear nothing from you, I pass it on in {minutes} min.",
    offer_yes="Yes, a person",
    offer_rephrase="I'll rephrase",
    rephrase="Of course. Tell me in other words what you need, as you would tell a colleague.",
    renewed="Renewed, because you changed your question.",
    withdrawn="You took your question back, so I have closed this. Write here if you need us after all.",
    hello="Hello! How can I help? Write here what it is about, and I answer in a thread of its own.",
    bystander="This thread belongs to somebody else's question, so I stay with theirs. "
    "Ask yours in {channel}, and it gets a thread of its own.",
    second_question="{customer}, so that nothing gets lost, your other question goes on in this thread:\n> {question}\n"
    "A person will answer right here.",
    goes_on_there="Your other question (“{question}”) goes on here: {thread}",
    merged="This goes on in your other thread, so that you need to read only one: {thread}",
    joined="What you asked in your other thread is answered here as well:\n> {question}",
    passed_on="I passed that on to your other thread, where this goes on: {thread}",
    goes_on_here="This goes on here again.",
    open_thread="open the thread",
)

DE = FlowWords(
    offer="Dazu habe ich in unseren Artikeln keine verlässliche Antwort gefunden. Soll ich es an einen Menschen geben?",
    offer_by_itself="Wenn ich nichts von Ihnen höre, gebe ich es in {minutes} Min. weiter.",
    offer_yes="Ja, einen Menschen",
    offer_rephrase="Ich frage anders",
    rephrase="Gern. Sagen Sie mir mit anderen Worten, was Sie brauchen, so wie Sie es einem Kollegen sagen würden.",
    renewed="Erneuert, weil Sie Ihre Frage geändert haben.",
    withdrawn="Sie haben Ihre Frage zurückgenommen, deshalb habe ich das hier geschlossen. "
    "Schreiben Sie einfach, wenn Sie uns doch brauchen.",
    hello="Hallo! Wie kann ich helfen? Schreiben Sie hier, worum es geht, und ich antworte in einem eigenen Thread.",
    bystander="Dieser Thread gehört zur Frage von jemand anderem, und ich bleibe bei dieser. "
    "Stellen Sie Ihre in {channel}, dann bekommt sie einen eigenen Thread.",
    second_question="{customer}, damit nichts verloren geht, geht Ihre andere Frage in diesem Thread weiter:\n"
    "> {question}\nEin Mensch antwortet Ihnen hier.",
    goes_on_there="Ihre andere Frage („{question}“) geht hier weiter: {thread}",
    merged="Das geht in Ihrem anderen Thread weiter, damit Sie nur einen lesen müssen: {thread}",
    joined="Was Sie in Ihrem anderen Thread gefragt haben, wird hier mit beantwortet:\n> {question}",
    passed_on="Das habe ich in Ihren anderen Thread weitergegeben, in dem es weitergeht: {thread}",
    goes_on_here="Hier geht es wieder weiter.",
    open_thread="Thread öffnen",
)

FR = FlowWords(
    offer="Je n'ai pas trouvé de réponse fiable dans nos articles. Dois-je transmettre à une personne ?",
    offer_by_itself="Sans nouvelles de votre part, je transmets dans {minutes} min.",
    offer_yes="Oui, une personne",
    offer_rephrase="Je reformule",
    rephrase="Bien sûr. Dites-moi autrement ce qu'il vous faut, comme vous le diriez à un collègue.",
    renewed="Réponse renouvelée, car vous avez modifié votre question.",
    withdrawn="Vous avez retiré votre question, j'ai donc fermé ce fil. Écrivez ici si vous avez besoin de nous.",
    hello="Bonjour ! Comment puis-je aider ? Écrivez ici de quoi il s'agit, je réponds dans un fil à part.",
    bystander="Ce fil appartient à la question de quelqu'un d'autre, et j'y reste. "
    "Posez la vôtre dans {channel}, elle aura son propre fil.",
    second_question="{customer}, pour que rien ne se perde, votre autre question continue dans ce fil :\n> {question}\n"
    "Une personne vous répondra ici.",
    goes_on_there="Votre autre question (« {question} ») continue ici : {thread}",
    merged="La suite est dans votre autre fil, pour que vous n'en lisiez qu'un : {thread}",
    joined="Ce que vous avez demandé dans votre autre fil reçoit aussi sa réponse ici :\n> {question}",
    passed_on="J'ai transmis cela dans votre autre fil, où la suite se passe : {thread}",
    goes_on_here="La suite est de nouveau ici.",
    open_thread="ouvrir le fil",
)

ES = FlowWords(
    offer="No he encontrado una respuesta fiable en nuestros artículos. ¿Lo paso a una persona?",
    offer_by_itself="Si no me dices nada, lo paso en {minutes} min.",
    offer_yes="Sí, una persona",
    offer_rephrase="Lo digo de otra forma",
    rephrase="Claro. Dime con otras palabras qué necesitas, como se lo dirías a un compañero.",
    renewed="Respuesta renovada, porque has cambiado tu pregunta.",
    withdrawn="Has retirado tu pregunta, así que he cerrado esto. Escribe aquí si al final nos necesitas.",
    hello="¡Hola! ¿En qué puedo ayudar? Escribe aquí de qué se trata y respondo en un hilo propio.",
    bystander="Este hilo es de la pregunta de otra persona, y sigo con la suya. "
    "Haz la tuya en {channel} y tendrá su propio hilo.",
    second_question="{customer}, para que no se pierda nada, tu otra pregunta sigue en este hilo:\n> {question}\n"
    "Una persona te responderá aquí.",
    goes_on_there="Tu otra pregunta («{question}») sigue aquí: {thread}",
    merged="Seguimos en tu otro hilo, para que solo tengas que leer uno: {thread}",
    joined="Lo que preguntaste en tu otro hilo se responde también aquí:\n> {question}",
    passed_on="Lo he pasado a tu otro hilo, donde seguimos: {thread}",
    goes_on_here="Seguimos otra vez aquí.",
    open_thread="abrir el hilo",
)

LANGUAGES = {"en": EN, "de": DE, "fr": FR, "es": ES}
KEYS = tuple(field.name for field in fields(FlowWords))


def of(language: str) -> FlowWords:
    """The words of a language (ISO 639-1), English for one that has none."""
    return LANGUAGES.get(language[:2].lower(), EN)
