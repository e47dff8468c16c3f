#!/usr/bin/env node
// Launcher: nothing but start-up. The compile cache (Node 22.8 and later) halves the start-up of the bundle.
import module from 'node:module';

module.enableCompileCache?.();
const { main } = await import('../dist/cli.js');
await main();
