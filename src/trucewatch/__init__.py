"""trucewatch: reports and the text of a cease-fire agreement in, explained findings out."""

__version__ = "0.1.0"
