import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { holderOf, type LiveHolder } from '../../core/lock.ts';
import { monitorPaths } from '../home.ts';

const written = z.object({
  pid: z.number(),
  otlp_port: z.number(),
  /** The port of the page and its token; null if no page is served. */
  page: z._default(z.nullable(z.object({ port: z.number(), token: z.string() })), null),
});

/** The ports of a running service, and the token that a browser needs to write. */
export type ServiceState = z.infer<typeof written>;

/** A running service. `state` is null until the service listens. */
export type Service = { holder: LiveHolder; state: ServiceState | null };

/** The running service of a data folder; undefined if none runs. */
export function serviceOf(home: string): Service | undefined {
  const paths = monitorPaths(home);
  const holder = holderOf(paths.lock);
  const state = stateIn(paths.service);
  // The state file is ignored if its pid is not the pid in the lock, because a killed service leaves its state file behind.
  return holder && { holder, state: state?.pid === holder.pid ? state : null };
}

function stateIn(file: string): ServiceState | null {
  try {
    return written.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // the file does not exist while the service starts or ends
  }
}

/** The address of the page, with the token after `#`; null if no page is served. Browsers never send the part of an address after `#`. */
export const pageAddress = ({ page }: ServiceState): string | null =>
  page && `http://127.0.0.1:${page.port}/#token=${page.token}`;
