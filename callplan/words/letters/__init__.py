"""E-mails and letters: drafted from the record, kept as files, sent by the user alone."""
