"""Files that customers send with a question: whether the question is about them. Pure."""

import re

ALONE = "The customer sent a file without a word; only a person can look at it."
MATTERS = "The question is about the file that came with it, and Baton cannot look into it."
UNREAD = "A file came with the question; Baton did not look into it."

_SPEAKS_OF_IT = re.compile(
    r"\b(?:attach(?:ed|ment|ments|ing)?|enclosed|screen\s?shots?|screen\s?grab|photos?|pictures?|pics?|images?|scan(?:ned)?|"
    r"pdf|(?:this|the|my)\s+(?:file|document)|"
    r"anhang|angehängt\w*|anbei|beigefügt\w*|bildschirmfoto|fotos?|bild(?:er)?|datei(?:en)?|"
    r"ci-joint\w*|pièces?\s+jointes?|captures?(?:\s+d['’]écran)?|fichiers?|"
    r"adjunt\w+|captura|fotograf[ií]as?|im[aá]gen(?:es)?|archivos?|"
    r"allegat\w+|immagin[ei]|schermata|anexo|anexad\w+|imagem|imagens|ficheiro|"
    r"bijlage|bijgevoegd\w*|afbeelding(?:en)?|schermafbeelding)\b",
    re.IGNORECASE,
)


def spoken_of(text: str) -> bool:
    """Whether a message that came with a file speaks of it, so that it cannot be answered without."""
    return _SPEAKS_OF_IT.search(text) is not None
