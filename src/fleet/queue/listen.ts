import type { Driver } from './driver.ts';

/** The channel of news. A message is the name of a queue that got a job, or the id of a job that changed. */
export const CHANNEL = 'perf_gate';

/** How long after a lost connection the next is tried. */
const AGAIN_MS = 500;

/**
 * Hears what is told on the channel, over a connection of its own, which is made anew when it is lost: then `heard` is called with null, as
 * something may have been told meanwhile. Who hears nothing finds out by looking now and then. Gives what ends it.
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
