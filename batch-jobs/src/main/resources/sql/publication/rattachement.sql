-- a table of a publication becomes a part of what is read
ALTER TABLE mart.{table} ATTACH PARTITION mart.{table}_{n} FOR VALUES IN ({n})
