"""Trust: what a topic may do alone, and what watches over it."""

from bot.trust.nightly import learn
from bot.trust.posting_plots import send_plot
from bot.trust.versions import on_start, preview
from bot.trust.watching import after_review

__all__ = ["after_review", "learn", "on_start", "preview", "send_plot"]
