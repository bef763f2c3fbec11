"""Private notes in the library: anchors, attachments, boards, encryption."""
