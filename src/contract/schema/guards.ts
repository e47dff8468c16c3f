import * as z from 'zod';
import { withCommand } from '../../profile/profilers/profilers.ts';
import { command, text } from './text.ts';

export const guards = z
  .strictObject({
    correctness: command.exactOptional().meta({
      description: 'A command that must exit with 0 on the changed code.',
      examples: ['npm test'],
    }),
    same_output: z
      .union([
        z.literal(true),
        z.strictObject({
          json: text.meta({
            description: 'A key of the JSON on stdout, with dots between the keys.',
            examples: ['checksum'],
          }),
        }),
        z.strictObject({
          regex: text.meta({
            description: 'A regular expression. The text that it matches must be the same.',
            examples: ['checksum=(\\w+)'],
          }),
        }),
        z.strictObject({
          file: text.meta({ description: 'A file that the command writes.', examples: ['out.txt'] }),
        }),
      ])
      .exactOptional()
      .meta({
        description:
          'The output that must be the same before and after the change. `true`: all of stdout except the numbers of the metrics. Otherwise: the part that `json`, `regex` or `file` selects.',
        examples: [{ json: 'checksum' }],
      }),
    protected: z
      .array(text)
      .default([])
      .meta({
        description: 'Files, folders and globs that a fix must not touch. The contract file is always protected.',
        examples: [['bench.mjs', 'test/**']],
      }),
    unprotected: z
      .array(text)
      .exactOptional()
      .meta({
        description:
          'Files that a fix may change although they are protected by default (files that the commands name, the tests and their settings). `lockfile` stands for all lock files.',
        examples: [['package.json', 'lockfile']],
      }),
  })
  .prefault({})
  .meta({
    description: 'Conditions on a change, in addition to the metrics.',
    examples: [{ correctness: 'npm test' }],
  });

export const profiler = z
  .union([
    z.enum(['auto', 'none']),
    z
      .strictObject({
        tool: text.meta({ description: 'The name of the profiler.', examples: ['node-cpu-prof'] }),
        command: text.exactOptional().meta({
          description:
            'The command that makes a profile. perf-gate replaces {command} by the repro and {output} by the file to write. Known profilers have a default command.',
          examples: ['py-spy record -o {output} -- {command}'],
        }),
        output_path: text.exactOptional().meta({
          description:
            'The file that the profiler writes, relative to `repro.cwd`. The ending of its name gives the format.',
          examples: ['profile.cpuprofile'],
        }),
        value: text.exactOptional().meta({
          description:
            'The kind of value by which functions are ranked, if the profile has several kinds: an event of perf or callgrind, or a type of pprof. If left out: the most usual kind.',
          examples: ['alloc_space'],
        }),
      })
      .transform((given) => withCommand(given)),
  ])
  .meta({
    description: 'The profiler that finds the hotspots: `auto` (chosen by domain and language), `none`, or a tool.',
    examples: ['auto'],
  });

export const repoContext = z
  .strictObject({
    language: z.string().exactOptional().meta({ description: 'The main language of the code.' }),
    runtime: z
      .string()
      .exactOptional()
      .meta({ description: 'The runtime, with its version.', examples: ['node 20'] }),
    package_manager: z
      .string()
      .exactOptional()
      .meta({ description: 'The package manager.', examples: ['npm'] }),
    existing_benchmarks: z
      .string()
      .exactOptional()
      .meta({ description: 'The folder of existing benchmarks.', examples: ['bench/'] }),
  })
  .meta({ description: 'Facts about the repository, for information only.' });
