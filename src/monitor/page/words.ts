import { DAY, HOUR, MINUTE } from '../../core/time.ts';

/** Figures and times with units, in the time zone and language of the browser. */

const digits = (value: number) => (value >= 100 ? 0 : value >= 10 ? 1 : 2);

/** Formats a time as `12.0 ms`, `1.40 s`, `3.2 min` or `1.2 h`. */
export function time(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return '–';
  if (ms === 0) return '0';
  if (ms < 1000) return `${ms.toFixed(ms >= 100 ? 0 : ms >= 10 ? 0 : 1)} ms`;
  if (ms < MINUTE) return `${(ms / 1000).toFixed(digits(ms / 1000))} s`;
  if (ms < HOUR) return `${(ms / MINUTE).toFixed(1)} min`;
  return `${(ms / HOUR).toFixed(1)} h`;
}

export const number = (value: number): string => value.toLocaleString(undefined, { maximumFractionDigits: 0 });

/** Formats minutes without a unit, such as `0.42` or `12.3`. */
export const minutes = (value: number): string =>
  value > 0 && value < 0.005 ? '< 0.01' : value.toFixed(value >= 10 ? 1 : 2);

/** Abbreviates large numbers, such as `1.2 M`. */
export const short = (value: number): string =>
  value >= 1e9
    ? `${(value / 1e9).toFixed(1)} G`
    : value >= 1e6
      ? `${(value / 1e6).toFixed(1)} M`
      : value >= 1e4
        ? `${(value / 1e3).toFixed(0)} k`
        : number(value);

export const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

export const usd = (value: number): string => `${value.toFixed(2)} USD`;

/** The number and the share of failures; empty if nothing failed. */
export const failures = (failed: number, n: number): string =>
  failed === 0 ? '' : `${number(failed)} (${((100 * failed) / n).toFixed(0)} %)`;

const clockOf = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const dayOf = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const momentOf = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const hourOf = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export const clock = (t: number): string => clockOf.format(t);
export const day = (t: number): string => dayOf.format(t);
export const hour = (t: number): string => hourOf.format(t);
export const moment = (t: number): string => momentOf.format(t);

/** Formats the time since an event as `just now` or `4 min ago`. */
export function ago(ms: number): string {
  if (ms < 10_000) return 'just now';
  if (ms < 90_000) return `${Math.round(ms / 1000)} s ago`;
  if (ms < 5_400_000) return `${Math.round(ms / MINUTE)} min ago`;
  if (ms < 129_600_000) return `${Math.round(ms / HOUR)} h ago`;
  return `${Math.round(ms / DAY)} days ago`;
}

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The last folder of a path. */
export const folder = (path: string | null): string => path?.split('/').filter(Boolean).pop() ?? '';

export const named = (name: string, plugin: string): string => (plugin === '' ? name : `${plugin} / ${name}`);

/** The displayed name of each event kind. */
export const kinds: Readonly<Record<string, string>> = {
  session: 'session',
  turn: 'turn',
  model: 'model',
  tool: 'tool',
  permission: 'permission',
  hook_event: 'hooks',
  hook: 'hook',
  agent: 'agent',
  test: 'test',
  cache: 'cache',
  resource: 'resource',
  run: 'run',
  bench: 'benchmark',
};
