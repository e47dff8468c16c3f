import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { configFile } from '../artifact/paths.ts';
import { readYaml } from '../contract/yaml.ts';
import { failure } from '../core/errors.ts';

const config = z.strictObject({
  /** Where `finish` puts the Markdown artifacts, relative to the project. */
  artifacts_dir: z
    .string()
    .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\0]+$/, 'a folder inside the project')
    .default('perf'),
  /** Whether an agent may call `approve` itself. The plugin's hook reads this. */
  agent_may_approve: z.boolean().default(false),
  /** Limits of a headless agent in one stage, if its client knows such a limit. `model`: a name that the client knows. */
  agent: z
    .strictObject({
      model: z.string().regex(/^[^-]/, 'the name of a model').nullable().default(null),
      max_turns: z.number().int().min(1).default(60),
      max_usd: z.number().positive().default(5),
      max_minutes: z.number().positive().default(30),
    })
    .prefault({}),
});

export type Config = z.infer<typeof config>;

/**
 * Reads `.perf-gate/config.yaml`, the optional defaults of the repository.
 * @throws config_invalid
 */
export function readConfig(project: string): Config {
  const file = configFile(project);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const { data, errors } = readYaml(text);
  const problem = errors[0];
  const parsed = config.safeParse(problem ? null : (data ?? {}));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw failure('config_invalid', {
    file,
    problem: problem ?? `${issue.path.join('.') || 'the file'}: ${issue.message}`,
  });
}
