import { agents } from './views/agents.ts';
import { alerts } from './views/alerts.ts';
import { bench } from './views/bench.ts';
import { cache } from './views/cache.ts';
import { cases } from './views/cases.ts';
import { hooks } from './views/hooks.ts';
import { now } from './views/now.ts';
import { resources } from './views/resources.ts';
import { runs } from './views/runs.ts';
import type { View } from './views/seen.ts';
import { session } from './views/session.ts';
import { tests } from './views/tests.ts';
import { tools } from './views/tools.ts';

/**
 * The views of the page. A request for `GET /api/<name>` is answered with the value of the view as JSON.
 *
 * A new view needs two files, and a row in two tables:
 * 1. `serve/views/<name>.ts` exports a function from `Seen` (the store, the time, the query of the address) to a value for JSON. The
 *    function only reads. Its row is in the table below.
 * 2. `page/views/<name>.ts` exports a `PageView` that draws this value into an element. Its row is in `page/views.ts`, in the order of the
 *    tabs. The file imports the type of the value from the first file by `import type`.
 * Texts from the store are untrusted, so the page shows them only as text nodes, created by `h` of `page/h.ts`.
 */
export const views = {
  now,
  hooks,
  session,
  cases,
  agents,
  tools,
  cache,
  alerts,
  runs,
  bench,
  tests,
  resources,
} satisfies Record<string, View>;
