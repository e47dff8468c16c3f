import { readFileSync } from 'node:fs';
import { asset } from '../../../core/assets.ts';
import { exit } from '../../../core/errors.ts';
import type { Run } from '../../command.ts';
import { answer } from './answer.ts';
import { mcpTools } from './tools.ts';

export const silent = true;

const INSTRUCTIONS = `perf-gate drives a performance task through gated stages: call \`next\`, do what the brief under \`waiting\` says, edit its draft, call \`submit\`, and go on with \`next\`. The engine alone measures, judges, commits and takes back. A contract is approved by a person, in a terminal.`;

/** Serves the tools over stdin and stdout until the client goes, or a signal comes. */
export const run: Run = async (_, __, tools) => {
  const { McpServer } = await import('@modelcontextprotocol/sdk/server/mcp.js');
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const { version } = JSON.parse(readFileSync(asset('package.json'), 'utf8')) as { version: string };
  const server = new McpServer({ name: 'perf-gate', version }, { instructions: INSTRUCTIONS });
  for (const { name, call, ...described } of mcpTools)
    server.registerTool(name, described, (args, extra) => answer(tools, extra, (world) => call(args as never, world)));
  const closed = new Promise<void>((done) => {
    server.server.onclose = done;
    process.stdin.once('end', done);
    tools.signal.addEventListener('abort', () => done(), { once: true });
  });
  await server.connect(new StdioServerTransport());
  await closed;
  await server.close();
  return exit.done;
};
