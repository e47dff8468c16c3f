const list = document.getElementById('bars');
for (let i = 0; i < 300; i++) list.append(document.createElement('li'));
const bars = [...list.children];

/** Draws frame `n`: every bar takes the width that its neighbour above had, the first one a new one. */
window.draw = function draw(n) {
  const widths = bars.map((bar) => bar.offsetWidth);
  bars.forEach((bar, i) => {
    bar.style.width = `${i === 0 ? 20 + ((n * 37) % 400) : widths[i - 1]}px`;
  });
};
