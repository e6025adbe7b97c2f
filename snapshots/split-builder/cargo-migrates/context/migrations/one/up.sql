CREATE TABLE tides (height REAL);
