import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, execute, type PerfGate } from './cli.ts';
import { temporaryFolder } from './repository.ts';

/** A fake coding agent's client: a process with its name that sets the client's variables for its children, but not for itself. */
export type FakeClient = {
  /** Runs a command in the agent's shell, with `perf-gate` on the PATH. */
  shell(cwd: string, call: string): Promise<Ended>;
  /** The same environment for a shell without a client. */
  env(): NodeJS.ProcessEnv;
};

export function fakeClient(perfgate: PerfGate): FakeClient {
  const programs = () => {
    const bin = temporaryFolder('perf-gate-client-');
    write(join(bin, 'perf-gate'), `#!/bin/sh\nexec '${process.execPath}' '${perfgate.bin()}' "$@"\n`);
    // no `exec`: the process must stay alive above its children, as a client does
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
