import { basename } from 'node:path';
import { readDebugLog } from '../../sentinel/session/debug-log.ts';
import type { MonitorEvent } from '../event.ts';
import { nameFrom } from '../otlp/body.ts';
import { hookEvents } from './hook-run.ts';

/**
 * The hooks of a debug log of the client's, each with its own time. The file is named after its session, as the client names it.
 * @throws an error whose message is the reason: the file is gone, or no regular file
 */
export function eventsOfDebugLog(file: string): MonitorEvent[] {
  const toEvent = hookEvents(nameFrom(basename(file).replace(/\.\w+$/, '')), null);
  return readDebugLog(file).spans.flatMap(({ from, to, failed, hook }) =>
    hook ? [toEvent({ ...hook, t: to, ms: to - from, failed, source: 'debug_log' })] : [],
  );
}
