import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { execute, type PerfGate } from './cli.ts';
import { temporaryFolder } from './repository.ts';

type Env = Record<string, string>;
export type Step = {
  name?: string;
  uses?: string;
  run?: string;
  if?: string;
  env?: Env;
  with?: Record<string, string>;
};
export type Job = { if: string; env?: Env; steps: Step[] } & Record<string, unknown>;
export type Workflow = {
  name: string;
  on: Record<string, Record<string, string[]>>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
};
type Contexts = Record<string, unknown>;

export const workflowOf = (text: string): Workflow => parse(text);
export const jobOf = ({ jobs }: Workflow): Job => Object.values(jobs)[0]!;
export const actionFile = () => readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');

/** A recorded GitHub event. */
export const recorded = (name: string) =>
  JSON.parse(readFileSync(new URL(`../compare/pull-request/fixtures/${name}.json`, import.meta.url), 'utf8'));

/** Evaluates a GitHub expression such as `github.event.number`; supports `==`, `&&`, `contains` and `fromJSON`. */
export function evaluated(expression: string, contexts: Contexts): unknown {
  const script = expression
    .replace(/([\w.]+)\.\*\.name/g, '$1.map((one) => one.name)')
    .replace(/inputs\.([a-z-]+)/g, "inputs['$1']")
    .replace(/github\.event\.label\.name/g, 'github.event.label?.name');
  const contains = (all: string[], one: string) => all.includes(one);
  const names = { always: () => true, fromJSON: JSON.parse, contains, ...contexts };
  return new Function(...Object.keys(names), `return (${script});`)(...Object.values(names));
}

export const filled = (env: Env = {}, contexts: Contexts): Env =>
  Object.fromEntries(
    Object.entries(env).map(([name, text]) => [
      name,
      String(text).replace(/\$\{\{(.*?)\}\}/g, (_, inner: string) => String(evaluated(inner, contexts))),
    ]),
  );

/** A fake GitHub runner with this event. Its `npx` runs this perf-gate instead of the published one. */
export function runner(perfgate: PerfGate, event: object, more: Env = {}) {
  const temp = temporaryFolder();
  const [bin, workspace, summary] = [join(temp, 'bin'), join(temp, 'workspace'), join(temp, 'summary.md')];
  mkdirSync(bin);
  mkdirSync(workspace);
  const program = (name: string, text: string) =>
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const known = `[ "$1 $2" = "--yes perf-gate@${manifest.version}" ] || exit 99`;
  program('npx', `${known}\nshift 2\nexec "${process.execPath}" "${perfgate.bin()}" "$@"`);
  writeFileSync(join(temp, 'event.json'), JSON.stringify(event));
  writeFileSync(summary, '');
  const env: Env = {
    ...(perfgate.env() as Env),
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    RUNNER_TEMP: temp,
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_PATH: join(temp, 'event.json'),
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_REPOSITORY: 'acme/report',
    ...more,
  };

  /** Runs the steps that have a script, one after the other; returns their exit codes and their output. */
  async function steps({ env: ofJob, steps: all }: Pick<Job, 'env' | 'steps'>, contexts: Contexts) {
    const ended: { codes: (number | null)[]; stdout: string } = { codes: [], stdout: '' };
    for (const step of all) {
      if (step.run === undefined || (step.if && !evaluated(step.if, contexts))) continue;
      if (ended.codes.some((code) => code !== 0) && step.if !== 'always()') continue;
      const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run];
      const own = { ...filled(ofJob, contexts), ...filled(step.env, contexts) };
      const { code, stdout } = await execute('bash', args, { cwd: workspace, env: { ...env, ...own } });
      ended.codes.push(code);
      ended.stdout += stdout;
    }
    return ended;
  }

  const read = (path: string) => readFileSync(join(temp, path), 'utf8');
  return { temp, workspace, program, steps, read };
}
