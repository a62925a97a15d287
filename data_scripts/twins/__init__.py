"""Seeded generators that stand in for data sets: same shapes and behaviour, made in seconds."""
