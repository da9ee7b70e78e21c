
// The files of the script are one to the browser: event.js, axis.js, compare.js, jump.js, page.js.
// Everything that comes from the stories reaches the page as text nodes and attribute values, never as markup.

const overview = document.getElementById("overview");
const { thing, things } = view.dataset;
const entries = [...document.querySelectorAll(".cluster, .miss")];
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
const tag = (text, kind = "") => h("b", { className: `tag ${kind}` }, text);
const button = (text, label, onclick) => h("button", { type: "button", ariaLabel: label, onclick }, text);
/** Never more than there is, as dedup compare has it: 100 % means all. */
const percent = (share) => share > 0 && share < 0.01 ? "less than 1 %" : `${Math.floor(100 * share)} %`;
const number = (value) => value.toLocaleString("en");
/** Never more than it is: what is under the line must not look as if it reached it. */
const score = (value) => (Math.floor(100 * value + 1e-6) / 100).toFixed(2).replace(/^0/, "");
const counted = (count, one, many = one + "s") => `${number(count)} ${count === 1 ? one : many}`;

// Filter

const all = entries.filter((entry) => entry.className === "cluster").length;
let haystacks;
function filter(query) {
  haystacks ??= entries.map((entry) => entry.textContent.toLocaleLowerCase());
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  entries.forEach((entry, at) => {
    entry.hidden = !words.every((word) => haystacks[at].includes(word));
    if (!entry.hidden && entry.className === "cluster") shown += 1;
  });
  const misses = entries.filter((entry) => !entry.hidden && entry.className === "miss").length;
  document.querySelector(".filter output").textContent = words.length
    ? `${number(shown)} of ${counted(all, thing)}${misses ? ` and ${counted(misses, "near miss", "near misses")}` : ""}` : "";
}

const input = document.getElementById("filter");
if (input) {
  document.querySelector(".filter").hidden = false;
  input.addEventListener("input", () => filter(input.value));
}

let shown;

// One event, #c3, or two that are almost one, #m3; with /0/2 two of its texts

function route() {
  // An action has shown already what the event of its change of place would show again.
  if (shown === location.hash) return;
  shown = location.hash;
  const [, kind, number, a, b] = location.hash.match(/^#([cm])(\d+)(?:\/(\d+)\/(\d+))?$/) ?? [];
  const at = kind + number, data = kind && document.getElementById(`data-${at}`);
  overview.hidden = Boolean(data);
  document.querySelector("body > header").hidden = Boolean(data);
  view.hidden = !data;
  document.title = title;
  if (!data) return;
  if (!data.parsed) data.parsed = JSON.parse(data.textContent);
  show(at, data.parsed, a && [Number(a), Number(b)]);
}

/** @param at the id of the entry in the overview: c3 */
function show(at, cluster, pair) {
  const entry = document.getElementById(at), isMiss = entry.className === "miss";
  const headline = isMiss ? "Almost one event" : entry.querySelector(".name").textContent;
  document.title = headline;
  const isNew = current.at !== at;
  current = { at, cluster };
  if (isNew) {
    const heading = h("h2", { tabIndex: -1 }, bdi(headline));
    const told = isMiss ? `The score of these two is ${score(cluster.score)}, just under the line.` : entry.querySelector("small").textContent;
    view.replaceChildren(...[
      path(entry, isMiss), heading, h("p", {}, told), timeline(cluster), stories(at, cluster),
      isMiss ? null : why(cluster), misses(cluster), h("section", { id: "side", ariaLabel: "Side by side" })].filter(Boolean));
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
  compare(at, cluster, valid(cluster, pair) ?? first(cluster));
}

function path(entry, isMiss) {
  const link = (text, other) => other ? h("a", { href: `#${other.id}` }, text) : null;
  const all = entry.parentElement.childElementCount;
  return h("nav", { className: "path", ariaLabel: "Page" },
    h("a", { href: "#" }, `← All ${things}`), h("span", {}, `${entry.id.slice(1)} of ${number(all)}${isMiss ? " near misses" : ""}`),
    link(isMiss ? "closer" : "larger", entry.previousElementSibling),
    link(isMiss ? "farther" : "smaller", entry.nextElementSibling));
}

document.addEventListener("keydown", (event) => {
  if (view.hidden || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
  const keys = {
    ArrowLeft: () => page(-1), ArrowRight: () => page(1), n: () => turn(1), p: () => turn(-1),
    x: () => current.pair && go(current.at, [...current.pair].reverse()), Escape: () => { location.hash = ""; },
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

addEventListener("hashchange", route);
route();
