-- what an earlier try of this publication said of its readings goes
DELETE FROM mart.lecture WHERE publication = ?
