"""The referee: a process of its own that runs the tests of a lab on a student's values."""
