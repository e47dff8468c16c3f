import manifest from '../../../../package.json' with { type: 'json' };
import { exit } from '../../../core/errors.ts';
import { define } from '../../command.ts';
import type { Tools } from '../../terminal/tools.ts';
import { answer } from './answer.ts';

const INSTRUCTIONS = `perf-gate drives a performance task through gated stages: call \`next\`, do what the brief under \`waiting\` says, edit its draft, call \`submit\`, and go on with \`next\`. The engine alone measures, judges, commits and takes back. A contract is approved by a person, in a terminal.`;

export const command = define({
  name: 'mcp',
  group: 'agents',
  summary: 'serve the main commands to an agent, as an MCP server over stdio',
  detail:
    'The tools are status, next, submit, compare, hotspots and measure; each answers with the object that its command prints with --json. None of them approves.',
  example: 'perf-gate mcp --cwd /path/to/project',
  silent: true,
  run: (_, tools) => serve(tools),
});

/** Serves the tools over stdin and stdout until the client goes, or a signal comes. */
async function serve(tools: Tools): Promise<number> {
  const { mcpTools } = await import('./tools.ts');
  const { McpServer } = await import('@modelcontextprotocol/sdk/server/mcp.js');
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const server = new McpServer({ name: 'perf-gate', version: manifest.version }, { instructions: INSTRUCTIONS });
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
}
