import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../../src/cli/commands/monitor/demo.ts';
import type { LiveDemo } from '../../../src/monitor/demo/live.ts';
import { call } from '../../helpers/call.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

describe.runIf(process.platform === 'linux')('the live demo', () => {
  it('proves the slowdown of the hook that got more work and raises an alert; the busy machine’s suspicion closes without an alert', async (test) => {
    const cwd = temporaryFolder();
    const { out } = await call(command, { cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') } }, [], {
      live: true,
      json: true,
    });
    const { steps, cases, alerts } = JSON.parse(out) as LiveDemo;
    expect(steps.map(({ what }) => what)).toEqual(expect.arrayContaining(['executed', 'changed', 'opened', 'busy']));
    const of = (script: string) => cases.filter(({ handler }) => handler === `Stop ${script}`);
    const alarmed = alerts.filter(({ rule }) => rule === 'proved-regression').map(({ labels }) => labels.name);
    expect(of('count.sh')).toMatchObject([{ state: 'not_proved', files: { changed: null } }]);
    expect(alarmed).not.toContain('Stop count.sh');
    const caged = steps.find(({ what }) => what === 'no_cage');
    if (caged) return test.skip(caged.text);
    expect(of('notify.sh')[0]).toMatchObject({ state: 'proved', proof: { answer: 'regressed' } });
    expect(alarmed).toContain('Stop notify.sh');
  }, 600_000);
});
