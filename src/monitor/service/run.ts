import type { Clock } from '../../core/clock.ts';
import { failure } from '../../core/errors.ts';
import { removeFile, writeWhole } from '../../core/fs.ts';
import { type Lock, takeLock } from '../../core/lock.ts';
import { DAY, HOUR, MINUTE } from '../../core/time.ts';
import { measurementQueue } from '../../measure/environment/machine-lock.ts';
import { rulesOf } from '../alerts/own-rules.ts';
import { LOOK_MS, watchOf } from '../alerts/watch.ts';
import { lookForCases } from '../analytics/known-cases.ts';
import { keeps, kept } from '../config/keeps.ts';
import type { MonitorConfig } from '../config/schema.ts';
import type { MonitorEvent } from '../event.ts';
import { openMetrics } from '../export/open-metrics.ts';
import { textFormat } from '../export/text-format.ts';
import { makeHome, monitorPaths } from '../home.ts';
import { confirmer } from '../proof/auto.ts';
import { forgetInstalled } from '../proof/note.ts';
import { installedWatch } from '../proof/watch.ts';
import { forwarding } from '../receive/forward.ts';
import { json, type Listening, listen, type Routes } from '../receive/http.ts';
import { otlpRoutes, type Received } from '../receive/otlp-routes.ts';
import { writeOneDue } from '../report/scheduled.ts';
import { folderOf } from '../resources/proc.ts';
import { EVERY_MS, resourceWatch } from '../resources/watch.ts';
import { runWatch } from '../runs/watch.ts';
import { liveRing } from '../serve/live.ts';
import { servePage } from '../serve/serve.ts';
import type { Database } from '../store/driver.ts';
import { openStore } from '../store/open.ts';
import { projectsIn } from '../store/read.ts';
import { keepWithin, oldestRaw } from '../store/retention.ts';
import { writerOf } from '../store/write.ts';
import { gathered } from './gather.ts';
import type { ServiceState } from './state.ts';

type Running = {
  home: string;
  otlpPort: number;
  /** The port of the page; null if no page is served. */
  pagePort: number | null;
  config: MonitorConfig;
  clock: Clock;
  /** The environment of programs that receive alerts. The environment also determines the location of the measurement lock. */
  env: NodeJS.ProcessEnv;
  /** The command that starts perf-gate. */
  self: readonly string[];
  signal: AbortSignal;
  /** Called when the service begins to listen for requests. */
  ready: (state: ServiceState) => void;
  /** Receives descriptions of failures that do not stop the service. */
  note: (text: string) => void;
};

/** How long the runs of a project are watched after the last session in the project, in ms. */
const WORKED_MS = 30 * DAY;

/** Interval at which old data is deleted, in ms. */
const TIDY_MS = HOUR;
/** Interval at which one due report is written, in ms. */
const REPORT_MS = MINUTE;

/**
 * The interval of two tasks, in ms. One task records the installed hooks if there is a new session. The other task tries to prove a case.
 */
const NOTE_MS = 5 * MINUTE;

/** Interval of searches for slowdowns, in ms. */
const CASES_MS = DAY;

/**
 * Runs the service until the signal is aborted. A data folder has at most one running service. @throws monitor_running, monitor_port_taken,
 * monitor_port_refused, monitor_page_port_taken, monitor_page_port_refused, and the errors of `openStore`
 */
export async function runService(running: Running): Promise<void> {
  const { home } = running;
  makeHome(home);
  const paths = monitorPaths(home);
  const lock = takeLock(paths.lock, 'monitor');
  if ('heldBy' in lock) throw failure('monitor_running', lock.heldBy);
  try {
    const db = await openStore(paths.database);
    try {
      await receive(running, db);
    } finally {
      db.close();
    }
  } finally {
    removeFile(paths.service);
    (lock as Lock).release();
  }
}

/**
 * A task that runs when the service starts and at an interval. `failed`: the beginning of the text that is printed if the task fails. The
 * service continues after a failure.
 */
type Chore = { everyMs: number; act: () => unknown; failed: string };

function begun({ everyMs, act, failed }: Chore, note: Running['note']): NodeJS.Timeout {
  const tried = () => {
    try {
      act();
    } catch (error) {
      note(`${failed}: ${(error as Error).message}`);
    }
  };
  tried();
  return setInterval(tried, everyMs);
}

