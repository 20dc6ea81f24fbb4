"""What became of articles since somebody read them."""

from storage.library import Article
from storage.row import now


def since_then(content_hash: str, article: Article | None) -> str:
    """What became of an article since a decision read it; empty when it is as it was."""
    if article is None:
        return "gone since"
    if article.removed_at:
        return "removed since"
    if article.replaced_by:
        return "replaced since"
    if article.valid_until and article.valid_until <= now():
        return "expired since"
    if article.valid_from and article.valid_from > now():
        return "put off since"
    return "changed since" if content_hash and content_hash != article.content_hash else ""
