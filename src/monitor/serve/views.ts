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
 * The views of the page. The server responds to `GET /api/<name>` with the value of the view as JSON.
 *
 * A new view needs two files. The first file, `serve/views/<name>.ts`, exports a function that takes a `Seen` and returns a value for JSON.
 * The function must not write. Add the function to the list below. The second file, `page/views/<name>.ts`, exports a `PageView` that draws
 * this value into an element. Import the type of the value from the first file with `import type`. Add the `PageView` to the list in
 * `page/views.ts`, which has the order of the tabs.
 *
 * Texts from the store are untrusted, so the page must show them only as text nodes. The function `h` of `page/h.ts` creates text nodes.
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
