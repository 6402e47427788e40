-- +goose Up
-- What a search finds, derived from the documents. An id's upper bits are the place of its kind in the order of results.
CREATE TABLE entries (
  id    INTEGER PRIMARY KEY,
  pack  TEXT NOT NULL REFERENCES packs (id) ON DELETE CASCADE,
  kind  TEXT NOT NULL,
  entry TEXT NOT NULL, -- the document's id, of a stop its route's and its own
  route TEXT,          -- on whose page it is told
  stop  TEXT,
  place TEXT,          -- that it is about
  as_of INTEGER NOT NULL, -- 0 where the entry is no statement of a source
  title TEXT NOT NULL, -- JSON, plain text by language
  body  TEXT NOT NULL
) STRICT;

CREATE INDEX entries_by_pack ON entries (pack);
CREATE INDEX entries_by_place ON entries (pack, place, id) WHERE route IS NOT NULL;

-- The words of titles and bodies in every language, cut and folded by segment.go, which needs no more than the spaces
-- between them. The texts themselves are in entries.
CREATE VIRTUAL TABLE entry_words USING fts5 (title, body, content = '', contentless_delete = 1, tokenize = 'ascii');

-- +goose StatementBegin
CREATE TRIGGER entry_words_go AFTER DELETE ON entries BEGIN
  DELETE FROM entry_words WHERE rowid = old.id;
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE entries;
DROP TABLE entry_words;
DELETE FROM meta WHERE key = 'entries';
