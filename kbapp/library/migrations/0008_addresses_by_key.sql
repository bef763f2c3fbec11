-- Addresses are compared by their keys.
DROP INDEX articles_by_url;
