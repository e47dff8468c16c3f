import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { perfGate } from '../../helpers/cli.ts';
import { files } from '../../helpers/project.ts';
import { repositoryIn, temporaryFolder } from '../../helpers/repository.ts';
import { agent, type Plan } from '../client/agent.ts';
import type { Turn } from '../client/reply.ts';
import { marketplace, sandbox } from '../client/sandbox.ts';
import { page } from '../client/transcript.ts';

const perfgate = perfGate();

/** A turn that asks one question; the first option is the default. */
const ask = (header: string, question: string, options: [label: string, description: string][], text = ''): Turn => ({
  text,
  calls: [
    {
      name: 'AskUserQuestion',
      input: {
        questions: [
          {
            header,
            question,
            multiSelect: false,
            options: options.map(([label, description]) => ({ label, description })),
          },
        ],
      },
    },
  ],
});

const edit = (file_path: string, old_string: string, new_string: string, text = ''): Turn[] => [
  { text, calls: [{ name: 'Read', input: { file_path } }] },
  { calls: [{ name: 'Edit', input: { file_path, old_string, new_string } }] },
];

/** The metrics that the draft proposes, and the user's choice. */
const proposed = `    primary:
      name: undelayed_wall_ms
      unit: ms
      lower_is_better: true
      source: undelayed_wall
    watchdogs:
      - name: peak_rss_mb
        unit: MB
        lower_is_better: true
        source: max_rss
        max_regression_pct: 10`;
const chosen = `    primary:
      name: steps
      unit: steps
      source: { stdout: metric, key: steps }
      deterministic: true`;

/** Scoping with three questions, then one fix that helps. */
const plan = (project: string): Plan => ({
  scoping: (draft) => [
    ask(
      'Repro',
      'Which command reproduces the workload?',
      [
        ['sh bench.sh', 'found in this folder; prints METRIC steps'],
        ['something else', 'tell me which'],
      ],
      'This is a shell project with a benchmark. Three questions about the contract:',
    ),
    ask('Metric', 'Which one metric must get better?', [
      ['steps', 'printed by the benchmark: the same in every run'],
      ['cpu_ms', 'CPU time'],
      ['wall_ms', 'wall time'],
    ]),
    ask('Threshold', 'From which improvement on does a change count?', [
      ['20 %', 'proved to be at least this large'],
      ['10 %', 'smaller changes count too'],
    ]),
    ...edit(draft, proposed, chosen),
  ],
  fixes: [
    edit(
      join(project, 'work.sh'),
      'STEPS=100',
      'STEPS=50',
      'Every second step repeats the one before: half are enough.',
    ),
  ],
});

it.runIf(process.env.PERF_GATE_TRANSCRIPT)(
  'writes the page of a session, from the first question to the end',
  async () => {
    const root = temporaryFolder('perf-gate-claude-');
    const folder = join(root, 'home/report');
    mkdirSync(folder, { recursive: true });
    const project = repositoryIn(folder, files);
    const box = await sandbox(project, perfgate, agent(plan(folder)), root);
    const screen = await box.open();
    await screen.say('/perf-gate:start make the loop faster');
    const question = await screen.sees(/Which command reproduces the workload\?[\s\S]*Enter to select/);
    for (const header of ['Repro', 'Metric', 'Threshold']) {
      const isAsked = new RegExp(`☐ ${header}[\\s\\S]*Enter to select`);
      await screen.sees(isAsked);
      // A key that arrives before the list accepts keys is lost.
      for (let tries = 0; tries < 10 && isAsked.test(screen.screen()); tries++) {
        screen.press('Enter');
        await pause(1000);
      }
    }
    await screen.sees(/submitted\. Please approve/, 60);
    const scoped = screen.history();
    await screen.say('/perf-gate:approve');
    await vi.waitFor(
      async () =>
        expect(await perfgate.json(folder, 'status')).toMatchObject({ outcome: 'accepted', stage: 'completed' }),
      { timeout: 240_000, interval: 2000 },
    );
    await screen.sees(/^● .*(Done\.|Attempt \d was [^\n]*)\n(.*\n)*❯/m);
    // The client sometimes redraws its screen, so the start is found by the typed text.
    const all = screen.history();
    const ended = all.slice(Math.max(0, all.lastIndexOf('❯ /perf-gate:approve')));

    const { stdout } = await box.call('--version');
    const scenes = [
      {
        title: 'A question',
        told: 'The agent asks one question at a time. The first choices are what perf-gate found in the repository.',
        screen: question,
      },
      {
        title: 'The contract',
        told: 'The agent writes a contract from your answers, and the run waits until a person approves it.',
        screen: scoped,
      },
      {
        title: 'From the approval to the end',
        told: 'Only a person approves. After the approval, the Stop hook keeps the agent at work until the run ends.',
        screen: ended,
      },
    ];
    const text = page(scenes, { client: stdout.trim(), home: box.home });
    writeFileSync(join(marketplace, 'docs/claude-code-session.md'), text);
    expect(text).toContain('was accepted');
  },
  1_200_000,
);
