"""callplan: every step of a good follow-up to a job interview, kept right in your calendar."""

__version__ = "0.1.0"
