"""The shop's topics, with what each may do when the demo starts."""

from dataclasses import dataclass

from storage.kinds import Stage
from storage.tables import Topic


@dataclass(frozen=True, slots=True)
class ShopTopic:
    """A topic and its starting policy. `tolerance`, `threshold` and `frustration_limit` are shares, 0..1."""

    name: str
    title: str
    stage: Stage = Stage.AUTOPILOT
    tolerance: float = 0.05
    threshold: float = 0.6
    frustration_limit: float = 0.6

    def row(self, workspace_id: str) -> Topic:
        """The topic as a table row of this workspace."""
        return Topic(
            workspace_id=workspace_id,
            name=self.name,
            title=self.title,
            stage=self.stage,
            tolerance=self.tolerance,
            threshold=self.threshold,
            frustration_limit=self.frustration_limit,
        )


TOPICS = (
    ShopTopic("orders", "Orders"),
    ShopTopic("delivery", "Delivery", tolerance=0.1),
    ShopTopic("returns", "Returns and refunds"),
    ShopTopic("payments", "Payments", tolerance=0.02),
    ShopTopic("products", "Products and sizes", tolerance=0.1),
    ShopTopic("repairs", "Repairs and warranty", stage=Stage.COPILOT),
)
