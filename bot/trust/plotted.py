"""What a plot of risk against coverage shows, and having it drawn in a process of its own."""

from pydantic import BaseModel, ConfigDict

from bot import apart
from bot.charts.picture import CannotDraw
from bot.views import figures
from handoff.certificate import percent
from handoff.risk_coverage import Point

PATIENCE_SECONDS = 60.0


class Plotted(BaseModel):
    """A topic's thresholds, as its reviews tell them."""

    model_config = ConfigDict(frozen=True)

    title: str
    tolerance: float
    threshold: float | None = None
    """The one in use, or that a certificate offers."""
    certified: bool = False
    points: tuple[Point, ...] = ()

    @property
    def reviews(self) -> int:
        """How many reviews the plot rests on."""
        return self.points[-1].reviews if self.points else 0

    def in_words(self) -> str:
        """The plot for those who cannot see it."""
        limit = f"tolerance {percent(self.tolerance)}"
        if not self.points:
            return f"{self.title}: no reviews yet; {limit}."
        all_of_it = self.points[-1]
        wrong = figures.percent(all_of_it.error)
        words = f"{self.title}, from {self.reviews} reviews: answering everything, {wrong} would be wrong"
        at = [point for point in self.points if self.threshold is not None and point.threshold >= self.threshold]
        if not at or self.threshold is None:
            return f"{words}; {limit}."
        kind = "certified" if self.certified else "unproved"
        return (
            f"{words}; at the {kind} threshold {self.threshold:.2f} it answers {figures.percent(at[-1].coverage)}, "
            f"{figures.percent(at[-1].error)} of that wrong; {limit}."
        )


async def picture(plotted: Plotted) -> bytes:
    """The plot as a PNG.

    Raises:
        CannotDraw: when the drawing fails or takes longer than a minute.
    """
    try:
        return await apart.run("bot.trust.plot", plotted.model_dump_json().encode(), patience=PATIENCE_SECONDS)
    except apart.Failed as error:
        raise CannotDraw(str(error)) from error
