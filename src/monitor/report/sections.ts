import { decimal, percent, percentInterval, pValue, signedPercent } from '../../core/figures.ts';
import { count } from '../../core/text.ts';
import { DAY, MINUTE } from '../../core/time.ts';
import { duration, fromTo, quantity } from '../../core/units.ts';
import { labelWords } from '../alerts/words.ts';
import { changedWords, proofWords, shiftWords, subjectWords } from './case-words.ts';
import type { Activity, HookRow, PeriodReport } from './period.ts';

/** A section of a report, before rendering to Markdown or HTML. All texts are plain. */
export type Section = {
  title: string;
  lines: string[];
  table: { align: string; head: string[]; rows: string[][] } | null;
};

/** The table has at most this number of hooks. The hooks that cost the most are shown; the other hooks are only counted. */
const mostHooks = 20;

export const titleOf = ({ period, from, to }: PeriodReport): string =>
  period === 'daily' ? `The day ${from}` : `The week from ${from} to ${to}`;

/** The summary of the report in one or two sentences. */
export function headline({ now, cases, alerts, ...report }: PeriodReport): string {
  const days = daysOf(report);
  const slower = (cases ?? []).filter(({ state }) => state === 'open' || state === 'proved');
  const proved = slower.filter(({ state }) => state === 'proved').length;
  const hooks = `Sessions waited ${minutes(now.hook_minutes / days)} per day for hooks.`;
  if (now.sessions === 0) return 'No session was recorded.';
  if (!cases) return `${hooks} ${count(alerts.length, 'alert')} fired.`;
  if (slower.length === 0) return `${hooks} Nothing got slower; ${count(alerts.length, 'alert')} fired.`;
  const things = `${count(slower.length, 'series', 'series')} got slower, ${proved === 0 ? 'none' : proved} proved`;
  return `${hooks} ${things}; ${count(alerts.length, 'alert')} fired.`;
}

/** The sections of a report in order. A section without data says that nothing was recorded; disabled sections are left out. */
export const sectionsOf = (report: PeriodReport): Section[] => [
  ...(report.cases ? [slower(report.cases)] : []),
  hooks(report),
  plugins(report),
  sessions(report),
  ...(report.bottlenecks ? [bottlenecks(report.bottlenecks)] : []),
  ...(report.trends ? [trends(report.trends)] : []),
  ...(report.benchmarks && report.benchmarks.measured > 0 ? [benchmarks(report.benchmarks)] : []),
  ...(report.tests.runs > 0 ? [tests(report.tests)] : []),
  alerts(report),
];

function slower(cases: NonNullable<PeriodReport['cases']>): Section {
  return {
    title: 'Slowdowns',
    lines:
      cases.length === 0
        ? ['No slowdown was found.']
        : cases.map((one) => `${subjectWords(one)}: ${shiftWords(one)}. ${changedWords(one)} ${proofWords(one)}`),
    table: null,
  };
}

function hooks({ hooks: all, ...report }: PeriodReport): Section {
  const days = daysOf(report);
  const sorted = [...all].sort((a, b) => b.total_ms - a.total_ms);
  const rows = sorted.slice(0, mostHooks);
  const left = sorted.length - rows.length;
  return {
    title: 'Hooks',
    lines:
      all.length === 0
        ? ['No hook ran.']
        : left > 0
          ? [`The table leaves out ${count(left, 'hook')} with lower cost.`]
          : [],
    table: {
      align: 'llrrrrr',
      head: ['hook', 'plugin', 'runs', 'failed', 'median', 'p95', 'a day'],
      rows: rows.map((hook) => [
        hook.name,
        hook.plugin ?? '–',
        String(hook.runs),
        hook.failed === 0 ? '0' : `${hook.failed} (${percent((100 * hook.failed) / hook.runs, 0)})`,
        quantity(hook.p50_ms, 'ms'),
        quantity(hook.p95_ms, 'ms'),
        minutes(hook.total_ms / MINUTE / days),
      ]),
    },
  };
}

function plugins({ hooks: all, ...report }: PeriodReport): Section {
  const days = daysOf(report);
  const by = new Map<string, HookRow[]>();
  for (const hook of all) by.set(hook.plugin ?? '–', [...(by.get(hook.plugin ?? '–') ?? []), hook]);
  const rows = [...by]
    .map(([plugin, own]) => ({ plugin, hooks: own.length, total: own.reduce((sum, hook) => sum + hook.total_ms, 0) }))
    .sort((a, b) => b.total - a.total);
  return {
    title: 'Plugins',
    lines:
      rows.length === 0
        ? ['No plugin ran a hook.']
        : ['Hooks of one event run in parallel, so the times of a plugin can add up to more than the waits.'],
    table: {
      align: 'lrr',
      head: ['plugin', 'hooks', 'a day'],
      rows: rows.map(({ plugin, hooks: own, total }) => [plugin, String(own), minutes(total / MINUTE / days)]),
    },
  };
}

