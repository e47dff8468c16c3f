CREATE TABLE customers (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (
  id integer PRIMARY KEY, customer_id integer NOT NULL, status text NOT NULL, day integer NOT NULL, cents integer NOT NULL
);
