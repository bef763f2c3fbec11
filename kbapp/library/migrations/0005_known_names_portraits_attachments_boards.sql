CREATE TABLE known_names (                      -- words that the user says name a person wherever they stand
    surface TEXT PRIMARY KEY,
    person INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE portraits (person INTEGER PRIMARY KEY REFERENCES people ON DELETE CASCADE, original TEXT NOT NULL);
CREATE TABLE attachments (                      -- pictures in notes; encrypted with the notes
    id INTEGER PRIMARY KEY,
    note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    media_type TEXT NOT NULL,
    data BLOB NOT NULL,
    sealed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX attachments_by_note ON attachments (note);
CREATE TABLE boards (id INTEGER PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL);
CREATE TABLE board_cards (                      -- notes and headings of a board in the order made by hand
    id INTEGER PRIMARY KEY,
    board INTEGER NOT NULL REFERENCES boards ON DELETE CASCADE,
    position INTEGER NOT NULL,
    note INTEGER REFERENCES notes ON DELETE CASCADE,
    heading TEXT NOT NULL DEFAULT ''
);
CREATE INDEX board_cards_by_board ON board_cards (board, position);
CREATE INDEX board_cards_by_note ON board_cards (note);
