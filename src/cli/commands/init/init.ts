import { exit } from '../../../core/errors.ts';
import type { Options, Run } from '../../command.ts';
import { initClaude } from './claude.ts';
import { initConfig } from './config.ts';
import { initDomain } from './domain.ts';
import type { Done } from './done.ts';

/** Every kind of set-up is idempotent, and loses nothing that is there. */
export const run: Run = async (_, options, tools) => {
  const { files, told, hint } = setUp(tools.cwd, options);
  if (tools.json) tools.out(JSON.stringify({ changed: files, told, next: hint }));
  else tools.out([...told, hint].join('\n'));
  return exit.done;
};

function setUp(project: string, { claude, domain }: Options): Done {
  if (claude === true) return initClaude(project);
  return typeof domain === 'string' ? initDomain(project, domain) : initConfig(project);
}
