"""Score the rungs of the toy ladder."""


def measure(notebook):
    """Return one score a rung, 1 being best."""
    slope = notebook["slope"]
    found = notebook["fit"](notebook["points"])
    return {"zero": 0.0, "mean": 0.5, "network": 1 - abs(found - slope)}
