import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { RuleGoal } from './goals.ts';
import { ingested } from './ingest.ts';
import { idleShare, shownAfter } from './live.ts';
import { withService } from './service.ts';
import { filledStore } from './store.ts';

/** What the service promises, and how each of it is measured: by name, for `--only`. */
export const serviceRows = ['ingest', 'queries', 'screen', 'idle'] as const;
export type ServiceRow = (typeof serviceRows)[number];

type Asked = { nodes: readonly string[]; rows: readonly ServiceRow[]; quick: boolean };

/** Measures the rows with each version of Node, and so with each driver. */
export async function serviceGoals({ nodes, rows, quick }: Asked): Promise<RuleGoal[]> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-bench-monitor-')));
  const goals: RuleGoal[] = [];
  try {
    const filled = join(place, 'filled', 'monitor.db');
    const until = Date.now();
    if (rows.includes('queries')) await filledStore(filled, quick ? 100_000 : 1_000_000, until);
    for (const [i, node] of nodes.entries()) {
      const version = (await execa(node, ['--version'])).stdout;
      const of = (goal: RuleGoal): RuleGoal => ({ ...goal, goal: `Node ${version.slice(1)}: ${goal.goal}` });
      const home = join(place, `home-${i}`);
      const live = await withService(node, home, async (service) => [
        ...(rows.includes('ingest') ? ingestGoals(await ingested(service, quick ? 10_000 : 50_000, until)) : []),
        ...(rows.includes('screen') ? screenGoals(await shownAfter(service, 1_000_000)) : []),
        ...(rows.includes('idle') ? idleGoals(await idleShare(service, quick ? 10 : 60)) : []),
      ]);
      const queries = rows.includes('queries') ? queryGoals(await asked(node, filled, until)) : [];
      goals.push(...[...live, ...queries].map(of));
    }
    return goals;
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

const ingestGoals = ({ perCpuSecond, perSecond, rssMb }: Awaited<ReturnType<typeof ingested>>): RuleGoal[] => [
  {
    goal: 'at least 10,000 events a CPU second into the database',
    seen: `${Math.round(perCpuSecond)} (${Math.round(perSecond)} a second)`,
    reached: perCpuSecond >= 10_000,
  },
  { goal: 'under 150 MB of memory meanwhile', seen: `${rssMb.toFixed(0)} MB`, reached: rssMb < 150 },
];

const screenGoals = ({ median, longest }: Awaited<ReturnType<typeof shownAfter>>): RuleGoal[] => [
  {
    goal: 'an event is told to the page within 2 s',
    seen: `${median.toFixed(0)} ms, at most ${longest.toFixed(0)} ms`,
    reached: longest <= 2000,
  },
];

const idleGoals = (percent: number): RuleGoal[] => [
  { goal: 'under 0.5 % of a core while nothing comes', seen: `${percent.toFixed(2)} %`, reached: percent < 0.5 },
];

const queryGoals = (ms: Record<string, number>): RuleGoal[] =>
  Object.entries(ms).map(([name, taken]) => ({
    goal: `monitor ${name} of 30 days and 200 series under 150 ms`,
    seen: `${taken.toFixed(0)} ms`,
    reached: taken < 150,
  }));

async function asked(node: string, file: string, until: number): Promise<Record<string, number>> {
  const program = join(import.meta.dirname, 'queries.ts');
  const { stdout } = await execa(node, ['--import', 'tsx', program, file, String(until)]);
  return (JSON.parse(stdout) as { ms: Record<string, number> }).ms;
}
