import { exit } from '../../../core/errors.ts';
import type { Options, Run } from '../../command.ts';
import { initClaude } from './claude.ts';
import { initConfig } from './config.ts';
import { initDomain } from './domain.ts';
import type { SetUp } from './set-up.ts';

/** Every kind of set-up may be repeated, and keeps what is there already. */
export const run: Run = async (_, options, tools) => {
  const { changed, told, next } = setUp(tools.cwd, options);
  if (tools.json) tools.out(JSON.stringify({ changed, told, next }));
  else tools.out([...told, next].join('\n'));
  return exit.done;
};

function setUp(project: string, { claude, domain }: Options): SetUp {
  if (claude === true) return initClaude(project);
  return typeof domain === 'string' ? initDomain(project, domain) : initConfig(project);
}
