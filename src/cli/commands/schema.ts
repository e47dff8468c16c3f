import { contractJsonSchema } from '../../contract/json-schema.ts';
import { exit } from '../../core/errors.ts';
import type { Run } from '../command.ts';

export const run: Run = async (_, __, tools) => {
  tools.out(JSON.stringify(contractJsonSchema(), null, 2));
  return exit.done;
};
