-- Every description and quote keeps the reason why it is this person's: an English sentence, the key of its translations.
ALTER TABLE article_people ADD COLUMN description_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE quotes ADD COLUMN reason TEXT NOT NULL DEFAULT '';
-- Hyphens no longer tell two people apart; a key that exists already without them stays as it is, and is suggested.
UPDATE OR IGNORE aliases SET key = replace(key, '-', ' ') WHERE instr(key, '-');
UPDATE OR IGNORE assignments SET key = replace(key, '-', ' ') WHERE instr(key, '-');
UPDATE OR IGNORE rejected_keys SET key = replace(key, '-', ' ') WHERE instr(key, '-');
UPDATE article_people SET key = replace(key, '-', ' ') WHERE instr(key, '-');
UPDATE mentions SET key = replace(key, '-', ' ') WHERE instr(key, '-');
UPDATE OR IGNORE surnames SET surname = substr(surname, length(rtrim(surname, replace(surname, '-', ''))) + 1), key = replace(key, '-', ' ') WHERE instr(key, '-');
