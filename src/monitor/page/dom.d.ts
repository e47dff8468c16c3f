// The page runs in a browser. All other sources see these names too; the rule “prints, reads the clock, …” of doors.ts holds for the page as well.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
