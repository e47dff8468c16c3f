import { describe, expect, it } from 'vitest';
import { ground, run } from './session-setup.ts';

/** A session of one pair whose command is this script. */
const sessionOf = async (script: string, timeout_s = 20) => {
  const metrics = [{ name: 'n', unit: '', source: { stdout: 'metric', key: 'n' } as const }];
  return (await run(ground().arms, { command: { script, shell: 'auto', timeout_s }, metrics, looks: [1] })).session;
};

describe('a misbehaving repro fails its run, with the reason', () => {
  it.each([
    ['prints no number', 'echo METRIC n=NaN', 'metric_missing', 'found “METRIC n=NaN”'],
    ['prints nothing', 'true', 'metric_missing', 'expected a line “METRIC n=NUMBER” on stdout, found nothing'],
    ['prints it twice', 'echo METRIC n=1; echo METRIC n=2', 'metric_twice', 'twice with different values (1 and 2)'],
    ['ends by a signal', 'echo METRIC n=1; kill -SEGV $$', 'signal', 'ended by SIGSEGV'],
    ['aborts', `node -e "process.abort()"`, 'signal', 'ended by SIGABRT'],
    ['leaves a grandchild behind', "echo METRIC n=1; sh -c 'sleep 30 & exit 0'", 'left_behind', 'background process'],
    ['daemonises', 'echo METRIC n=1; (setsid sleep 30 >/dev/null 2>&1 &)', 'left_behind', 'background process'],
    ['cannot be found', 'no-such-program --fast', 'not_started', '“no-such-program” cannot be started'],
    ['prints to a closed stdout', 'exec >&-; echo METRIC n=1', 'exit', 'exit code'],
  ])('%s', async (_, script, code, reason) => {
    const session = await sessionOf(script);
    expect(session).toMatchObject({ state: 'failed_run', code, reason: expect.stringContaining(reason) });
  });

  it('ignores SIGTERM and does not end', async () => {
    const session = await sessionOf(`node -e "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"`, 1);
    expect(session).toMatchObject({ state: 'failed_run', code: 'timeout', reason: 'not done after 1 s' });
  });

  it('prints more than can be read', async () => {
    const session = await sessionOf('head -c 280000000 /dev/zero');
    expect(session).toMatchObject({
      code: 'too_much_output',
      reason: 'prints 267 MB, more than the 256 MB that are read',
    });
  });
});

describe('a repro that is only unusual is measured', () => {
  it.each([
    ['fills stdout with 100 MB before its number', "head -c 100000000 /dev/zero | tr '\\0' '\\n'; echo METRIC n=5"],
    ['fills stderr with 100 MB', 'echo METRIC n=5; head -c 100000000 /dev/zero >&2'],
    ['closes stdout early', 'echo METRIC n=5; exec >&-; sleep 0.05'],
    ['forks, and waits for its children', 'for i in 1 2 3 4 5 6 7 8; do sleep 0.02 & done; wait; echo METRIC n=5'],
    ['prints the same number twice', 'echo METRIC n=5; echo METRIC n=5'],
    ['is deaf to SIGTERM but ends', `node -e "process.on('SIGTERM', () => {}); console.log('METRIC n=5')"`],
    ['reads its empty stdin', 'cat; echo METRIC n=5'],
  ])('%s', async (_, script) => {
    expect(await sessionOf(script)).toMatchObject({ state: 'complete', pairs: [{ base: { metrics: { n: 5 } } }] });
  });
});
