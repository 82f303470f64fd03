CREATE TABLE stations (
  id integer PRIMARY KEY,
  name text NOT NULL UNIQUE,
  docks integer NOT NULL
);
COMMENT ON TABLE stations IS 'Where bikes are taken and returned';
INSERT INTO stations VALUES
  (1, 'Harbour', 24), (2, 'Old Mill', 12), (3, 'Botanic Garden', 16),
  (4, 'Central Station', 40), (5, 'University', 32), (6, 'Riverside', 18);

CREATE TABLE bikes (
  id integer PRIMARY KEY,
  model text NOT NULL,
  electric boolean NOT NULL,
  in_service_since date NOT NULL
);
INSERT INTO bikes
SELECT n, CASE n % 3 WHEN 0 THEN 'Swift' WHEN 1 THEN 'Heron' ELSE 'Plover' END, n % 4 = 0,
       date '2024-03-01' + n
FROM generate_series(1, 60) AS n;

CREATE TABLE trips (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bike integer NOT NULL REFERENCES bikes,
  from_station integer NOT NULL REFERENCES stations,
  to_station integer NOT NULL REFERENCES stations,
  started_at timestamptz NOT NULL,
  minutes integer NOT NULL CHECK (minutes > 0),
  fare numeric(8, 2) NOT NULL
);
CREATE INDEX trips_by_start ON trips (started_at);
INSERT INTO trips (bike, from_station, to_station, started_at, minutes, fare)
SELECT 1 + n * 7 % 60, 1 + (n * n + n / 7) % 6, 1 + n * 5 % 6,
       timestamptz '2026-05-01 06:00+00' + n * interval '11 minutes',
       4 + n * 13 % 55, round((1.50 + (4 + n * 13 % 55) * 0.18)::numeric, 2)
FROM generate_series(1, 2000) AS n;
