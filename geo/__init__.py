"""What the public data say about England's neighbourhoods. No user interface in here."""
