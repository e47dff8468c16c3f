#!/usr/bin/env node
// Launcher: nothing but start-up. The compile cache (Node 22.8 and later) halves the start-up of the bundle.
import module from 'node:module';

module.enableCompileCache?.();
// A hook runs at every turn of an agent, so it loads next to nothing.
const { main } = await import(process.argv[2] === 'hook' ? '../dist/hook.js' : '../dist/cli.js');
await main();
