"use strict";
// Everything that comes from the stories reaches the page as text nodes and attribute values, never as markup.

const overview = document.getElementById("overview"), view = document.getElementById("view");
const { thing, things } = view.dataset;
const entries = [...document.querySelectorAll(".cluster")];
const title = document.title;

/** An element with properties and children; strings become text. */
function h(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter((child) => child != null));
  return element;
}

function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const bdi = (text) => h("bdi", {}, text);
const percent = (share) => `${Math.round(100 * share)} %`;
const number = (value) => value.toLocaleString("en");
const counted = (count, one, many = one + "s") => `${number(count)} ${count === 1 ? one : many}`;

// Filter

let haystacks;
function filter(query) {
  haystacks ??= entries.map((entry) => entry.textContent.toLocaleLowerCase());
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  entries.forEach((entry, at) => {
    entry.hidden = !words.every((word) => haystacks[at].includes(word));
    shown += entry.hidden ? 0 : 1;
  });
  document.querySelector(".filter output").textContent = words.length ? `${number(shown)} of ${counted(entries.length, thing)}` : "";
}

const input = document.getElementById("filter");
if (input) {
  document.querySelector(".filter").hidden = false;
  input.addEventListener("input", () => filter(input.value));
}

// One event: #c3, or #c3/0/2 for two of its texts

