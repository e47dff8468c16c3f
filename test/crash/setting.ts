import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeProject, type Project, startArguments } from './project.ts';
import { published } from './published.ts';
import { type Ended, journalOf, type Kill, nameOf, perfGate } from './run.ts';

export type Setting = {
  project(change?: Record<string, string>): Project;
  start(project: Project, kill?: Kill): Promise<Ended>;
  run(project: Project, ...args: string[]): Promise<Ended>;
  killed(project: Project, kill: Kill, ...args: string[]): Promise<Ended>;
};

/** perf-gate as it is published, once per test file, and projects that go when the test is over. */
export function setting(): Setting {
  const place = published();
  return {
    project(change) {
      const project = makeProject(change);
      onTestFinished(project.remove);
      project.env.XDG_CACHE_HOME = join(place.home, 'cache'); // the measuring helper is compiled once
      return project;
    },
    start: (project, kill) => perfGate(place.bin, project, startArguments, kill),
    run: (project, ...args) => perfGate(place.bin, project, args),
    killed: (project, kill, ...args) => perfGate(place.bin, project, args, kill),
  };
}

/** As soon as the journal says so. */
export const at = (name: string): Kill => ({ when: (records) => records.some((record) => nameOf(record) === name) });

export function runFolder({ root }: Project): string {
  const runs = join(root, '.perf-gate/runs');
  return join(runs, readdirSync(runs)[0] ?? '');
}

/** The artifact of the stage that came last, as text. */
export function artifactOf(project: Project, stage: string): string {
  const names = readdirSync(runFolder(project)).filter((name) => name.endsWith(`${stage}.md`));
  return readFileSync(join(runFolder(project), names.sort().at(-1) ?? ''), 'utf8');
}

/** Takes the journal back to a record, as if the process had been killed right after it. */
export function cutAfter(project: Project, name: string): void {
  const file = join(runFolder(project), 'journal.jsonl');
  const index = journalOf(project).findIndex((record) => nameOf(record) === name);
  if (index < 0) throw new Error(`the journal has no ${name}: ${journalOf(project).map(nameOf).join(', ')}`);
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, `${lines.slice(0, index + 1).join('\n')}\n`);
}
