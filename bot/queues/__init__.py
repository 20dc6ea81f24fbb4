"""Works off the two durable queues: what came in goes to whoever handles it, what went out has its consequences."""
