"""Themes: what customers ask in vain, grouped, named, followed from week to week, and answered by an article."""
