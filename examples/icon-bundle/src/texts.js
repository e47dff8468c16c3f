export const texts = {
  save: 'Save what you have written so far',
  undo: 'Take the last change back',
  print: 'Print what you have written so far',
  close: 'Close what you have written so far',
};
