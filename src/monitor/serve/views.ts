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
 * The views of the page: `GET /api/<name>` answers with the view's value as JSON.
 *
 * A new view is two files and two rows:
 * 1. `serve/views/<name>.ts` exports a function from `Seen` (the store, the time, the address's query) to a value for JSON, which only
 *    reads; its row is in this table.
 * 2. `page/views/<name>.ts` exports a `PageView` that draws this value into an element; its row is in `page/views.ts`, in the order of the
 *    tabs. It imports the value's type from 1 by `import type`.
 * Texts from the store are untrusted: the page shows them only as text nodes, by `h` of `page/h.ts`.
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
