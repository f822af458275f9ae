-- a plain table until it is attached: no reader of the parent ever waits for it
CREATE TABLE mart.{table}_{n} (LIKE mart.{table} INCLUDING DEFAULTS, CHECK (publication = {n}));
ALTER TABLE mart.{table}_{n} ALTER publication SET DEFAULT {n}
