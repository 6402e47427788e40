-- +goose Up
-- A pack's first routes, and a lesson, are found without reading all documents.
CREATE INDEX routes_in_order ON documents (pack, position) WHERE kind = 'route';
CREATE INDEX lessons ON documents (id) WHERE kind = 'lesson';

-- +goose Down
DROP INDEX lessons;
DROP INDEX routes_in_order;
