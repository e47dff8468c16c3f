import type { Command } from './command.ts';
import { judgingCommands } from './tables/judging.ts';
import { lookingCommands } from './tables/looking.ts';
import { runCommands } from './tables/run.ts';

/** Every command. Each is loaded when it is called, because start-up is felt at every call. */
export const commands: Command[] = [...runCommands, ...judgingCommands, ...lookingCommands];
