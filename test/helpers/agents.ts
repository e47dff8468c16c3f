import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execute, type Outcome, type PerfGate } from './cli.ts';
import { type TestRepository, temporaryFolder } from './repository.ts';

/** By stage: the agent's edit of the project, its edit of the draft, its answer, or its failure. */
export type Plan = Record<string, { edit?: [string, string]; draft?: [string, string]; says?: string; fails?: string }>;

/** One call that the fake agent recorded. */
export type Call = { program: string; args: string[]; prompt: string; stage: string; env: string[] };

/**
 * Installs small programs with the names and command lines of the real clients. They accept the same flags and no others, read the prompt
 * from stdin, edit only permitted files, respect the limit of turns, and answer in the same format.
 */
export function installAgents(plan: Plan): { bin: string; calls(): Call[] } {
  const bin = temporaryFolder('perf-gate-agents-');
  writeFileSync(join(bin, 'plan.json'), JSON.stringify(plan));
  const source = readFileSync(join(import.meta.dirname, 'agent-program.mjs'));
  for (const name of ['claude', 'codex', 'gemini']) {
    writeFileSync(join(bin, name), source);
    chmodSync(join(bin, name), 0o755);
  }
  const calls = () =>
    readFileSync(join(bin, 'calls.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Call);
  return { bin, calls };
}

/** Runs perf-gate with these programs first on the PATH. */
export function callerWith(perfgate: PerfGate, repo: TestRepository, bin: string, more: NodeJS.ProcessEnv = {}) {
  return async (...args: string[]): Promise<Outcome & { code: number | null; stderr: string }> => {
    const env = { ...perfgate.env(), PATH: [bin, process.env.PATH].join(delimiter), ...more };
    const ended = await execute(process.execPath, [perfgate.bin(), args[0]!, '--json', ...args.slice(1)], {
      cwd: repo.root,
      env,
    });
    return { ...(JSON.parse(ended.stdout) as Outcome), code: ended.code, stderr: ended.stderr };
  };
}
