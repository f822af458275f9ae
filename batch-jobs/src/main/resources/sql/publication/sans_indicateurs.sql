-- what an earlier try of this publication said of its indicators goes
DELETE FROM mart.indicateur WHERE publication = ?
