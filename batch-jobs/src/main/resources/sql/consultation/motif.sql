-- one row: a reason of exclusion in words, empty when it has none
SELECT coalesce(restitution.motif(?), '')
