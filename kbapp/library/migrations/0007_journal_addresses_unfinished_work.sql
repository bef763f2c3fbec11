-- Every change by the user, with what takes it back; see undo.py.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made TEXT NOT NULL,
    origin TEXT NOT NULL,                       -- which window or command made it
    command TEXT NOT NULL,                      -- the name of its type
    version INTEGER NOT NULL,                   -- of the form of the data; 0 is that of corrections from before this table
    subject INTEGER,                            -- the article, person, note or board that it is about
    names TEXT NOT NULL,                        -- JSON: what it was done to, in words; nothing that notes say
    data TEXT NOT NULL,                         -- JSON: rows before and after, by names of columns
    undone TEXT                                 -- when it was taken back
);
CREATE INDEX journal_by_origin ON journal (origin, id);
INSERT INTO journal (id, made, origin, command, version, subject, names, data, undone)
    SELECT id, made, '', 'CORRECT', 0, json_extract(undo, '$.person'), json_array(title), undo, CASE WHEN undone THEN made END
    FROM corrections;
DROP TABLE corrections;

ALTER TABLE articles ADD COLUMN url_key TEXT;                              -- see articles/identity.py
CREATE INDEX articles_by_url_key ON articles (url_key) WHERE url_key IS NOT NULL;

-- Work that is finished when the library is opened next: wiping what stood in the clear, filling new columns.
CREATE TABLE unfinished_work (name TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO unfinished_work VALUES ('url_keys');

-- A public key of the recovery key, so that the notes' key can change without typing the recovery key again.
ALTER TABLE vault ADD COLUMN recovery_public BLOB;
