import type { Command } from './command.ts';
import { judgingCommands } from './commands/judging.ts';
import { lookingCommands } from './commands/looking.ts';
import { runCommands } from './commands/run.ts';

/** Every command. Each is loaded when it is called, because start-up is felt at every call. */
export const commands: Command[] = [...runCommands, ...judgingCommands, ...lookingCommands];
