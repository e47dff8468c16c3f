import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, execute, type PerfGate } from './cli.ts';
import { temporaryFolder } from './repository.ts';

/** What stands for a coding agent's client: a process of its name that marks what it starts, and is not marked itself. */
export type FakeClient = {
  /** A call of its agent's shell, where `perf-gate` is on the PATH. */
  shell(cwd: string, call: string): Promise<Ended>;
  /** The same environment for a shell that no client started. */
  env(): NodeJS.ProcessEnv;
};

export function fakeClient(perfgate: PerfGate): FakeClient {
  const programs = () => {
    const bin = temporaryFolder('perf-gate-client-');
    write(join(bin, 'perf-gate'), `#!/bin/sh\nexec '${process.execPath}' '${perfgate.bin()}' "$@"\n`);
    // a process that stays, as a client does; what it starts is marked
    write(join(bin, 'claude'), `#!/bin/sh\nCLAUDECODE=1 CLAUDE_CODE_SESSION_ID=s sh -c "$1"\nexit $?\n`);
    return bin;
  };
  const env = () => ({ ...perfgate.env(), PATH: `${programs()}:${process.env.PATH}` });
  const shell = (cwd: string, call: string) => execute('claude', [call], { cwd, env: env() });
  return { env, shell };
}

function write(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}
