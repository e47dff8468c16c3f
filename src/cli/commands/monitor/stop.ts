import { setTimeout as sleep } from 'node:timers/promises';
import { exit, failure } from '../../../core/errors.ts';
import { monitorHome } from '../../../monitor/home.ts';
import { serviceOf } from '../../../monitor/service/state.ts';
import { define } from '../../command.ts';

export const command = define({
  name: 'monitor stop',
  group: 'look',
  summary: 'end the service; what it gathered stays',
  example: 'perf-gate monitor stop',
  silent: true,
  async run(_, tools) {
    const home = monitorHome(tools.env);
    const service = serviceOf(home);
    if (!service) throw failure('monitor_not_running');
    const { pid } = service.holder;
    process.kill(pid, 'SIGTERM');
    while (serviceOf(home)?.holder.pid === pid && !tools.signal.aborted) await sleep(20);
    if (tools.json) tools.out(JSON.stringify({ stopped: pid }));
    else tools.say('The monitor has ended.');
    return exit.done;
  },
});
