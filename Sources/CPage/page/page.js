
// Which part of the page is shown: #c3 is an event, #m3 two that are almost one, with /0/2 two of its texts; #outlets,
// #almost and #made are parts of their own; all else is the list, and what is searched in it.

const overview = document.getElementById("overview"), header = document.querySelector("body > header");
const sections = [...overview.children], tabs = [...document.querySelectorAll(".tabs a")];
const title = document.title;
/** What is shown, and the last place in the list. */
let shown, listed = "#events", scrolled = 0;

function route() {
  // An action has shown already what the event of its change of place would show again.
  if (shown === location.hash) return;
  if (shown === listed) scrolled = scrollY;
  shown = location.hash || (home ? "#c1" : "");
  const [, kind, number, a, b] = shown.match(/^#([cm])(\d+)(?:\/(\d+)\/(\d+))?$/) ?? [];
  const isEvent = kind && Number(number) >= 1 && Number(number) <= (kind === "c" ? events : index.misses).length;
  if (isEvent && isComing) {
    shown = undefined;
    return whenWhole(route);
  }
  for (const part of [overview, header]) part.hidden = isEvent;
  view.hidden = !isEvent;
  document.title = title;
  if (isEvent) show(kind, Number(number), a && [Number(a), Number(b)]);
  else showPart(shown.slice(1));
}

function showPart(name) {
  const part = sections.find((section) => section.id === name) ?? document.getElementById("events");
  for (const section of sections) section.hidden = section !== part;
  for (const tab of tabs) tab.ariaCurrent = tab.hash === `#${part.id}` ? "page" : null;
  if (part.id !== "events") return scrollTo(0, 0);
  const isBack = shown === listed && found.length;
  listed = shown || "#events";
  if (isBack) return scrollTo(0, scrolled);
  read(name === "events" ? "" : shown);
  find();
}

/** @param number of the event or near miss, from 1 */
function show(kind, number, pair) {
  const at = kind + number, cluster = details(kind, number), event = kind === "c" ? events[number - 1] : null;
  const headline = event ? event.title : `Almost one ${thing}`;
  document.title = headline;
  const isNew = current.at !== at;
  current = { at, cluster };
  if (isNew) {
    const heading = h("h1", { tabIndex: -1, dir: "auto" }, headline);
    view.replaceChildren(...[path(kind, number), heading, ...(event ? head(event, cluster) : missHead(cluster)),
      timeline(cluster), h("section", { id: "side", ariaLabel: "Side by side" }), stories(at, cluster),
      event ? why(cluster) : null, misses(cluster)].filter(Boolean));
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
  compare(at, cluster, valid(cluster, pair) ?? first(cluster));
}

function head(event, cluster) {
  const first = cluster.stories.filter((story) => story.earliest), names = outletsOf(event).length;
  return [
    h("p", { className: "lead" }, `${make(event)} · ${counted(names, "outlet")} · ${span(event)}`,
      event.result == null ? null : " · ", event.result == null ? null : bdi(index.results[event.result]),
      first.length ? h("span", {}, " · earliest seen: ", ...first.slice(0, 4).flatMap((story, at) =>
        [at ? ", " : "", h("b", {}, linked(story.outlet || story.id, story.url))]), first.length > 4 ? " and others" : "", `, ${first[0].date}`) : null),
    warnings(event), leftOut(event, cluster), judging(event)].filter(Boolean);
}

/** Where the texts are that have no room here. */
function leftOut(event, cluster) {
  const missing = cluster.stories.filter((story) => story.text == null && story.title).length;
  if (!missing) return null;
  const told = `${counted(missing, "story", "stories")} without ${missing === 1 ? "its text" : "their texts"}: there is no room for all on this page. `;
  return h("p", { className: "note" }, told, folder ? h("a", { href: `${folder}${event.number}.html` }, `All texts of this ${thing}`)
    : h("span", {}, "All are in the pages that ", h("code", {}, "--html-dir"), " writes."));
}

const missHead = (cluster) => [h("p", { className: "lead" }, `The score of these two is ${score(cluster.score)}, just under the line.`)];

function path(kind, number) {
  const isMiss = kind === "m", all = isMiss ? [...index.misses.keys()].map((at) => at + 1) : found.map((event) => event.number);
  const here = all.indexOf(number);
  const link = (text, other) => other ? h("a", { href: `#${kind}${other}` }, text) : null;
  return h("nav", { className: "path", ariaLabel: "Page" },
    h("a", { href: isMiss ? "#almost" : home || listed, className: "back" }, isMiss ? `← Almost one ${thing}` : `← All ${things}`),
    here < 0 || home ? null : h("span", {}, `${(here + 1).toLocaleString("en")} of ${all.length.toLocaleString("en")}`),
    link("previous", all[here - 1]), here < 0 ? null : link("next", all[here + 1]));
}

document.addEventListener("keydown", (event) => {
  if (view.hidden || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
  const keys = {
    ArrowLeft: () => page(-1), ArrowRight: () => page(1), n: () => turn(1), p: () => turn(-1),
    x: () => current.pair && go(current.at, [...current.pair].reverse()), Escape: () => view.querySelector(".back").click(),
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

if (events.length) document.getElementById("events").append(...form(), entries, more);
addEventListener("hashchange", route);
read(location.hash.includes("=") ? location.hash : "");
find();
route();
performance.mark("drawn");
