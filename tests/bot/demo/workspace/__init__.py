"""Tests of bot/demo/workspace."""
