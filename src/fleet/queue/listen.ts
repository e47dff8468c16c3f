import type { Driver } from './driver.ts';

/**
 * The channel for notifications. A message is the name of a queue that got a job, or the id of a job that
 * changed.
 */
export const CHANNEL = 'perf_gate';

/** The pause in ms between the loss of a connection and the attempt to connect again. */
const AGAIN_MS = 500;

/**
 * Listens to notifications over a separate connection. If this connection is lost, the function connects again. After each connect, it
 * calls `heard` with null, because messages were possibly missed. Notifications can get lost, so callers must also query the database from
 * time to time. Returns a function that stops listening.
 */
export function listen({ pg }: Driver, url: string, heard: (what: string | null) => void): () => Promise<void> {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let client: InstanceType<typeof pg.Client> | null = null;
  const again = () => {
    client = null;
    clearTimeout(timer);
    if (!closed) timer = setTimeout(connect, AGAIN_MS);
  };
  function connect(): void {
    const own = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'perf-gate listens' });
    client = own;
    own.on('notification', ({ payload }) => heard(payload ?? null));
    own.once('error', () => void own.end().catch(() => {})).once('end', again);
    own
      .connect()
      .then(() => own.query(`LISTEN ${CHANNEL}`))
      .then(() => heard(null))
      .catch(() => void own.end().catch(again));
  }
  connect();
  return async () => {
    closed = true;
    clearTimeout(timer);
    await client?.end().catch(() => {});
  };
}
