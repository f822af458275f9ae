-- Sources that have ended, as somebody said it: the last day that they tell of, and the rank of the last load then. What such a source sends later opens it again.
CREATE TABLE registre.source_close (
  source text PRIMARY KEY,
  close_le date NOT NULL,
  rang bigint NOT NULL,
  dite_le timestamptz NOT NULL DEFAULT now()
);
