"""The plan: which steps, when, and why. Pure: values in, values out."""
