"""Seeded generators that stand in for data sets: same shapes, types and behaviour, made in seconds."""
