import * as z from 'zod';
import type { Load } from '../../measure/service/load.ts';
import { command, text } from './text.ts';

/** The largest number of executions per arm in a session, and of warm-ups, that a contract may set. */
export const MOST_RUNS = 1000;

const runs = z.number().int().max(MOST_RUNS);
/** A number of executions. With `auto`, perf-gate chooses this number from the noise of the baseline. */
const looked = z.union([z.literal('auto'), runs.min(3)]).default('auto');

const service = z
  .strictObject({
    start: text.meta({ description: 'The command that starts the service.', examples: ['node server.js'] }),
    ready: text.meta({
      description: 'The address that answers as soon as the service is ready.',
      examples: ['http://127.0.0.1:8080/health'],
    }),
  })
  .meta({
    description:
      'A service that the command needs. perf-gate starts it for each arm, warms it up, and always stops it.',
  });

const load = z
  .strictObject({
    url: text.regex(/^https?:\/\/[^\s'"]+$/, 'an address with http:// or https://').meta({
      description: 'The address that every request fetches.',
      examples: ['http://127.0.0.1:8080/'],
    }),
    connections: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(10)
      .meta({ description: 'The number of requests that are open at the same time.' }),
    seconds: z
      .number()
      .positive()
      .max(3600)
      .exactOptional()
      .meta({
        description: 'The length of the load in seconds. Give either this or `requests`.',
        examples: [3],
      }),
    requests: z
      .number()
      .int()
      .min(1)
      .max(10_000_000)
      .exactOptional()
      .meta({
        description: 'The number of requests. Give either this or `seconds`.',
        examples: [2000],
      }),
  })
  .meta({
    description:
      'A load of requests to the `service`, made by autocannon, instead of `script`. The load gives the JSON keys `requests.average` (answers per second; best as the primary metric, with `lower_is_better: false`), `requests.total`, and `throughput.average` (bytes per second). It also gives times in ms, each with `latency.` before its name: `average`, `stddev`, `min`, `max`, `p50`, `p75`, `p90`, `p95`, `p97_5`, `p99`, `p99_9`. A single error, or a single answer outside 2xx, makes the execution fail.',
    examples: [{ url: 'http://127.0.0.1:8080/', connections: 10, seconds: 3 }],
  });

/** The load as a command line that a person could run. perf-gate runs its own load generator (`loadCommand`) instead. */
export function loadText({ url, connections, seconds, requests }: Load): string {
  return `autocannon -c ${connections} ${requests === undefined ? `-d ${seconds}` : `-a ${requests}`} ${url}`;
}

const cpus = z
  .string()
  .regex(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, 'a list of CPUs as text')
  .refine((list) => list.split(',').every((part) => inOrder(part.split('-').map(Number))), 'ranges that go upwards');

const inOrder = ([from = 0, to = from]: number[]) => from <= to;

/** The fields of `repro`; a benchmark of a suite has some of these fields, too. */
export const reproFields = {
  script: text.exactOptional().meta({
    description:
      'The command that reproduces the workload. Its input and its seed must be fixed. It should take 20 ms to 5 min. **Required**, unless there is `load`.',
    examples: ['node bench.mjs'],
  }),
  load: load.exactOptional(),
  cwd: text.default('.').meta({
    description: 'The folder in which the commands run, relative to the project’s root.',
    examples: ['packages/app'],
  }),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable’s name: letters, digits and _'), command)
    .exactOptional()
    .meta({
      description: 'Environment variables, the same in both arms. Each value is text: quote numbers.',
      examples: [{ NODE_ENV: 'production' }],
    }),
  shell: z
    .union([z.literal('auto'), z.boolean(), text])
    .default('auto')
    .meta({
      description:
        'The shell that starts the script. `auto`: `sh -c`, but only if the script needs a shell. True: always `sh -c`. False: no shell. Any other text: a shell of your choice, such as `bash`.',
    }),
  setup: command.exactOptional().meta({
    description: 'A command that makes a fresh copy of the project runnable. Runs once per arm, untimed.',
    examples: ['npm ci'],
  }),
  build: command.exactOptional().meta({
    description: 'A command that builds the project. Runs after every change of an arm, untimed.',
    examples: ['npm run build'],
  }),
  coverage: command.exactOptional().meta({
    description:
      'A command that builds a whole C or C++ program with coverage (GCC’s `--coverage`). `compare` runs this build in a temporary copy of the head, to find out whether the repro runs the changed lines. Node and Python need no build with coverage.',
    examples: ['make clean bench CFLAGS=--coverage'],
  }),
  before_each: command.exactOptional().meta({
    description:
      'A command that runs before every execution, untimed. For example, it clears a cache or resets a database.',
    examples: ['rm -rf .cache'],
  }),
  service: service.exactOptional(),
  warmup_runs: runs
    .min(0)
    .default(1)
    .meta({ description: 'The number of warm-up executions per arm at the start. They are never judged.' }),
  measurement_runs: looked.meta({
    description: 'The number of executions per arm before the first look at the result. `auto`: 5.',
    examples: [5],
  }),
  max_runs: looked.meta({
    description:
      'The largest number of executions per arm, if the result stays undecided. `auto`: 22, or up to 60 if the noise of the baseline is high.',
    examples: [22],
  }),
  cpus: cpus.exactOptional().meta({
    description:
      'The CPUs to which the command is pinned (Linux only). With `load`, the service is pinned to them, too. If left out, the scheduler chooses the CPUs.',
    examples: ['1', '2-3'],
  }),
  timeout_s: z.number().positive().max(86_400).default(300).meta({
    description:
      'Seconds after which one execution counts as failed. This limit is the same for executions under `callgrind`.',
  }),
};

export const repro = z
  .strictObject(reproFields)
  .transform(({ script, load, ...rest }, context) => {
    if (script === undefined && load === undefined)
      context.addIssue({ code: 'custom', path: ['script'], message: 'text, or `load` instead', input: script });
    return { script: script ?? (load ? loadText(load) : ''), ...(load ? { load } : {}), ...rest };
  })
  .meta({ description: 'The workload, and how often it is executed.', examples: [{ script: 'node bench.mjs' }] });
