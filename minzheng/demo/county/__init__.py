"""An invented population for a real county: believable people in the villages of 新晃侗族自治县 (431227).

Nobody in it exists. The same seed always makes the same people.
"""
