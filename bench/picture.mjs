// The bars of docs/bench.svg.
const ROW = 22;
const LEFT = 250;
const WIDTH = 760;
const TEXT = 'font-family="system-ui,sans-serif" font-size="12"';

/** @returns an SVG with one bar for each row, as long as its wall time */
export function picture({ node, runs, load }, rows) {
  const most = Math.max(...rows.map(({ wall }) => wall));
  const height = (rows.length + 2) * ROW;
  const bars = rows.map(({ name, wall, ratio }, at) => {
    const y = (at + 1) * ROW;
    const length = Math.max(1, Math.round((wall / most) * (WIDTH - LEFT - 130)));
    const color = /lint|hand|bare/.test(name) ? '#9aa5b1' : '#1f6f54';
    return `<text x="${LEFT - 8}" y="${y + 15}" text-anchor="end">${name}</text><rect x="${LEFT}" y="${y + 3}" width="${length}" height="${ROW - 6}" fill="${color}"/><text x="${LEFT + length + 6}" y="${y + 15}">${wall} ms (${ratio.toFixed(1)} x)</text>`;
  });
  const title = `Whole processes on Node ${node}, median of ${runs} runs; (x) times a bare Node; load ${load}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}"><rect width="100%" height="100%" fill="#fff"/><g ${TEXT} fill="#1a1a1a"><text x="8" y="16">${title}</text>${bars.join('')}</g></svg>\n`;
}
