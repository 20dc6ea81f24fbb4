"""The page of the local workspace: customer, desk and managers side by side."""

from bot.demo.page.routes import Pane, Panes, Try, attach

__all__ = ["Pane", "Panes", "Try", "attach"]
