// The page runs in a browser. These types are visible in all other sources too; the rule “prints, reads the clock, …” of doors.ts applies
// to the page as well.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
