import type { Command } from '../command.ts';

/** What brings a run on, from its start to what is kept of it. */
export const runCommands: Command[] = [
  {
    name: 'start',
    args: '<task>',
    summary: 'begin a run: scope it, measure, and let somebody try to make it faster',
    detail:
      'Asks for the contract in the terminal, or takes it from --contract. Nothing is measured before you approve; --yes is that approval for scripts.',
    example: 'perf-gate start "make the report faster" --contract perf-gate.yaml',
    options: [
      ['--contract <file>', 'the contract: what is measured, how, and what counts as better'],
      ['--yes', 'approve the contract, and take the engine’s own order of hotspots'],
      [
        '--agent <who>',
        'who has the ideas: manual, command, inline (an agent that calls next and submit), or an installed agent that is called: claude, codex, gemini',
      ],
      ['--fix-command <command>', 'does a fix: exit 0 done, 10 skipped; the brief comes on stdin'],
      ['--propose-command <command>', 'orders the hotspots: edits the draft named in PERF_GATE_ARTIFACT'],
      ['--include-dirty', 'make uncommitted changes the first commit of the run’s branch'],
      ['--no-branch', 'stay on the current branch'],
      ['--detach', 'measure in the background, and return'],
    ],
    load: () => import('../commands/start/start.ts'),
  },
  {
    name: 'status',
    summary: 'tell where the run stands and what comes next',
    example: 'perf-gate status',
    load: () => import('../commands/status.ts'),
  },
  {
    name: 'next',
    summary: 'do the engine’s stages, up to the next stage that needs somebody, and print its brief',
    detail:
      'Measuring may take longer than a shell call of an agent may last: with --detach it goes on in the background, and what comes within two seconds is told at once.',
    example: 'perf-gate next',
    options: [['--detach', 'go on in the background, and return']],
    load: () => import('../commands/next.ts'),
  },
  {
    name: 'wait',
    summary: 'wait for the work in the background, and tell its result as `next` would have told it',
    detail: 'Exit code 75: somebody still works on the run, and how far it has come is told; call again.',
    example: 'perf-gate wait --timeout 100',
    options: [['--timeout <seconds>', 'how long at most (default 100)']],
    load: () => import('../commands/wait.ts'),
  },
  {
    name: 'brief',
    summary: 'print what any agent has to know to go on with the run: how it is done, contract, stage, what was tried',
    example: 'perf-gate brief --stage',
    options: [['--stage', 'also the brief of the stage, as `next` printed it']],
    load: () => import('../commands/brief.ts'),
  },
  {
    name: 'submit',
    args: '[file]',
    summary: 'hand in the artifact of an actor’s stage (default: the draft that `next` wrote)',
    example: 'perf-gate submit',
    load: () => import('../commands/submit.ts'),
  },
  {
    name: 'preflight',
    summary: 'try the contract that waits for approval: does it run, can it be measured, can the threshold be seen',
    example: 'perf-gate preflight',
    load: () => import('../commands/preflight.ts'),
  },
  {
    name: 'approve',
    summary: 'approve the contract, as a person; the measurements then begin with `next`',
    example: 'perf-gate approve',
    options: [['--yes', 'do not ask']],
    load: () => import('../commands/approve.ts'),
  },
  {
    name: 'pause',
    summary: 'let the run rest; it stays where it is until `resume`',
    example: 'perf-gate pause',
    load: () => import('../commands/pause.ts'),
  },
  {
    name: 'resume',
    summary: 'go on with the run, after a pause, a crash or Ctrl-C',
    example: 'perf-gate resume',
    options: [
      ['--detach', 'go on in the background, and return'],
      ['--adopt', 'bind the run to the session of the coding agent that calls this'],
    ],
    load: () => import('../commands/resume.ts'),
  },
  {
    name: 'abort',
    summary: 'end the run: the open attempt is kept under a ref and taken back, nothing is deleted',
    example: 'perf-gate abort',
    load: () => import('../commands/abort.ts'),
  },
  {
    name: 'finish',
    summary: 'make the branch ready for review: one last commit with the artifacts',
    detail:
      'Accepted commits run no hooks and are not signed; --sign signs the last commit. Where nothing was accepted, the original branch is checked out again.',
    example: 'perf-gate finish',
    options: [
      ['--split', 'also make one branch per accepted change, where they do not overlap'],
      ['--sign', 'sign the last commit with your git configuration'],
    ],
    load: () => import('../commands/finish.ts'),
  },
  {
    name: 'attempts',
    args: '[action] [number]',
    summary: 'list the attempts of the run; `show N` prints the change, `restore N` brings it back into the work tree',
    example: 'perf-gate attempts show 2',
    options: [['--run <run>', 'another run than the newest']],
    load: () => import('../commands/attempts.ts'),
  },
  {
    name: 'undo',
    args: '<number>',
    summary: 'take an accepted change back by an inverse commit',
    example: 'perf-gate undo 1',
    load: () => import('../commands/undo.ts'),
  },
];
