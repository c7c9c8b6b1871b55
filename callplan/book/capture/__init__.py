"""What invitations (`.ics`) and business cards (`.vcf`) say, read from files that strangers wrote."""
