import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { FOR, firedAfter } from './alert.ts';
import type { RuleGoal } from './goals.ts';
import { ingested } from './ingest.ts';
import { idleShare, shownAfter } from './live.ts';
import { pageShown, type Shown } from './page.ts';
import { type Service, withService } from './service.ts';
import { CLIENT_SECONDS, serviceSecondsOfMinute } from './session.ts';
import { filledStore } from './store.ts';

/** Names of the service's measurements, for `--only`. */
export const serviceRows = ['ingest', 'overhead', 'screen', 'alert', 'idle', 'queries', 'page', 'crash'] as const;
export type ServiceRow = (typeof serviceRows)[number];

type Asked = { nodes: readonly string[]; rows: readonly ServiceRow[]; quick: boolean };

/** Measures the rows with each version of Node, and so with each database driver. */
export async function serviceGoals({ nodes, rows, quick }: Asked): Promise<RuleGoal[]> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-bench-monitor-')));
  const goals: RuleGoal[] = [];
  try {
    const filled = join(place, 'filled', 'monitor.db');
    const until = Date.now();
    const needsFilled = rows.includes('queries') || rows.includes('page');
    if (needsFilled) await filledStore(filled, quick ? 100_000 : 1_000_000, until);
    for (const [i, node] of nodes.entries()) {
      const version = (await execa(node, ['--version'])).stdout;
      const of = (goal: RuleGoal): RuleGoal => ({ ...goal, goal: `Node ${version.slice(1)}: ${goal.goal}` });
      const live: readonly (readonly [ServiceRow, (service: Service) => Promise<RuleGoal[]>])[] = [
        ['alert', async (service) => alertGoals(await firedAfter(service, 2_000_000))],
        ['ingest', async (service) => ingestGoals(await ingested(service, quick ? 10_000 : 50_000, until))],
        ['overhead', async (service) => overheadGoals(await serviceSecondsOfMinute(service, 3_000_000))],
        ['screen', async (service) => screenGoals(await shownAfter(service, 1_000_000))],
        ['idle', async (service) => idleGoals(await idleShare(service, quick ? 10 : 60))],
      ];
      const wanted = live.filter(([row]) => rows.includes(row));
      const inService = async (service: Service) => {
        const found: RuleGoal[] = [];
        for (const [, measured] of wanted) found.push(...(await measured(service)));
        return found;
      };
      if (wanted.length > 0) goals.push(...(await withService(node, join(place, `home-${i}`), inService)).map(of));
      if (rows.includes('queries')) goals.push(...queryGoals(await asked(node, filled, until)).map(of));
      if (rows.includes('page')) {
        const shown = await withService(node, dirname(filled), (service) => pageShown(service, 4_000_000));
        goals.push(...pageGoals(shown).map(of));
      }
      if (rows.includes('crash')) goals.push(of(await crashGoal(node, quick ? 3 : 20)));
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
    goal: 'the page hears of an event within 2 s',
    seen: `${median.toFixed(0)} ms, at most ${longest.toFixed(0)} ms`,
    reached: longest <= 2000,
  },
];

const idleGoals = (percent: number): RuleGoal[] => [
  { goal: 'under 0.5 % of a core while nothing comes', seen: `${percent.toFixed(2)} %`, reached: percent < 0.5 },
];

const alertGoals = (seconds: number): RuleGoal[] => [
  {
    goal: `an alert fires at most 30 s after its \`for\` of ${FOR} s`,
    seen: `${seconds.toFixed(1)} s`,
    reached: seconds <= 30,
  },
];

const overheadGoals = (seconds: number): RuleGoal[] => {
  const share = (100 * (CLIENT_SECONDS + seconds)) / 60;
  return [
    {
      goal: 'at most 5 % of a session of one minute',
      seen: `${share.toFixed(2)} % (${CLIENT_SECONDS} s of the client, by test:claude; ${seconds.toFixed(3)} s of the service)`,
      reached: share <= 5,
    },
  ];
};

const pageGoals = (shown: Shown | null): RuleGoal[] =>
  shown === null
    ? [{ goal: 'the page is painted within 1 s', seen: 'no browser was found', reached: false }]
    : [
        {
          goal: 'the page of a full store is painted within 1 s',
          seen: `${shown.paint.toFixed(0)} ms, its first view after ${shown.drawn.toFixed(0)} ms`,
          reached: shown.paint < 1000,
        },
        {
          goal: 'no client waits longer than 2 s meanwhile',
          seen: `${shown.answer.toFixed(0)} ms, its cases take ${shown.cases.toFixed(0)} ms`,
          reached: shown.answer < 2000,
        },
      ];

async function crashGoal(node: string, kills: number): Promise<RuleGoal> {
  const program = join(import.meta.dirname, '../../test/crash/monitor/many.ts');
  const args = ['--import', 'tsx', program, '--kills', String(kills), '--seed', 'bench', '--node', node];
  const { exitCode, stdout } = await execa(process.execPath, args, { reject: false });
  const seen = String(stdout).trim().split('\n').at(-1)!;
  return {
    goal: 'nothing that was answered is lost by a kill, and no store is damaged',
    seen,
    reached: exitCode === 0,
  };
}

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
