const list = document.getElementById('bars');
for (let i = 0; i < 300; i++) list.append(document.createElement('li'));
const bars = [...list.children];

/** Draws frame `n`: each bar takes the previous width of the bar above it. The first bar gets a new width. */
window.draw = function draw(n) {
  const widths = bars.map((bar) => bar.offsetWidth);
  bars.forEach((bar, i) => {
    bar.style.width = `${i === 0 ? 20 + ((n * 37) % 400) : widths[i - 1]}px`;
  });
};
