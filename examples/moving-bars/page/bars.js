const list = document.getElementById('bars');
for (let i = 0; i < 300; i++) list.append(document.createElement('li'));
const bars = [...list.children];

/** Draws frame `n`: every bar takes the width that its neighbour above had, the first one a new one. */
window.draw = function draw(n) {
  let above = 20 + ((n * 37) % 400);
  for (const bar of bars) {
    const width = bar.offsetWidth;
    bar.style.width = `${above}px`;
    above = width;
  }
};
