import { exitCodes } from '../../../run/outcome.ts';
import type { Run } from '../../command.ts';
import { betweenCommands } from './commands.ts';
import { betweenCommits } from './commits.ts';
import { tell } from './tell.ts';

/** Two commits by a contract, or, where the arguments hold a `--`, two commands of this folder. */
export const run: Run = async (args, options, tools) => {
  const told = await (args.includes('--') ? betweenCommands : betweenCommits)(args, options, tools);
  tell(told, options, tools);
  return exitCodes[told.contested.verdict];
};