function route() {
  const [, cluster, a, b] = location.hash.match(/^#c(\d+)(?:\/(\d+)\/(\d+))?$/) ?? [];
  const data = cluster && document.getElementById(`d${cluster}`);
  overview.hidden = Boolean(data);
  document.querySelector("body > header").hidden = Boolean(data);
  view.hidden = !data;
  document.title = title;
  if (!data) return;
  if (!data.parsed) data.parsed = JSON.parse(data.textContent);
  show(Number(cluster), data.parsed, a && [Number(a), Number(b)]);
}

let current;
function show(at, cluster, pair) {
  const headline = entries[at - 1].querySelector("summary bdi").textContent;
  document.title = headline;
  const isNew = current?.at !== at;
  current = { at, cluster };
  if (isNew) {
    const heading = h("h2", { tabIndex: -1 }, bdi(headline));
    view.replaceChildren(...[
      path(at), heading, h("p", {}, entries[at - 1].querySelector("small").textContent),
      timeline(cluster), stories(at, cluster), why(cluster), h("section", { id: "side", ariaLabel: "Side by side" })].filter(Boolean));
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
  compare(at, cluster, valid(cluster, pair) ?? first(cluster));
}

function path(at) {
  const link = (text, to) => h("a", { href: to }, text);
  return h("nav", { className: "path", ariaLabel: "Page" },
    link(`← All ${things}`, "#"), h("span", {}, `${at} of ${number(entries.length)}`),
    at > 1 ? link("larger", `#c${at - 1}`) : null, at < entries.length ? link("smaller", `#c${at + 1}`) : null);
}

function groups(cluster) {
  const groups = [];
  for (const story of cluster.stories) (groups[story.group] ??= []).push(story);
  return groups;
}

/** A lane for each copy group, a dot for each dated story. */
function timeline(cluster) {
  const times = cluster.stories.map((story) => story.time).filter((time) => time != null);
  const start = Math.min(...times), length = Math.max(...times) - start;
  if (times.length < 2 || length === 0) return h("div", {});
  const x = (story) => 2 + 96 * (story.time - start) / length;
  const lanes = groups(cluster).slice(0, 40).map((group, at) => {
    const dated = group.filter((story) => story.time != null);
    const line = svg("svg", { role: "img", "aria-label": `${counted(group.length, "story", "stories")}, ${dated[0]?.date ?? "no date"} to ${dated.at(-1)?.date ?? ""}` });
    if (dated.length) line.append(svg("line", { x1: x(dated[0]) + "%", x2: x(dated.at(-1)) + "%", y1: "50%", y2: "50%" }));
    for (const story of dated) {
      const name = svg("title", {});
      name.textContent = `${story.date} ${story.outlet}: ${story.title}`;
      line.append(svg("circle", { cx: x(story) + "%", cy: "50%", r: 5 }, name));
      if (story.earliest) line.append(svg("circle", { cx: x(story) + "%", cy: "50%", r: 8, class: "ring" }));
    }
    return h("li", {}, h("span", {}, `${at + 1} · `, group[0].earliest ? h("b", { className: "tag" }, "earliest seen") : null, bdi(group[0].outlet || group[0].id), group.length > 1 ? ` and ${counted(group.length - 1, "copy", "copies")}` : ""), line);
  });
  const ticks = [0, 1, 2, 3, 4].map((tick) => new Date(1000 * (start + length * tick / 4)).toISOString());
  const shown = length < 4 * 86400 ? (tick) => tick.slice(5, 16).replace("T", " ") : (tick) => tick.slice(0, 10);
  return h("section", { ariaLabel: "Timeline" }, h("h3", {}, "When each copy group appeared"),
    h("ol", { className: "lanes" }, ...lanes),
    h("p", { className: "ticks", ariaHidden: "true" }, ...ticks.map((tick) => h("span", {}, shown(tick)))));
}

/** The stories by copy group, each with a button that puts its text on the right. */
function stories(at, cluster) {
  const most = 300;
  let left = most;
  const bodies = groups(cluster).map((group, number) => {
    const shown = group.slice(0, Math.max(0, left));
    left -= shown.length;
    return shown.length ? h("tbody", {},
      h("tr", {}, h("th", { colSpan: 6, scope: "rowgroup" }, `Group ${number + 1}: ${group.length > 1 ? `${counted(group.length, "story", "stories")} taken from one another` : "a text of its own"}`)),
      ...shown.map((story) => {
        const row = h("tr", {},
          h("td", {}, h("time", {}, story.date ?? "")), h("td", { className: "outlet" }, bdi(story.outlet)),
          h("td", {}, bdi(story.title)), h("td", {}, h("code", {}, bdi(story.id))),
          h("td", {}, story.earliest ? h("b", { className: "tag" }, "earliest seen") : null, story.tie ? h("b", { className: `tag ${story.tie}` }, story.tie_name) : null),
          h("td", {}, story.text == null ? null : h("button", { type: "button", onclick: () => go(at, partner(cluster, story.text)) }, "Compare")));
        if (story.text != null) row.dataset.text = story.text;
        return row;
      })) : null;
  });
  const rest = cluster.stories.length - most;
  const head = ["date", "outlet", "headline", "id", "", ""].map((name) => h("th", { scope: "col" }, name));
  return h("section", { ariaLabel: "Stories" }, h("h3", {}, "Stories"),
    h("table", { className: "stories" }, h("thead", {}, h("tr", {}, ...head)), ...bodies),
    rest > 0 ? h("p", {}, `and ${number(rest)} more`) : null);
}

/** What each copy group tells in common with the representative's: the reasons for one event. */
function why(cluster) {
  const center = cluster.stories.find((story) => !story.tie);
  const rows = groups(cluster).map((group, number) => {
    const story = group.find((story) => story.tie === "event");
    const pair = story && find(cluster, center.text, story.text);
    if (!pair) return null;
    const days = center.time != null && story.time != null ? `, ${apart(story.time - center.time)}` : "";
    const facts = reasons(pair.facts, null, 4);
    return h("li", {}, h("b", {}, `Group ${number + 1}`), days, facts ?? h("p", {}, "No facts in common were found between these two; they belong by way of others."));
  }).slice(0, 40);
  return rows.some(Boolean) ? h("section", { ariaLabel: "Reasons" }, h("h3", {}, "Why they belong together"),
    h("p", {}, "What the reports of other groups share with ", bdi(center.outlet || center.id), ":"), h("ul", { className: "why" }, ...rows)) : null;
}

/** "3 h later", "2 days earlier" */
function apart(seconds) {
  const hours = Math.abs(seconds) / 3600;
  if (hours < 1) return "at about the same time";
  return `${hours < 36 ? `${Math.round(hours)} h` : counted(Math.round(hours / 24), "day")} ${seconds > 0 ? "later" : "earlier"}`;
}

// Side by side

const find = (cluster, a, b) => cluster.pairs.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a));
const valid = (cluster, pair) => pair && pair[0] !== pair[1] && pair.every((text) => text < cluster.texts.length) ? pair : null;
const first = (cluster) => cluster.pairs.length ? [cluster.pairs[0].a, cluster.pairs[0].b] : null;

