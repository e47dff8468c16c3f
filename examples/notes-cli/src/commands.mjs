import { list } from './commands/list.mjs';
import { search } from './commands/search.mjs';

export const commands = { list, search };
