"""Telegram in, screens out: one module per conversation; words come from `texts/` by key."""
