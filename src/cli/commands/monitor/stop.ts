import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { exit, failure } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';
import { monitorHome } from '../../../monitor/home.ts';
import { serviceOf } from '../../../monitor/service/state.ts';
import { define } from '../../command.ts';

/**
 * How many seconds `monitor stop` waits for the end of the service. Well within this time, the service stops trying to deliver its last
 * messages.
 */
const MOST_SECONDS = 60;

export const command = define({
  name: 'monitor stop',
  group: 'look',
  summary: 'stop the service; its data stays',
  example: 'perf-gate monitor stop',
  silent: true,
  async run(_, tools) {
    const home = monitorHome(tools.env);
    const service = serviceOf(home);
    if (!service) throw failure('monitor_not_running');
    const { pid, host } = service.holder;
    // if the folder is on a shared disk, the service may run on another machine, and the pid may belong to another process here
    if (host !== hostname()) throw failure('monitor_elsewhere', { pid, host: oneLine(host) });
    ask(pid);
    const end = AbortSignal.any([tools.signal, AbortSignal.timeout(MOST_SECONDS * 1000)]);
    while (serviceOf(home)?.holder.pid === pid && !end.aborted) await sleep(20);
    if (tools.signal.aborted) throw failure('cancelled');
    if (serviceOf(home)?.holder.pid === pid) throw failure('monitor_does_not_end', { pid, seconds: MOST_SECONDS });
    if (tools.json) tools.out(JSON.stringify({ stopped: pid }));
    else tools.say('The monitor has ended.');
    return exit.done;
  },
});

function ask(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // ESRCH: the service has just ended
  }
}