async function receive(running: Running, db: Database): Promise<void> {
  const { home, otlpPort, pagePort, config, clock, env, self, signal, ready, note } = running;
  const now = () => Date.parse(clock.now());
  const live = liveRing();
  const writer = writerOf(db, { compress: config.storage.compression, stored: live.add });
  const received: Received = { requests: 0, events: 0, rejected: 0, ignored: 0, refused: 0 };
  const keep = (events: readonly MonitorEvent[]) =>
    void writer.add(kept(events, config), oldestRaw(now(), config.storage));
  const taking = otlpRoutes({ level: config.collection_level, now, keep: gathered(keep), received });
  const { forward_to } = config.receiver;
  const routes: Routes = {
    ...(forward_to === undefined ? taking : forwarding(taking, forward_to, signal, note)),
    'GET /metrics': ({ headers }) => {
      const body = openMetrics(db, now());
      return headers.accept?.includes('application/openmetrics-text')
        ? { status: 200, body, type: 'application/openmetrics-text; version=1.0.0; charset=utf-8' }
        : { status: 200, body: textFormat(body), type: 'text/plain; version=0.0.4; charset=utf-8' };
    },
    'GET /health': () => json(200, { service: 'perf-gate monitor', pid: process.pid, received }),
  };
  const server = await listen(otlpPort, routes, note);
  const resources = resourceWatch({ clock, keep });
  const folders = () => {
    const { holder } = measurementQueue(env);
    const working = [...resources.live().map(({ folder }) => folder), holder ? folderOf(holder.pid) : null];
    return [...working.filter((folder) => folder != null), ...projectsIn(db, now() - WORKED_MS)];
  };
  const runs = runWatch({ clock, folders, keep });
  const page = await pageBeside(server, () =>
    pagePort === null
      ? null
      : servePage({ port: pagePort, db, config, home, now, env, live, note, runs, clients: resources.live }),
  );
  const watch = watchOf({
    db,
    rules: config.alerting.enabled ? rulesOf(config.alerting) : [],
    receivers: config.notifications.receivers,
    file: monitorPaths(home).alerts,
    env,
    signal,
    note,
  });
  const installed = installedWatch({ db, home, env, note });
  const proving = confirmer({ db, env, self, signal, note });
  const chores: Chore[] = [
    {
      everyMs: TIDY_MS,
      act: () => {
        keepWithin(db, config.storage, now());
        forgetInstalled({ db, home, now: now() });
      },
      failed: 'Old data could not be deleted',
    },
    {
      everyMs: CASES_MS,
      act: () => config.analytics.regression_detection && lookForCases(db, now()),
      failed: 'The search for slowdowns failed',
    },
    {
      everyMs: REPORT_MS,
      act: () => void writeOneDue(db, { folder: monitorPaths(home).reports, config, now: now() }),
      failed: 'A report could not be written',
    },
    { everyMs: LOOK_MS, act: () => watch.look(now()), failed: 'The alert rules could not be evaluated' },
    ...(keeps('resource', config)
      ? [{ everyMs: EVERY_MS, act: resources.look, failed: 'The resources of clients could not be read' }]
      : []),
    { everyMs: EVERY_MS, act: runs.look, failed: 'The runs of perf-gate could not be read' },
    {
      everyMs: NOTE_MS,
      act: () => installed.look(now()),
      failed: 'The installed hooks could not be recorded',
    },
    ...(config.analytics.confirm === 'auto'
      ? [{ everyMs: NOTE_MS, act: () => proving.look(now()), failed: 'Cases could not be measured' }]
      : []),
  ];
  const timers = chores.map((chore) => begun(chore, note));
  try {
    const state: ServiceState = {
      pid: process.pid,
      otlp_port: server.port,
      page: page && { port: page.port, token: page.token },
    };
    writeWhole(monitorPaths(home).service, JSON.stringify(state));
    ready(state);
    await raised(signal);
  } finally {
    for (const timer of timers) clearInterval(timer);
    resources.end();
    await keep([]); // writes events that are not stored yet, such as the resources of the last minute
    await Promise.all([server.close(), page?.close(), installed.idle(), proving.idle()]);
    await watch.idle();
  }
}

/** Starts the page in addition to a running server. If the page cannot be started, the server is closed too. */
async function pageBeside<Page>(server: Listening, begin: () => Page | Promise<Page>): Promise<Page> {
  try {
    return await begin();
  } catch (error) {
    await server.close();
    throw error;
  }
}

const raised = (signal: AbortSignal) =>
  new Promise<void>((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