/** The texts to which one has been compared. */
const siblings = (cluster, text) => cluster.texts.keys().filter((other) => find(cluster, text, other)).toArray();

/** A text on the right, and on the left the one that is there if the two were compared. */
function partner(cluster, text) {
  const left = current.pair?.[0];
  if (left != null && left !== text && find(cluster, left, text)) return [left, text];
  const others = siblings(cluster, text);
  return others.length ? [others[0], text] : null;
}

function go(at, pair) {
  if (pair) location.replace(`#c${at}/${pair.join("/")}`);
}

function compare(at, cluster, pair) {
  current.pair = pair;
  const side = document.getElementById("side");
  if (!pair) {
    side.replaceChildren(h("p", { className: "note" }, cluster.texts.length > 1 ? "No texts of this cluster were compared." :
      cluster.texts.length ? "All of these stories have the same words." : "This page has no texts of these stories."));
    return;
  }
  const [a, b] = pair, found = find(cluster, a, b);
  for (const row of view.querySelectorAll("tr[data-text]")) row.classList.toggle("chosen", pair.includes(Number(row.dataset.text)));
  const told = found && (found.a === a ? found : mirrored(found)) || { passages: [], facts: [] };
  side.replaceChildren(...[
    h("h3", {}, "Side by side"), chooser(at, cluster, pair),
    ...(found ? [...verdict(told), reasons(told.facts, (at) => jumpToFact(at))] : [h("p", { className: "note" }, "These two were not compared; dedup compare does it.")]),
    h("div", { className: "texts" }, column(cluster, a, 0, told), column(cluster, b, 1, told)),
    h("p", { className: "keys" }, h("kbd", {}, "←"), " ", h("kbd", {}, "→"), " other text on the right, ", h("kbd", {}, "n"), " ", h("kbd", {}, "p"), " next and previous passage, ", h("kbd", {}, "x"), " exchange, ", h("kbd", {}, "Esc"), ` all ${things}`)].filter(Boolean));
}

function mirrored(pair) {
  const turn = ([a, b, c, d]) => [c, d, a, b];
  return { ...pair, a: pair.b, b: pair.a, a_in_b: pair.b_in_a, b_in_a: pair.a_in_b,
    passages: pair.passages.map((passage) => ({ ...passage, at: turn(passage.at), edits: passage.edits.map(turn) })),
    facts: pair.facts.map((fact) => ({ ...fact, a: fact.b, b: fact.a })) };
}

const storyOf = (cluster, text) => cluster.stories.find((story) => story.text === text);

function chooser(at, cluster, [a, b]) {
  const options = (texts, chosen) => texts.map((text) => {
    const story = storyOf(cluster, text);
    const name = [story.date, story.outlet, story.title || story.id].filter(Boolean).join(" · ");
    return h("option", { value: text, selected: text === chosen }, name.length > 90 ? name.slice(0, 90) + "…" : name);
  });
  const others = siblings(cluster, a), here = others.indexOf(b);
  const left = h("select", { onchange: () => { const text = Number(left.value); go(at, [text, find(cluster, text, b) ? b : siblings(cluster, text)[0]]); } }, ...options([...cluster.texts.keys()], a));
  const right = h("select", { onchange: () => go(at, [a, Number(right.value)]) }, ...options(others, b));
  const step = (by, text, label) => h("button", { type: "button", id: by < 0 ? "previous" : "next", ariaLabel: label, disabled: !(here + by in others), onclick: () => page(by) }, text);
  return h("div", { className: "pair" }, h("label", {}, "A, stays ", left),
    h("div", { className: "page" }, h("label", {}, `B, ${here + 1} of ${others.length} compared with A `, right), step(-1, "‹", "Previous text"), step(1, "›", "Next text"), h("button", { type: "button", ariaLabel: "Exchange A and B", onclick: () => go(at, [b, a]) }, "⇄")));
}

