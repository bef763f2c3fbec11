"""Files of press databases: many articles in one text, RTF, Word document or page."""
