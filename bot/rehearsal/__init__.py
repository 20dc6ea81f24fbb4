"""Rehearsals: what Baton would say and do, before a customer meets it. They write nothing and tell nobody."""
