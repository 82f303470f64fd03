CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  year INTEGER NOT NULL
);
CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  book INTEGER NOT NULL REFERENCES books (id),
  lent_on TEXT NOT NULL,
  returned_on TEXT
);
CREATE INDEX loans_by_book ON loans (book);
INSERT INTO books (title, author, year) VALUES
  ('Frankenstein', 'Mary Shelley', 1818),
  ('Moby-Dick', 'Herman Melville', 1851),
  ('Middlemarch', 'George Eliot', 1871),
  ('The Time Machine', 'H. G. Wells', 1895),
  ('Effi Briest', 'Theodor Fontane', 1896),
  ('The Tale of Genji', 'Murasaki Shikibu', 1021);
INSERT INTO loans (book, lent_on, returned_on) VALUES
  (1, '2026-04-02', '2026-04-20'),
  (3, '2026-04-11', NULL),
  (6, '2026-05-05', '2026-05-30'),
  (3, '2026-06-01', NULL);
