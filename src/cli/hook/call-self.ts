import { run } from '../../core/exec.ts';

/** Calls another command of ours, as a person would who typed it. The object that it printed; empty where it printed none. */
export async function callSelf(
  cwd: string,
  [command, ...args]: [string, ...string[]],
  env: Record<string, string | undefined> = process.env,
): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, [process.argv[1]!, command, '--json', ...args], { cwd, env });
  try {
    return JSON.parse(stdout) as Record<string, unknown>;
  } catch {
    return {};
  }
}
