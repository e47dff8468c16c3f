import * as z from 'zod';

export const room = z.enum(['confirm', 'always', 'off']).meta({
  description:
    'The sessions that run in a closed room: the confirmation (`confirm`), every session (`always`), or none (`off`). In this sandbox, a program sees neither the project nor the other arm, and changes nothing outside of its own arm. Left out: `confirm`, if the machine allows it.',
  examples: ['always'],
});

export const network = z.enum(['none', 'loopback', 'full']).meta({
  description:
    'The network in the closed room: `none`, `loopback` (an interface of its own), or `full` (the network of the machine). Left out: `loopback`, or `full` if the repro fails without it or has a service.',
  examples: ['full'],
});
