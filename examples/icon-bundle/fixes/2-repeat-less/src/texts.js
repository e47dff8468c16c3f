const all = 'what you have written so far';

export const texts = {
  save: `Save ${all}`,
  undo: 'Take the last change back',
  print: `Print ${all}`,
  close: `Close ${all}`,
};
