"""Applications on disk: types, TOML in and out."""
