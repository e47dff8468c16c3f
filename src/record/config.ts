import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import * as z from 'zod';
import { configFile } from '../artifact/paths.ts';
import { readYaml } from '../contract/yaml.ts';
import { failure } from '../core/errors.ts';
import { readUserText } from '../core/user-file.ts';
import { tryGit } from '../git/git.ts';
import type { Repo } from '../git/repo.ts';

const config = z.strictObject({
  /** The folder for the Markdown artifacts of `finish`, relative to the project. */
  artifacts_dir: z
    .string()
    .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\0]+$/, 'must be a folder inside the project')
    .default('perf'),
  /** Whether an agent may call `approve` itself. This setting is read from a commit only. */
  agent_may_approve: z.boolean().default(false),
  /**
   * Limits of a headless agent in one stage. A limit has no effect if the agent's client does not support it. `model`: the name of a model
   * that the client knows.
   */
  agent: z
    .strictObject({
      model: z.string().regex(/^[^-]/, 'must be the name of a model').nullable().default(null),
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
  return parseConfig(existsSync(file) ? readUserText(file) : '', file);
}

/** Whether the committed configuration allows an agent to approve. The work tree's version is ignored, because an agent can edit it. */
export async function agentMayApprove({ root, gitDir, project }: Repo, commit: string): Promise<boolean> {
  const file = relative(root, configFile(project));
  const call = ['cat-file', 'blob', `${commit}:${file}`];
  // reads the original commit, even if a git replace ref replaces this commit
  const { exitCode, stdout } = await tryGit({ root, gitDir }, call, { env: { GIT_NO_REPLACE_OBJECTS: '1' } });
  try {
    return exitCode === 0 && parseConfig(stdout, file).agent_may_approve;
  } catch {
    return false;
  }
}

function parseConfig(text: string, file: string): Config {
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
