import { hostname } from 'node:os';
import { exit } from '../../../core/errors.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import { receivedBy } from '../../../monitor/service/ask.ts';
import { pageAddress, serviceOf } from '../../../monitor/service/state.ts';
import { statusText } from '../../../monitor/text/status.ts';
import { define } from '../../command.ts';
import { readIfAny } from './stored.ts';

export const command = define({
  name: 'monitor status',
  group: 'look',
  summary: 'print whether the service runs, and how much it has stored',
  example: 'perf-gate monitor status',
  silent: true,
  async run(_, tools) {
    const { holdingsOf } = await import('../../../monitor/store/read.ts');
    const { sizeOf } = await import('../../../monitor/store/retention.ts');
    const home = monitorHome(tools.env);
    const found = serviceOf(home);
    // the folder may be on a shared disk, and this machine cannot see the processes of another machine
    const isHere = found?.holder.host === hostname();
    const service = isHere ? found : undefined;
    const port = service?.state?.otlp_port;
    const received = service && port !== undefined ? await receivedBy(service.holder.pid, port) : null;
    const file = monitorPaths(home).database;
    return readIfAny(tools, (db) => {
      const status = {
        running: service !== undefined,
        pid: service?.holder.pid ?? null,
        elsewhere: found && !isHere ? found.holder.host : null,
        since: service?.holder.since ?? null,
        endpoint: port === undefined ? null : `http://127.0.0.1:${port}`,
        page: service?.state ? pageAddress(service.state) : null,
        received,
        store: { file, driver: db?.driver ?? null, bytes: db ? sizeOf(db) : 0, ...(db ? holdingsOf(db) : EMPTY) },
      };
      tools.out(tools.json ? JSON.stringify(status) : statusText(status));
      return exit.done;
    });
  },
});

const EMPTY = { events: 0, series: 0, sessions: 0, first: null, last: null };
