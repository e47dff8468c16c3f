import type { Adapter } from './adapter.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { gemini } from './gemini.ts';

/** The coding agents that can do an actor's stages, such as `fix`, without a person. */
export const agents = { claude, codex, gemini } satisfies Record<string, Adapter>;

export type AgentName = keyof typeof agents;

export const isAgent = (name: string): name is AgentName => Object.hasOwn(agents, name);
