import { listed } from '../../core/text.ts';
import { milliseconds } from '../words.ts';
import type { Breakdown } from './breakdown.ts';
import { type Kind, kinds } from './kinds.ts';

const names: Readonly<Record<Kind, string>> = {
  network: 'network I/O',
  files: 'file I/O',
  processes: 'starting programs',
  computing: 'computing',
  waiting: 'waiting',
};

/** A kind of work gets advice if it takes at least this share of the time. */
const MUCH = 0.4;

const shareOf = ({ traced_ms, kinds: spent }: Breakdown, kind: Kind) => (traced_ms > 0 ? spent[kind] / traced_ms : 0);

/**
 * The kinds of work with their times and shares, such as `network I/O 267 ms 78 %`, the longest first. Kinds without any time are left out.
 */
export const kindRows = (breakdown: Breakdown): { name: string; ms: string; share: string }[] =>
  kinds
    .filter((kind) => shareOf(breakdown, kind) >= 0.005)
    .sort((a, b) => breakdown.kinds[b] - breakdown.kinds[a])
    .map((kind) => ({
      name: names[kind],
      ms: milliseconds(breakdown.kinds[kind]),
      share: `${Math.round(100 * shareOf(breakdown, kind))} %`,
    }));

/** The programs that worked or waited, with their times: `python3 61 ms, git 12 ms`. */
export const programWords = ({ programs }: Breakdown): string =>
  listed(
    programs.filter(({ ms }) => ms >= 0.5).map(({ program, ms }) => `${program} ${milliseconds(ms)}`),
    4,
  );

/**
 * Advice for the kind of work that takes the most time. Null if every kind takes less than 40 % of the time. `hosts`: the hosts that the
 * hook contacted.
 */
export function adviceOf(breakdown: Breakdown, hosts: readonly string[]): string | null {
  const kind = kinds.reduce((most, one) => (breakdown.kinds[one] > breakdown.kinds[most] ? one : most));
  if (shareOf(breakdown, kind) < MUCH) return null;
  const program = breakdown.programs[0]?.program ?? '?';
  return advice[kind]({ hosts, program });
}

const advice: Readonly<Record<Kind, (f: { hosts: readonly string[]; program: string }) => string>> = {
  network: ({ hosts }) =>
    `The network takes most of the time${hosts.length > 0 ? ` (${listed(hosts, 3)})` : ''}: cache answers in a file, set "async": true, or send fewer requests.`,
  files: ({ program }) =>
    `File operations take most of the time (${program}): look only at the file of the event, use git ls-files, or cache the result.`,
  processes: () =>
    'Starting programs takes most of the time: use the shell itself (case, read, parameter expansion), or one program for all the work.',
  computing: ({ program }) =>
    `${program} computes for most of the time, including its own start: check first whether the event concerns the hook, or use a program that starts faster.`,
  waiting: ({ program }) =>
    `${program} spends most of the time in a sleep, or in a wait for a lock or another program: remove the wait, or limit it.`,
};