const activities: [label: string, of: (activity: Activity) => string][] = [
  ['sessions', ({ sessions: n }) => String(n)],
  ['turns', ({ turns }) => String(turns)],
  ['tool calls', ({ tools }) => String(tools)],
  ['time in turns', ({ turn_minutes }) => minutes(turn_minutes)],
  ['time spent waiting for hooks', ({ hook_minutes }) => minutes(hook_minutes)],
];

function sessions({ now, before, period }: PeriodReport): Section {
  const earlier = period === 'daily' ? 'the day before' : 'the week before';
  return {
    title: 'Sessions',
    lines: [],
    table: {
      align: 'lrr',
      head: ['', 'now', earlier],
      rows: activities.map(([label, of]) => [label, of(now), before ? of(before) : '–']),
    },
  };
}

function bottlenecks(found: NonNullable<PeriodReport['bottlenecks']>): Section {
  const title = 'What turns waited for';
  if (found.turns === 0) return { title, lines: ['No complete turn was recorded.'], table: null };
  const unknown = percent((100 * found.unknown_ms) / found.total_ms);
  return {
    title,
    lines: [
      `From ${count(found.turns, 'turn')}. The ceiling is the share of the time that would be saved if the activity took no time at all. In ${unknown} of the time, no activity was recorded.`,
    ],
    table: {
      align: 'lllrrr',
      head: ['kind', 'name', 'plugin', 'time', 'share', 'ceiling'],
      rows: found.items
        .slice(0, 10)
        .map((item) => [
          item.kind,
          item.name,
          item.plugin ?? '–',
          duration(item.path_ms / 1000),
          percent(item.share_pct),
          percent(item.ceiling_pct),
        ]),
    },
  };
}

/** The section on trends. Only significant trends are shown, because dozens of flat lines would carry no information. */
function trends(all: NonNullable<PeriodReport['trends']>): Section {
  const seen = all.filter(({ p }) => p <= 0.01).sort((a, b) => Math.abs(b.pct_per_week) - Math.abs(a.pct_per_week));
  return {
    title: 'Trends',
    lines: seen.length === 0 ? [`${count(all.length, 'series', 'series')}, without a significant trend.`] : [],
    table: {
      align: 'lrrr',
      head: ['series', 'a week', '95 % interval', 'p'],
      rows: seen.map((trend) => [
        subjectWords(trend),
        signedPercent(trend.pct_per_week),
        percentInterval(trend.ci_pct),
        pValue(trend.p),
      ]),
    },
  };
}

function benchmarks({ worse, measured }: NonNullable<PeriodReport['benchmarks']>): Section {
  return {
    title: 'Benchmarks',
    lines: [
      `${count(measured, 'benchmark')} ${measured === 1 ? 'was' : 'were'} measured; ${worse.length === 0 ? 'none' : worse.length} got worse.`,
    ],
    table: {
      align: 'llrr',
      head: ['benchmark', 'since', 'level', 'p'],
      rows: worse.map(({ name, metric, unit, worse: moved }) => [
        `${name} ${metric}`,
        moved!.to.slice(0, 16),
        `${fromTo(moved!.before, moved!.after, unit)} (${signedPercent(moved!.shift_pct)})`,
        pValue(moved!.p),
      ]),
    },
  };
}

function tests({ runs, failed, minutes: took, saved_pct, flaky }: PeriodReport['tests']): Section {
  const some = flaky.slice(0, 5).join('; ');
  return {
    title: 'Tests',
    lines: [
      `${count(runs, 'run')} took ${minutes(took)}; ${failed === 0 ? 'none' : failed} failed.`,
      ...(saved_pct === null
        ? []
        : [`Running only selected tests saved ${percent(saved_pct)} of the time on average.`]),
      ...(flaky.length === 0
        ? []
        : [`${count(flaky.length, 'test')} ${flaky.length === 1 ? 'is' : 'are'} flaky: ${some}.`]),
    ],
    table: null,
  };
}

function alerts({ alerts: all }: PeriodReport): Section {
  return {
    title: 'Alerts',
    lines: all.length === 0 ? ['No alert fired.'] : [],
    table: {
      align: 'llllr',
      head: ['alert', 'labels', 'severity', 'began', 'lasted'],
      rows: all.map(({ rule, labels, severity, began, ended, ending }) => [
        rule,
        labelWords(labels) || '–',
        severity,
        new Date(began).toISOString().slice(0, 16).replace('T', ' '),
        ended === null
          ? 'still firing'
          : `${duration((ended - began) / 1000)}${ending === 'no_data' ? ' (no data)' : ''}`,
      ]),
    },
  };
}

const daysOf = ({ from, to }: Pick<PeriodReport, 'from' | 'to'>) => (Date.parse(to) - Date.parse(from)) / DAY + 1;

/** Formats minutes; a value below one minute is formatted as seconds. */
function minutes(value: number): string {
  if (value >= 10) return `${Math.round(value)} min`;
  if (value >= 1) return `${decimal(value)} min`;
  return `${decimal(60 * value, value >= 1 / 6 || value === 0 ? 0 : 1)} s`;
}
