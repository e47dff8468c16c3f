import { basename } from 'node:path';
import { readDebugLog } from '../../sentinel/session/debug-log.ts';
import type { MonitorEvent } from '../event.ts';
import { nameFrom } from '../otlp/body.ts';
import { hookEvents } from './hook-run.ts';

/**
 * The events of hooks in a debug log of the client, each with its own time. The name of the file is the id of the session. @throws an error
 * with the reason as its message, if the file does not exist or is not a regular file
 */
export function eventsOfDebugLog(file: string): MonitorEvent[] {
  const toEvent = hookEvents(nameFrom(basename(file).replace(/\.\w+$/, '')), null);
  return readDebugLog(file).spans.flatMap(({ from, to, failed, hook }) =>
    hook ? [toEvent({ ...hook, t: to, ms: to - from, failed, source: 'debug_log' })] : [],
  );
}
