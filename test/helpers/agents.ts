import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execute, type Outcome, type PerfGate } from './cli.ts';
import { type TestRepository, temporaryFolder } from './repository.ts';

/** What the agent does in a stage: edits of the project and of its draft, what it says, or how it fails. */
export type Plan = Record<string, { edit?: [string, string]; draft?: [string, string]; says?: string; fails?: string }>;

/** A call of the program, as it saw it. */
export type Call = { program: string; args: string[]; prompt: string; stage: string; env: string[] };

/**
 * Small programs with the names and the command lines of the real clients: they know the same flags and no others, take the prompt from
 * stdin, edit what they are allowed to, keep to the limit of turns, and answer in the same form.
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

/** perf-gate with these programs first on the PATH. */
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
