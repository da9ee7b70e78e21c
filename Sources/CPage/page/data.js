
// What the page knows: an index of all events, and blocks of their stories and texts, read when they are asked for.

/** home: the list that a page of one event belongs to; folder: where the pages of single events are, if they are. */
const { thing, things, key, home, folder } = document.body.dataset;
const index = JSON.parse(document.getElementById("index").textContent);
const { outlets } = index;
/** How a story hangs together with the one that it is compared with. */
const hows = { exact: "word for word", near: "nearly word for word", copy: "taken in part", event: "written anew" };

const events = index.events.map((event, at) => {
  const dated = event.times.filter((time) => time >= 0);
  const copied = event.ties.filter((tie) => tie >= 0 && tie < 3).length, versions = event.groups.at(-1) + 1;
  return {
    ...event, number: at + 1, size: event.times.length, copied, versions, undated: event.times.length - dated.length,
    last: dated.length ? event.from + dated.reduce((a, b) => Math.max(a, b)) : null,
  };
});

/** What all events lack is said once, not of each. */
const hasDates = events.some((event) => event.from != null);
const lacks = [outlets.length ? outlets.length === 1 ? `all of ${outlets[0]}` : "" : "no outlet is named", hasDates ? "" : "no story has a date"]
  .filter(Boolean).join(", ");

/** Whether blocks still come in: the list is there before them. */
let isComing = document.readyState === "loading";
document.addEventListener("DOMContentLoaded", () => { isComing = false; });
const whenWhole = (act) => document.addEventListener("DOMContentLoaded", act, { once: true });

const blocks = new Map();

/** The stories, texts and pairs of a cluster, c, or of a near miss, m; not while the blocks still come in. */
function details(kind, number) {
  const starts = index[`blocks_${kind}`], block = starts.findLastIndex((start) => start < number);
  const id = `block-${kind}${block}`;
  if (!blocks.has(id)) blocks.set(id, JSON.parse(document.getElementById(id).textContent));
  const cluster = blocks.get(id)[number - 1 - starts[block]];
  const first = cluster.stories.filter((story) => story.earliest);
  for (const story of cluster.stories) {
    story.title ??= events[number - 1].title;
    story.date ??= story.time == null ? undefined : moment(story.time);
    story.how ??= hows[story.tie];
    if (story.earliest) story.earliest = first.length > 1 ? "among the earliest" : "earliest seen";
  }
  return cluster;
}

/** The numbers of stories in the order of time, undated ones last. */
const inTime = (event) => [...event.times.keys()].sort((a, b) =>
  (event.times[a] < 0) - (event.times[b] < 0) || event.times[a] - event.times[b] || a - b);

/** The outlets of an event, the earliest first. */
const outletsOf = (event) => [...new Set(inTime(event).map((story) => event.outlets[story]))]
  .filter((outlet) => outlet >= 0).map((outlet) => outlets[outlet]);

/** Whether a story came surely after another: a date without a time of the day, midnight, says no more than the day. */
function isLater(event, story, other) {
  const [time, first] = [event.times[story], event.times[other]];
  return first >= 0 && time > first && ((event.from + first) % 86_400 !== 0 || time - first >= 86_400);
}

/** The outlets of the stories of which nobody can say that they came later than the first; none without dates. */
function firstOutlets(event) {
  const [first, ...others] = inTime(event);
  if (event.times[first] < 0) return [];
  return [...new Set([first, ...others.filter((story) => event.times[story] >= 0 && !isLater(event, story, first))]
    .map((story) => outlets[event.outlets[story]] ?? ""))];
}

/** The outlet that alone was earliest seen with the event. */
const firstOutlet = (event) => firstOutlets(event).length === 1 ? firstOutlets(event)[0] : "";

/** Whether a story of one outlet was followed by a copy of another: either may be left open. */
function isTaken(event, from, by) {
  const leaders = new Map();
  return event.groups.some((group, story) => {
    if (!leaders.has(group)) leaders.set(group, story);
    const leader = leaders.get(group), [first, other] = [leader, story].map((story) => outlets[event.outlets[story]]);
    return isLater(event, story, leader) && first && other && first !== other
      && (!from || first === from) && (!by || other === by);
  });
}

const isoDay = (seconds) => new Date(1000 * seconds).toISOString().slice(0, 10);
/** As the stories tell it: without a time of the day where that is midnight. */
const moment = (seconds) => new Date(1000 * seconds).toISOString().slice(0, seconds % 86_400 ? 16 : 10).replace("T", " ");

/** "2024-04-08 14:50 to 04-09 15:30, 25 h, 2 without a date" */
function span({ from, last, undated }) {
  if (from == null) return "no dates";
  return `${between(from, last)}${undated ? `, ${number(undated)} without a date` : ""}`;
}

function between(from, to) {
  if (from === to) return moment(from);
  const [start, end] = [moment(from), moment(to)];
  const same = [10, 4].find((length) => start.slice(0, length) === end.slice(0, length)) ?? -1;
  return `${start} to ${end.slice(same + 1)}, ${duration(to - from)}`;
}

/** "25 h" */
function duration(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60)), hours = Math.round(seconds / 3600);
  return minutes < 90 ? `${minutes} min` : hours < 60 ? `${hours} h` : counted(Math.round(seconds / 86_400), "day");
}

/** Whether any story is told to be new, and others to be known. */
const hasNew = events.some((event) => event.new);

/** "6 stories, 2 new: 3 copied, 2 written anew" */
function make(event) {
  const anew = event.versions - 1, parts = [];
  if (event.copied) parts.push(`${number(event.copied)} copied`);
  if (anew) parts.push(`${number(anew)} written anew`);
  return `${counted(event.size, "story", "stories")}${event.new ? `, ${number(event.new)} new` : ""}${parts.length ? `: ${parts.join(", ")}` : ""}`;
}
