
// Search, facets and order; the address keeps them.

const orders = { largest: (a, b) => b.size - a.size, newest: (a, b) => (b.last ?? -Infinity) - (a.last ?? -Infinity) || 0,
  oldest: (a, b) => (a.from ?? Infinity) - (b.from ?? Infinity) || 0 };
const relations = { "": "any", copied: "with copies", word: "word for word", part: "taken in part", anew: "written anew" };
/** What the address says beside the fields of the form. */
const places = { first: (name) => ["had first by ", name], from: (name) => ["taken from ", name], by: (name) => ["taken by ", name] };

const input = h("input", { type: "search", id: "filter", autocomplete: "off", spellcheck: false });
const output = h("output", { htmlFor: "filter", ariaLive: "polite" });
const choose = (options) => h("select", {}, ...options.map(([value, name]) => h("option", { value }, name)));
const fields = {
  q: input,
  outlet: choose([["", "all"], ...outlets.map((name) => [name, name])]),
  since: h("input", { type: "date" }), until: h("input", { type: "date" }),
  size: choose([["", "any"], ...[3, 4, 6, 11, 21].map((size) => [size, `${size} or more`])]),
  relation: choose(Object.entries(relations)),
  score: choose([["", "any"], ["sure", "without doubt"], ...[0.6, 0.7, 0.8, 0.9].map((score) => [score, `${score} or more`.replace(/^0/, "")])]),
  news: choose([["", "all"], ["new", "with new"]]),
  sort: choose([["", "largest first"], ["newest", "newest first"], ["oldest", "oldest first"]]),
};
let query = new URLSearchParams();

const labels = { outlet: "outlet", since: "from", until: "to", size: "stories", relation: "how", score: "certainty", news: "news", sort: "order" };
const field = (name) => h("label", {}, `${labels[name]} `, fields[name]);
const chips = h("p", { className: "asked" });

function form() {
  const facets = [...outlets.length > 1 ? ["outlet"] : [], ...hasDates ? ["since", "until"] : [], "size", "relation",
    ...index.line == null ? [] : ["score"], ...hasNew ? ["news"] : [], "sort"];
  const form = h("form", { className: "filter", role: "search", onsubmit: (event) => event.preventDefault(), oninput: search },
    h("label", { className: "search" }, "Search headlines, first lines, ids ", input),
    h("details", { className: "facets", open: innerWidth > 704 }, h("summary", {}, "Narrow and sort"), h("div", {}, ...facets.map(field))));
  return [form, chips, h("p", { className: "shown" }, output, taking())];
}

/** Takes what the form says into the address, and shows it. */
function search() {
  for (const [name, { value }] of Object.entries(fields)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  place(query);
}

function place(asked) {
  query = asked;
  const at = `#${query.toString() || "events"}`;
  history.replaceState(null, "", at);
  shown = listed = at;
  find();
}

/** Takes what the address says into the form. */
function read(hash) {
  query = new URLSearchParams(hash.slice(1));
  for (const [name, field] of Object.entries(fields)) field.value = query.get(name) ?? "";
}

function find() {
  const words = (query.get("q") ?? "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const order = orders[query.get("sort")] ?? orders.largest;
  list(events.filter((event) => fits(event) && says(event, words)).sort((a, b) => a.rank - b.rank || order(a, b) || a.number - b.number));
  const isAll = found.length === events.length, misses = narrowMisses(words);
  output.value = isAll && !words.length ? [counted(events.length, thing), lacks].filter(Boolean).join(", ")
    : `${number(found.length)} of ${counted(events.length, thing)}${misses ? `, and ${number(misses)} below “Almost one ${thing}”` : ""}`;
  chips.replaceChildren(...Object.entries(places).filter(([name]) => query.has(name)).map(([name, told]) => chip(name, told(query.get(name)))));
}

function chip(name, [told, value]) {
  const close = button("✕", `No longer only what was ${told}${value}`, () => {
    query.delete(name);
    place(query);
  });
  return h("span", { className: "tag" }, told, bdi(value), " ", close);
}

function fits(event) {
  const asked = Object.fromEntries(query), { first, from, by, outlet, since, until, size, relation, score, news } = asked;
  return (!outlet || event.outlets.some((one) => outlets[one] === outlet))
    && (!since || event.last != null && isoDay(event.last) >= since) && (!until || event.from != null && isoDay(event.from) <= until)
    && (!size || event.size >= Number(size)) && (!score || (score === "sure" ? !event.doubts : event.score >= Number(score))) && (!relation || isRelated(event, relation)) && (!news || event.new)
    && (!first || firstOutlet(event) === first) && (!from && !by || isTaken(event, from, by));
}

function isRelated({ ties }, relation) {
  const wanted = { copied: [0, 1, 2], word: [0, 1], part: [2], anew: [3] }[relation] ?? [];
  return ties.some((tie) => wanted.includes(tie));
}

let haystacks;
// Before the first letter is typed.
(globalThis.requestIdleCallback ?? setTimeout)(() => { haystacks ??= wordsOfAll(); });

/** What is searched: the lede, and what the list for readers without a script says of an event and its stories. */
function says(event, words) {
  if (!words.length) return true;
  haystacks ??= wordsOfAll();
  return words.every((word) => haystacks[event.number].includes(word));
}

function wordsOfAll() {
  const all = [], signs = { "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&apos;": "'", "&amp;": "&" };
  for (const entry of (document.querySelector("noscript")?.textContent ?? "").split('class="cluster" id="c').slice(1)) {
    const text = entry.slice(entry.indexOf(">")).replace(/<[^>]*>/g, " ").replace(/&\w+;/g, (sign) => signs[sign] ?? sign);
    const number = parseInt(entry, 10);
    all[number] = `${text} ${events[number - 1].lede ?? ""}`.toLocaleLowerCase();
  }
  return all;
}

function narrowMisses(words) {
  let count = 0;
  for (const miss of document.querySelectorAll(".misses > div")) {
    miss.hidden = !words.every((word) => miss.textContent.toLocaleLowerCase().includes(word));
    count += miss.hidden || !words.length ? 0 : 1;
  }
  return count;
}
