
// An axis of time: where a moment stands, and which moments are written below.

const minute = 60, hour = 60 * minute, day = 24 * hour;
const steps = [minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day,
  14 * day, 30 * day, 91 * day, 182 * day, 365 * day, 730 * day, 1826 * day, 3652 * day, 18_262 * day];
/** Of the width, left free at either end, so that no dot is cut. */
const margin = 0.02;

/** Of moments in seconds; null where there are no two different ones. */
function axisOf(times) {
  const start = times.reduce((a, b) => Math.min(a, b), Infinity), end = times.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(start < end)) return null;
  return { start, end, x: (time) => `${100 * (margin + (1 - 2 * margin) * (time - start) / (end - start))}%` };
}

/** Whole hours, days or longer steps between the ends, at most as many as have room. */
function ticks({ start, end }, most) {
  const step = steps.find((step) => (end - start) / step <= most) ?? end - start;
  const found = [];
  for (let time = Math.ceil(start / step) * step; time <= end; time += step) found.push(time);
  // Two close reports may stand between two ticks.
  return { step, times: found.length ? found : [start] };
}

/** The axis itself: a line, and below it the times. */
function scale(axis) {
  const { step, times } = ticks(axis, innerWidth < 704 ? 2 : 4);
  const line = svg("svg", { class: "scale" }, svg("line", { x1: axis.x(axis.start), x2: axis.x(axis.end), y1: 1, y2: 1 }));
  for (const time of times) {
    const share = (time - axis.start) / (axis.end - axis.start), told = new Date(1000 * time).toISOString();
    const label = svg("text", { x: axis.x(time), y: 20, "text-anchor": share < 0.1 ? "start" : share > 0.9 ? "end" : "middle" });
    label.textContent = step < day ? told.slice(5, 16).replace("T", " ") : told.slice(0, 10);
    line.append(svg("line", { x1: axis.x(time), x2: axis.x(time), y1: 0, y2: 6, "data-time": time }), label);
  }
  return line;
}
