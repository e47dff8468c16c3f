// The page runs in a browser, so it needs the types of the DOM. The references below make these types visible in all other sources too. The
// architecture rules in doors.ts also apply to the page. For example, the code of the page must not read the clock.

/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
