import type { PageView } from './view.ts';
import { agents } from './views/agents.ts';
import { alerts } from './views/alerts.ts';
import { bench } from './views/bench.ts';
import { cache } from './views/cache.ts';
import { cases } from './views/cases.ts';
import { hooks } from './views/hooks.ts';
import { now } from './views/now.ts';
import { resources } from './views/resources.ts';
import { runs } from './views/runs.ts';
import { session } from './views/session.ts';
import { tests } from './views/tests.ts';
import { tools } from './views/tools.ts';

/** The views in the order of the tabs. The file ../serve/views.ts explains how to add a view. */
export const views: readonly PageView[] = [
  now,
  hooks,
  session,
  cases,
  alerts,
  tools,
  agents,
  cache,
  runs,
  bench,
  tests,
  resources,
];
