"""Shared by all tests: one Hypothesis profile, because a busy machine is no defect."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "trucewatch", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("trucewatch")
