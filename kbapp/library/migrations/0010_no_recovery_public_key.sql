-- A new passphrase makes a new recovery key, too; none is needed to wrap keys for it.
ALTER TABLE vault DROP COLUMN recovery_public;
