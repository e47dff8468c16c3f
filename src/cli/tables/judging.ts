import type { Command } from '../command.ts';

/** What measures and judges without a run. */
export const judgingCommands: Command[] = [
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
    load: () => import('../commands/compare/compare.ts'),
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
    load: () => import('../commands/measure/measure.ts'),
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
    load: () => import('../commands/judge.ts'),
  },
];
