"""Spacecraft-like telemetry: 24 made channels of a small satellite, with labelled anomalies.

There is no real one to read: `data_scripts.twins.telemetry` makes it. This module says what its
arrays are.
"""

from __future__ import annotations

from data_scripts.ragged import Arrays
from data_scripts.table import Table

# The columns of x, by subsystem, with their units.
COLUMNS = (
    "sun (share)",
    "panel current (A)",
    "panel temperature (degC)",
    "bus voltage (V)",
    "battery charge (%)",
    "battery current (A)",
    "battery temperature (degC)",
    "load (W)",
    "computer temperature (degC)",
    "computer use (%)",
    "memory use (%)",
    "payload on (0/1)",
    "payload temperature (degC)",
    "heater on (0/1)",
    "tank temperature (degC)",
    "tank pressure (bar)",
    "wheel 1 (rpm)",
    "wheel 2 (rpm)",
    "wheel 3 (rpm)",
    "pointing error (arcmin)",
    "magnetometer (uT)",
    "gyro (deg/h)",
    "radio temperature (degC)",
    "radio signal (dBm)",
)
# What a row's state stands for.
STATES = ("nominal", "spike", "stuck", "drift", "dip", "oscillation")


def present(split: str, arrays: Arrays) -> Table:
    """Give the series as a Table with the code column "state"."""
    return Table(arrays["x"], arrays["time"], COLUMNS, {"state": arrays["y"]}, {"state": STATES})
