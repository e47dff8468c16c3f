import { closeSync, fstatSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openWithoutWaiting } from '../../core/fs.ts';
import { realInside } from '../../core/locate.ts';
import { isRecord } from '../discover/declared.ts';

/**
 * The facts at the start and the end of a transcript. `began` and `ended` are ISO 8601 in UTC, and all other facts are times in ms. A
 * missing fact is null.
 */
export type Told = {
  began: string | null;
  ended: string | null;
  dur: number | null;
  api_ms: number | null;
  tools_ms: number | null;
  start_hooks_ms: number | null;
};

const nothing: Told = { began: null, ended: null, dur: null, api_ms: null, tools_ms: null, start_hooks_ms: null };

/**
 * The number of bytes that are read at the start and at the end of a transcript. At the start, Claude Code records the hooks of the
 * session's start. At the end, it records the total times.
 */
const END = 256 * 1024;

/**
 * Reads the start and the end of a transcript. The transcript must be below Claude Code's folder, because its path comes from a file that
 * any process can write. Unknown lines are skipped, because the format is Claude Code's own and changes.
 */
export function toldBy(transcript: string, clientHome: string): Told {
  const root = join(clientHome, 'projects');
  const file = transcript.endsWith('.jsonl') ? realInside(root, relative(root, transcript)) : undefined;
  if (file === undefined) return nothing;
  try {
    const { head, tail } = endsOf(file);
    const first = head.map(momentOf).find((moment) => moment !== null);
    const last = tail.map(momentOf).findLast((moment) => moment !== null);
    const sums = tail.findLast(({ type }) => type === 'cost-state');
    return {
      began: first ?? null,
      ended: last ?? null,
      dur: amount(sums?.totalDuration),
      api_ms: amount(sums?.totalAPIDuration),
      tools_ms: amount(sums?.totalToolDuration),
      start_hooks_ms: head.map(startHook).reduce(longer, null),
    };
  } catch {
    return nothing;
  }
}

type Line = Record<string, unknown>;

function endsOf(file: string): { head: Line[]; tail: Line[] } {
  const fd = openWithoutWaiting(file);
  try {
    const { size } = fstatSync(fd);
    const part = (from: number) => {
      const buffer = Buffer.alloc(Math.min(END, size));
      return linesOf(buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, from)));
    };
    return { head: part(0), tail: part(Math.max(0, size - END)) };
  } finally {
    closeSync(fd);
  }
}

/** The complete lines of a text. A line that was cut off is dropped. */
function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((line) => {
    try {
      const data: unknown = JSON.parse(line);
      return isRecord(data) ? [data] : [];
    } catch {
      return [];
    }
  });
}

const amount = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;

const momentOf = ({ timestamp }: Line): string | null =>
  typeof timestamp === 'string' && moment.test(timestamp) && !Number.isNaN(Date.parse(timestamp)) ? timestamp : null;

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function startHook({ type, attachment }: Line): number | null {
  const isOne = type === 'attachment' && isRecord(attachment) && attachment.hookEvent === 'SessionStart';
  return isOne ? amount(attachment.durationMs) : null;
}

const longer = (a: number | null, b: number | null) => (a === null || (b !== null && b > a) ? b : a);
