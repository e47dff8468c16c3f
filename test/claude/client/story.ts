import { expect } from 'vitest';
import type { Outcome, PerfGate } from '../../helpers/cli.ts';
import { countingProject, halve } from '../../helpers/project.ts';
import type { TestRepository } from '../../helpers/repository.ts';
import { agent, type Plan, run } from './agent.ts';
import type { Script } from './model.ts';
import { type Ended, type Sandbox, sandbox } from './sandbox.ts';

/** A session in a project whose work is a number in a file, so that a run takes seconds and its verdicts are certain. */
export type Story = Sandbox & {
  project: TestRepository;
  status(): Promise<Outcome & { paused: boolean; next: string }>;
  /** Runs scoping with the user until the contract waits for approval. Returns the session's id. */
  scoped(): Promise<string>;
};

/** One question, a contract, and one fix that halves the work. */
export const halving = (): Plan => ({
  scoping: (draft) => [
    { text: QUESTION },
    run(`{ sed '/^contract:/,$d' '${draft}'; echo contract:; sed 's/^/  /' c.yaml; echo ---; } > d && mv d '${draft}'`),
  ],
  fixes: [[run(halve, 'Half of the steps are not needed.')]],
});

const QUESTION = 'Which command reproduces the workload? 1. sh bench.sh (default) 2. another one';

export async function story(perfgate: PerfGate, script: Script = agent(halving())): Promise<Story> {
  const project = countingProject();
  const box = await sandbox(project, perfgate, script);
  const status: Story['status'] = () => perfgate.json(project.root, 'status');
  return {
    ...box,
    project,
    status,
    async scoped() {
      const asked = await box.ask("/perf-gate:start make it's loop faster; $(touch PWNED)");
      expect(said(asked)).toBe(QUESTION);
      expect(await status()).toMatchObject({ stage: 'scoping', next: expect.stringContaining('submit') });
      await box.ask('sh bench.sh', { resume: asked.session });
      expect(await status()).toMatchObject({ stage: 'scoping', next: 'perf-gate approve' });
      return asked.session;
    },
  };
}

/** The result text of a session. */
export function said({ events }: Ended): unknown {
  return events.find((event) => event.type === 'result')?.result;
}
