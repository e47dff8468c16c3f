import type { Command } from './command.ts';

/** Every command. Each is loaded when it is called, because start-up is felt at every call. */
export const commands: Command[] = [
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
      ['--agent <who>', 'who does the fixes: manual, command or inline (an agent that calls next and submit)'],
      ['--fix-command <command>', 'does a fix: exit 0 done, 10 skipped; the brief comes on stdin'],
      ['--propose-command <command>', 'orders the hotspots: edits the draft named in PERF_GATE_ARTIFACT'],
      ['--include-dirty', 'make uncommitted changes the first commit of the run’s branch'],
      ['--no-branch', 'stay on the current branch'],
    ],
    load: () => import('./start.ts'),
  },
  {
    name: 'status',
    summary: 'tell where the run stands and what comes next',
    example: 'perf-gate status',
    load: () => import('./status.ts'),
  },
  {
    name: 'next',
    summary: 'do the engine’s stages, up to the next stage that needs somebody, and print its brief',
    example: 'perf-gate next',
    load: () => import('./next.ts'),
  },
  {
    name: 'submit',
    args: '[file]',
    summary: 'hand in the artifact of an actor’s stage (default: the draft that `next` wrote)',
    example: 'perf-gate submit',
    load: () => import('./submit.ts'),
  },
  {
    name: 'preflight',
    summary: 'try the contract that waits for approval: does it run, can it be measured, can the threshold be seen',
    example: 'perf-gate preflight',
    load: () => import('./preflight.ts'),
  },
  {
    name: 'approve',
    summary: 'approve the contract, as a person; the measurements then begin with `next`',
    example: 'perf-gate approve',
    options: [['--yes', 'do not ask']],
    load: () => import('./approve.ts'),
  },
  {
    name: 'pause',
    summary: 'let the run rest; it stays where it is until `resume`',
    example: 'perf-gate pause',
    load: () => import('./pause.ts'),
  },
  {
    name: 'resume',
    summary: 'go on with the run, after a pause, a crash or Ctrl-C',
    example: 'perf-gate resume',
    load: () => import('./resume.ts'),
  },
  {
    name: 'abort',
    summary: 'end the run: the open attempt is kept under a ref and taken back, nothing is deleted',
    example: 'perf-gate abort',
    load: () => import('./abort.ts'),
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
    load: () => import('./finish.ts'),
  },
  {
    name: 'attempts',
    args: '[action] [number]',
    summary: 'list the attempts of the run; `show N` prints the change, `restore N` brings it back into the work tree',
    example: 'perf-gate attempts show 2',
    options: [['--run <run>', 'another run than the newest']],
    load: () => import('./attempts.ts'),
  },
  {
    name: 'undo',
    args: '<number>',
    summary: 'take an accepted change back by an inverse commit',
    example: 'perf-gate undo 1',
    load: () => import('./undo.ts'),
  },
  {
    name: 'compare',
    args: '[what...]',
    usage: '[options] <base> <head> --contract <file> | [options] -- <command> -- <command>',
    summary: 'judge two commits, or two commands of this folder, with the engine of a run: is the second better',
    detail:
      'Two commits are judged by a contract; the work tree is not touched. Two commands need none, nor a repository: they run in turn in this folder, and the second is accepted where it is proved to be better by the threshold. Exit code 0: accepted; 1: rejected; 4: inconclusive.',
    example:
      'perf-gate compare main HEAD --contract perf-gate.yaml\n  $ perf-gate compare -- node old.mjs -- node new.mjs',
    options: [
      ['--contract <file>', 'commits: the contract to judge by'],
      ['--save <file>', 'commits: keep the samples of the head as a baseline'],
      [
        '--against <file>',
        'commits: compare the head with a saved baseline (not measured in turn: less to be trusted)',
      ],
      ['--threshold <amount>', 'commands: how much better is asked for, such as 5% or 10ms (default 5%)'],
      ['--primary <metric>', 'commands: wall, cpu or max_rss (default wall)'],
      ['--runs <n>', 'commands: executions of each until the first look (default 8)'],
      ['--max-runs <n>', 'commands: at most so many of each and session (default 20)'],
      ['--same-output', 'commands: both must print the same'],
      ['--warmup <n>', 'commands: executions of each that are thrown away first; one always is (default 1)'],
      ['--prepare <command>', 'commands: run before every execution, untimed'],
      ['--shell', 'commands: always through sh -c'],
      ['--timeout <seconds>', 'commands: when an execution counts as failed (default 300)'],
      ['--markdown', 'a comment for a pull request on stdout'],
    ],
    load: () => import('./compare.ts'),
  },
  {
    name: 'measure',
    args: '[command...]',
    usage: '[options] -- <command> [arguments...]',
    summary: 'measure one command: wall and CPU time, peak memory, their spread, and what to mistrust',
    detail:
      'Several words are the command and its arguments; one word is a script, run by a shell where it needs one. An execution that fails ends the measurement: it is not a slow one.',
    example: 'perf-gate measure --output before.json -- node bench.mjs',
    options: [
      ['--runs <n>', 'how often (default: at least 10 times and at least 3 s)'],
      ['--warmup <n>', 'executions that are thrown away first; one always is (default 1)'],
      ['--prepare <command>', 'run before every execution, untimed'],
      ['--shell', 'always through sh -c'],
      ['--timeout <seconds>', 'when an execution counts as failed (default 300)'],
      [
        '--metric <name=source...>',
        'also cpu, user_cpu, sys_cpu, max_rss, json:KEY, regex:PATTERN, metric:NAME or size:GLOB; may be repeated',
      ],
      ['--export <format>', 'json (as of hyperfine), csv, md or go (for benchstat)'],
      ['--output <file>', 'where the export goes (default: stdout instead of the summary)'],
    ],
    load: () => import('./measure.ts'),
  },
  {
    name: 'judge',
    args: '<base> <candidate>',
    summary: 'judge samples that exist already: is the candidate better, and by how much for sure',
    detail:
      'Reads JSON arrays of numbers, `{"samples": […]}`, exports of hyperfine and of `perf-gate measure`, and the text of `go test -bench`. Exit code 0: accepted; 1: rejected; 4: inconclusive.',
    example: 'perf-gate judge before.json after.json --threshold 5%',
    options: [
      [
        '--threshold <amount>',
        'how much better is asked for: 5%, 10ms, or a number in the unit of the samples (default: any improvement)',
      ],
      ['--paired', 'the samples are pairs, in this order: judged by the signed-rank test'],
      ['--test <test>', 'auto, mann_whitney, wilcoxon_signed_rank or mean_2sigma (default auto)'],
      ['--higher-is-better', 'for rates and scores'],
      ['--alpha <p>', 'the chance to call an improvement that is not there (default 0.05)'],
      [
        '--claim <claim>',
        'proven: the lower bound reaches the threshold; observed: the estimate does (default proven)',
      ],
      ['--key <name>', 'which benchmark, where a file holds several'],
      ['--candidate-key <name>', 'the same of the candidate, where it goes by another name'],
    ],
    load: () => import('./judge.ts'),
  },
  {
    name: 'report',
    summary: 'print where the report is, or open it',
    example: 'perf-gate report --open',
    options: [
      ['--open', 'open report.html in the browser'],
      ['--run <run>', 'another run than the newest'],
    ],
    load: () => import('./report.ts'),
  },
  {
    name: 'list',
    summary: 'list the runs of this project',
    example: 'perf-gate list',
    load: () => import('./list.ts'),
  },
  {
    name: 'show',
    args: '[run]',
    summary: 'print the story of a run, artifact by artifact',
    example: 'perf-gate show',
    load: () => import('./show.ts'),
  },
  {
    name: 'gc',
    summary: 'drop the kept snapshots of old runs, and what crashed measurements left behind',
    example: 'perf-gate gc --keep 5',
    options: [['--keep <n>', 'how many of the newest runs keep their snapshots (default 10)']],
    load: () => import('./gc.ts'),
  },
  {
    name: 'verify',
    args: '[run]',
    summary: 'check that a run is what it says: journal, artifacts, samples, verdicts, refs and commits',
    detail:
      'Judges every session again from its raw samples and compares all that the run left behind with its journal. Nothing is written or run. Exit code 0: everything holds; 1: something does not.',
    example: 'perf-gate verify',
    load: () => import('./verify.ts'),
  },
  {
    name: 'workflow',
    summary: 'print the workflow: the stages and what leads where',
    example: 'perf-gate workflow --format mermaid',
    options: [['--format <format>', 'table, mermaid or json']],
    load: () => import('./workflow.ts'),
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of the contract, for your editor',
    example: 'perf-gate schema > perf-gate.schema.json',
    load: () => import('./schema.ts'),
  },
  {
    name: 'doctor',
    summary: 'check whether this machine is fit to measure on, and tell what helps',
    detail:
      'Ends with a short measurement of its noise: a loop against itself. Exit code 3 where something is missing.',
    example: 'perf-gate doctor',
    options: [['--strict', 'exit code 3 also where something makes the figures less to be trusted']],
    load: () => import('./doctor.ts'),
  },
  {
    name: 'calibrate',
    summary:
      'measure unchanged code against itself, at length: does the gate accept what is not there, and how finely does it see',
    detail:
      'Nothing of the project is changed. Every session goes the way of an attempt: screen, and where it passes, confirmation. Exit code 1 where unchanged code was accepted, or a planted slowdown was not seen.',
    example: 'perf-gate calibrate --contract perf-gate.yaml --slowdown 10%',
    options: [
      ['--contract <file>', 'the contract to calibrate'],
      ['--sessions <n>', 'how many sessions of unchanged code (default 10)'],
      [
        '--slowdown <pct>',
        'also slow the command down by this much, and see whether it is noticed (wall and CPU time only)',
      ],
    ],
    load: () => import('./calibrate.ts'),
  },
  {
    name: 'demo',
    summary: 'watch a slow program being made faster with proof, on a copy in a temporary repository',
    example: 'perf-gate demo',
    load: () => import('./demo.ts'),
  },
];
