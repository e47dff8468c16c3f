import { join } from 'node:path';
import { systemClock } from '../../../src/core/clock.ts';
import { writeDurable } from '../../../src/core/fs.ts';
import type { World } from '../../../src/core/world.ts';
import { lookForCases } from '../../../src/monitor/analytics/known-cases.ts';
import type { MonitorEvent } from '../../../src/monitor/event.ts';
import { noteInstalled } from '../../../src/monitor/proof/note.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { repository, temporaryFolder } from '../../helpers/repository.ts';
import { DAY, event, noon } from '../events.ts';

const handler = 'Stop notify.sh';

/** A user with a plugin `tidy`, whose hook runs at every Stop, a project, and a monitor with its store. */
export async function person() {
  const home = temporaryFolder();
  const { root: project } = repository({ 'a.txt': 'a\n' });
  const client = join(home, '.claude');
  const root = join(client, 'plugins/cache/market/tidy/1.0.0');
  const put = (file: string, value: unknown) =>
    writeDurable(file, typeof value === 'string' ? value : JSON.stringify(value));
  put(join(client, 'settings.json'), { enabledPlugins: { 'tidy@market': true } });
  put(join(client, 'plugins/installed_plugins.json'), {
    plugins: { 'tidy@market': [{ scope: 'user', installPath: root }] },
  });
  put(join(root, '.claude-plugin/plugin.json'), { name: 'tidy' });
  const command = `sh "\${CLAUDE_PLUGIN_ROOT}/notify.sh"`;
  put(join(root, 'hooks/hooks.json'), { hooks: { Stop: [{ hooks: [{ type: 'command', command, timeout: 20 }] }] } });
  const script = (text: string) => put(join(root, 'notify.sh'), `${text}\n`);
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: home,
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(home, 'cache'),
    XDG_DATA_HOME: join(home, 'data'),
    PERF_GATE_MONITOR_HOME: join(home, 'monitor'),
  };
  const monitor = join(home, 'monitor');
  const db = await openStore(join(monitor, 'monitor.db'));
  const world: World = {
    cwd: project,
    env,
    clock: systemClock,
    notify: () => {},
    signal: new AbortController().signal,
  };
  return {
    db,
    env,
    script,
    project,
    around: (now: number) => ({ db, home: monitor, now, world }),
    note: (day: number) => noteInstalled({ db, home: monitor, env, now: at(day) }),
    /** Twelve runs on each day: 100 ms at first, and 160 ms from the day `slower` on; the load of the machine rises too, if requested. */
    lived(days: number, slower: number, load: number) {
      writerOf(db, { compress: true }).add(
        Array.from({ length: days }, (_, day) => [
          ...runsOf(day, day < slower ? 100 : 160, project),
          loadOf(day, day < slower ? 0.3 : load),
        ]).flat(),
        0,
      );
    },
  };
}

/** The same user after 26 days: on the day SLOWER the hook got more work, and its level rose. */
export async function slowed() {
  const one = await person();
  one.script('sleep 0.01');
  await one.note(0);
  await one.note(SLOWER - 1);
  one.script('sleep 0.05');
  await one.note(SLOWER);
  one.lived(26, SLOWER, 0.3);
  lookForCases(one.db, at(26));
  return one;
}

/** The level rises on this day of 26. */
export const SLOWER = 18;

/** The noon of a day. */
export const at = (day: number) => noon + day * DAY;

const runsOf = (day: number, ms: number, project: string): MonitorEvent[] =>
  Array.from({ length: 12 }, (_, i) =>
    event(`${day} ${i}`, {
      t: at(day) + i * 60_000,
      name: handler,
      plugin: 'tidy',
      project,
      session: `s${day}`,
      duration_ms: ms + ((7 * i + 3 * day) % 11),
    }),
  );

const loadOf = (day: number, load: number): MonitorEvent =>
  event(`load ${day}`, {
    t: at(day),
    kind: 'resource',
    name: 'machine',
    plugin: '',
    handler_hash: '',
    duration_ms: null,
    ok: null,
    attributes: { load },
  });
