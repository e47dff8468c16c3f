import type { Profiler } from './profiler.ts';

const js = ['javascript', 'typescript'];

/** Profilers that each fit only one domain, such as bundle size. */
export const domainProfilers: readonly Profiler[] = [
  {
    tool: 'chrome-devtools',
    title: 'Chrome DevTools performance trace',
    domains: ['render_fps'],
    languages: js,
    by: 'hand',
    output: 'trace.json',
    present: [],
    install:
      'In an agent: the Chrome DevTools MCP server, performance_start_trace; by hand: the Performance panel, “Save profile”.',
  },
  {
    tool: 'vite-bundle-visualizer',
    title: 'vite-bundle-visualizer',
    domains: ['bundle_size'],
    languages: js,
    beside: 'vite',
    by: 'command',
    command: 'npx vite-bundle-visualizer -t raw-data -o {output} --open false',
    output: 'bundle.json',
    present: ['npx', '--no-install', 'vite-bundle-visualizer', '--help'],
    install: 'npm install --save-dev vite-bundle-visualizer',
  },
  {
    tool: 'webpack-stats',
    title: 'the statistics of webpack',
    domains: ['bundle_size'],
    languages: js,
    beside: 'webpack',
    by: 'command',
    command: 'npx webpack --json={output}',
    output: 'stats.json',
    present: ['npx', '--no-install', 'webpack', '--version'],
    install: 'npm install --save-dev webpack-cli',
  },
  {
    tool: 'source-map-explorer',
    title: 'source-map-explorer',
    domains: ['bundle_size'],
    languages: js,
    by: 'command',
    command: "{command} && npx source-map-explorer 'dist/**/*.js' --json {output}",
    output: 'bundle.json',
    present: ['npx', '--no-install', 'source-map-explorer', '--version'],
    install: 'npm install --save-dev source-map-explorer, and build with source maps',
  },
  {
    tool: 'esbuild-metafile',
    title: 'the metafile of esbuild',
    domains: ['bundle_size'],
    languages: js,
    by: 'hand',
    output: 'meta.json',
    present: [],
    install:
      'Build with esbuild --metafile=meta.json, and name the file in the contract: command: "{command}", output_path: meta.json.',
  },
  {
    tool: 'rolldown-analyzer',
    title: 'the analysis of rolldown',
    domains: ['bundle_size'],
    languages: js,
    by: 'hand',
    output: 'analyze-data.json',
    present: [],
    install:
      'Add bundleAnalyzerPlugin() of rolldown/experimental to the plugins, and name the file in the contract: command: "{command}", output_path: dist/analyze-data.json.',
  },
  {
    tool: 'explain-analyze',
    title: 'EXPLAIN ANALYZE and pg_stat_statements',
    domains: ['db_query'],
    by: 'command',
    command: '{command} > /dev/null && cp plan.json {output}',
    output: 'plan.json',
    present: ['psql', '--version'],
    install:
      'Let the command write EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) of the query to plan.json. For statistics of many queries, run CREATE EXTENSION pg_stat_statements.',
  },
];
