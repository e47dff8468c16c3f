// The page runs in a browser. This file makes the types of the DOM visible in all other sources too. The architecture test doors.ts
// therefore applies to the page as well, for example the rule that the code must not read the clock.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