function page(by) {
  const { at, cluster, pair } = current;
  if (!pair) return;
  const others = siblings(cluster, pair[0]), next = others[others.indexOf(pair[1]) + by];
  if (next == null) return;
  const focused = document.activeElement?.id;
  go(at, [pair[0], next]);
  route();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function verdict(pair) {
  const { passages } = pair;
  if (!passages.length) return [h("p", { className: "verdict" }, h("strong", {}, "No passage in common."), pair.facts.length ? " What both tell:" : "")];
  const words = `${percent(pair.a_in_b)} of A is in B, ${percent(pair.b_in_a)} of B is in A.`;
  const rest = ` Jaccard ${pair.jaccard.toFixed(2).replace(/^0/, "")}, longest run ${counted(pair.run, "word")}, ${counted(passages.length, "passage")}.`;
  const chips = passages.slice(0, 60).map((passage, at) => h("li", {}, h("button", { type: "button", className: `chip h${at % 8}`, onclick: () => jump(0, at, true) }, h("b", {}, String(at + 1)), ` ${counted(passage.words, "word")}${passage.boilerplate ? ", boilerplate" : ""}`)));
  return [h("p", { className: "verdict" }, h("strong", {}, words), rest),
    chips.length ? h("ol", { className: "chips", ariaLabel: "Passages" }, ...chips) : null].filter(Boolean);
}

const kinds = { name: "names", term: "rare words", number: "numbers", date: "dates", quotation: "quotations" };

/** Facts in common by their kind, as buttons where something is to be done with them. */
function reasons(facts, act, most = 12) {
  const rows = Object.entries(kinds).map(([kind, name]) => {
    const found = facts.map((fact, at) => [fact, at]).filter(([fact]) => fact.kind === kind).slice(0, most);
    if (!found.length) return null;
    const short = (text) => text.length > 120 ? `${text.slice(0, 120)} …` : text;
    return h("div", {}, h("dt", {}, name), ...found.map(([fact, at]) => h("dd", {},
      act ? h("button", { type: "button", onclick: () => act(at) }, bdi(short(fact.text))) : bdi(short(fact.text)))));
  });
  return rows.some(Boolean) ? h("dl", { className: "reasons" }, ...rows) : null;
}

/** A text with its passages marked; what stands between them folds where it is long. */
function column(cluster, text, side, pair) {
  const { passages, facts } = pair;
  const { text: words, cut } = cluster.texts[text], story = storyOf(cluster, text);
  const body = h("div", { className: "words", dir: "auto" });
  const [start, end] = [2 * side, 2 * side + 1];
  const order = [...passages.keys()].sort((a, b) => passages[a].at[start] - passages[b].at[start]);
  const places = placesOf(facts, "ab"[side], side);
  let from = 0;
  for (const at of order) {
    body.append(...gap(words, from, passages[at].at[start], passages.length, places));
    body.append(marked(words, passages[at], at, side));
    from = passages[at].at[end];
  }
  body.append(...gap(words, from, words.length, passages.length, places));
  if (cut) body.append(h("p", { className: "note" }, `${number(cut)} more bytes are not in this page.`));
  return h("article", { className: "text", tabIndex: 0, ariaLabel: `Text ${"AB"[side]}` },
    h("h4", {}, bdi(story.title || story.id)),
    h("p", { className: "by" }, `${"AB"[side]} · `, bdi([story.outlet, story.date].filter(Boolean).join(", ")), story.earliest ? " · earliest seen" : ""), body);
}

/** Where facts stand in a text, in order and without overlap: the heavier fact wins, and they come heaviest first. */
function placesOf(facts, name, side) {
  const places = [];
  facts.forEach((fact, at) => {
    for (let i = 0; i < fact[name].length; i += 2) {
      const [start, end] = fact[name].slice(i, i + 2);
      if (!places.some((place) => start < place.end && place.start < end)) places.push({ start, end, at, side });
    }
  });
  return places.sort((one, other) => one.start - other.start);
}

/** What stands between passages, with the facts in it. */
function gap(words, from, to, passages, places) {
  const long = 420, pieces = [];
  let at = from;
  for (const place of places) {
    if (place.start < at || place.end > to) continue;
    const fact = h("span", { className: "fact", tabIndex: -1 }, words.slice(place.start, place.end));
    Object.assign(fact.dataset, { fact: place.at, side: place.side });
    pieces.push(words.slice(at, place.start), fact);
    at = place.end;
  }
  pieces.push(words.slice(at, to));
  if (!passages || to - from <= long) return pieces;
  const count = words.slice(from, to).split(/\s+/).filter(Boolean).length;
  return [h("details", { className: "fold" }, h("summary", {}, `${counted(count, "word")} not in the other text`), ...pieces)];
}

/** Brings the first place of a fact into view on both sides. */
function jumpToFact(at) {
  for (const other of view.querySelectorAll(".fact.on")) other.classList.remove("on");
  for (const side of [0, 1]) {
    const places = view.querySelectorAll(`.fact[data-side="${side}"][data-fact="${at}"]`);
    for (const place of places) place.classList.add("on");
    if (places.length) bringIntoView(places[0]);
  }
}

function bringIntoView(element) {
  const fold = element.closest("details");
  if (fold) fold.open = true;
  const box = element.closest(".text"), inside = element.getBoundingClientRect(), around = box.getBoundingClientRect();
  box.scrollTop += inside.top - around.top - Math.max(20, (around.height - inside.height) / 3);
}

function marked(words, passage, at, side) {
  const [start, end] = [2 * side, 2 * side + 1];
  const name = `Passage ${at + 1}${passage.boilerplate ? ", boilerplate" : ""}: find it on the other side`;
  const mark = h("mark", { className: `h${at % 8}${passage.boilerplate ? " boilerplate" : ""}` },
    h("button", { type: "button", ariaLabel: name, title: name }, String(at + 1)));
  Object.assign(mark.dataset, { passage: at, side });
  let from = passage.at[start];
  for (const edit of passage.edits) {
    mark.append(words.slice(from, edit[start]));
    if (edit[start] < edit[end]) mark.append(h("span", { className: "edit" }, words.slice(edit[start], edit[end])));
    else mark.append(h("span", { className: "lack", title: "The other text has words here" }, "‸"));
    from = edit[end];
  }
  mark.append(words.slice(from, passage.at[end]));
  return mark;
}

const markOf = (side, at) => view.querySelector(`mark[data-side="${side}"][data-passage="${at}"]`);

/** Brings a passage into the middle of its text, and with `both` its partner too. */
function jump(side, at, both) {
  const mark = markOf(side, at);
  if (!mark) return;
  bringIntoView(mark);
  for (const other of view.querySelectorAll("mark.on")) other.classList.remove("on");
  for (const each of [0, 1]) markOf(each, at)?.classList.add("on");
  current.passage = at;
  if (both) jump(1 - side, at, false);
  else mark.querySelector("button").focus({ preventScroll: true });
}

view.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (mark && getSelection().isCollapsed) jump(1 - mark.dataset.side, Number(mark.dataset.passage), false);
});
for (const [type, on] of [["pointerover", true], ["pointerout", false]]) {
  view.addEventListener(type, (event) => {
    const at = event.target.closest?.("mark")?.dataset.passage;
    if (at) for (const side of [0, 1]) markOf(side, at)?.classList.toggle("on", on);
  });
}

document.addEventListener("keydown", (event) => {
  if (view.hidden || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
  const passages = view.querySelectorAll('mark[data-side="0"]').length;
  const turn = (by) => passages && jump(0, ((current.passage ?? -Math.max(by, 0)) + by + passages) % passages, true);
  const keys = {
    ArrowLeft: () => page(-1), ArrowRight: () => page(1), n: () => turn(1), p: () => turn(-1),
    x: () => current.pair && go(current.at, current.pair.toReversed()), Escape: () => { location.hash = ""; },
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

addEventListener("hashchange", route);
route();
