CREATE TABLE vault (                            -- one row when notes are kept encrypted; see encryption.py
    id INTEGER PRIMARY KEY CHECK (id = 1),
    salt BLOB NOT NULL,
    by_passphrase BLOB NOT NULL,
    recovery_salt BLOB NOT NULL,
    by_recovery BLOB NOT NULL
);
