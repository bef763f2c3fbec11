"""What every reader shares: bylines, dates, languages, document heads."""
