import * as z from 'zod';
import { command, text } from './text.ts';

const runs = z.number().int().max(1000);

const service = z
  .strictObject({
    start: text.meta({ description: 'The command that starts the service.', examples: ['node server.js'] }),
    ready: text.meta({
      description: 'The address that answers once the service is ready.',
      examples: ['http://127.0.0.1:8080/health'],
    }),
  })
  .meta({ description: 'A service that the command needs: started for each arm, warmed up, and stopped for sure.' });

export const repro = z
  .strictObject({
    script: text.meta({
      description: 'The command that reproduces the workload: fixed input, fixed seed, at best 20 ms to 5 min.',
      examples: ['node bench.mjs'],
    }),
    cwd: text
      .default('.')
      .meta({ description: 'Where it runs, relative to the project’s root.', examples: ['packages/app'] }),
    env: z
      .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable’s name: letters, digits and _'), command)
      .exactOptional()
      .meta({
        description: 'Variables of the environment, the same in both arms; each value is text (quote numbers).',
        examples: [{ NODE_ENV: 'production' }],
      }),
    shell: z
      .union([z.literal('auto'), z.boolean()])
      .default('auto')
      .meta({ description: '`auto`: no shell unless the script needs one; true: always `sh -c`; false: never.' }),
    setup: command.exactOptional().meta({
      description: 'Once per arm, untimed: makes a fresh copy of the project runnable.',
      examples: ['npm ci'],
    }),
    build: command.exactOptional().meta({
      description: 'After every change of an arm, untimed.',
      examples: ['npm run build'],
    }),
    before_each: command.exactOptional().meta({
      description: 'Before every execution, untimed: clears a cache, resets a database.',
      examples: ['rm -rf .cache'],
    }),
    service: service.exactOptional(),
    warmup_runs: runs.min(0).default(1).meta({ description: 'Executions per arm that are thrown away at the start.' }),
    measurement_runs: runs.min(3).default(8).meta({
      description: 'Executions per arm until the first look at the result.',
    }),
    max_runs: runs.min(3).default(20).meta({
      description: 'An undecided result may buy more executions, up to this many per arm.',
    }),
    timeout_s: z.number().positive().max(86_400).default(300).meta({
      description: 'Seconds after which one execution counts as failed.',
    }),
  })
  .meta({ description: 'The workload, and how often it runs.', examples: [{ script: 'node bench.mjs' }] });
