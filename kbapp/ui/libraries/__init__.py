"""Libraries as a whole: opened, made, restored from a backup, checked, their citations written."""
