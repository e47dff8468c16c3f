import * as z from 'zod';

export const room = z.enum(['confirm', 'always', 'off']).meta({
  description:
    'What runs in a closed room, where a program sees and touches nothing but its own arm: the confirmation (`confirm`), every session (`always`), or nothing (`off`). Left out: `confirm`, where the machine allows it.',
  examples: ['always'],
});

export const network = z.enum(['none', 'loopback', 'full']).meta({
  description:
    'The network in the closed room: `none`, `loopback` (an interface of its own), or that of the machine (`full`). Left out: `loopback`, or `full` where the repro does not run without, or has a service.',
  examples: ['full'],
});
