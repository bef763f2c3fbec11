"""What is known of the article in front: its notes, its fields with where each was found, its people."""
