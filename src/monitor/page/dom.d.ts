// The page runs in a browser. The types of the DOM are visible in all other sources too. The rule “prints, reads the clock, …” of doors.ts
// applies to the page as well.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
