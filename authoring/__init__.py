"""What turns the sources of labs into notebooks, and checks that a lab keeps its promises.

``python -m authoring build`` writes what is derived, ``check`` applies the rules, ``answers`` proves
the tests with right and wrong answers, ``calibrate`` measures where thresholds may stand.
"""
