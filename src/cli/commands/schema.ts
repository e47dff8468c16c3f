import { contractJsonSchema } from '../../contract/json-schema.ts';
import { exit } from '../../core/errors.ts';
import { define } from '../command.ts';

export const command = define({
  name: 'schema',
  group: 'hooks',
  summary: 'print the JSON Schema of the contract, for your editor',
  example: 'perf-gate schema > perf-gate.schema.json',
  silent: true,
  async run(_, tools) {
    tools.out(JSON.stringify(contractJsonSchema(), null, 2));
    return exit.done;
  },
});
