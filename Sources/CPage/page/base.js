"use strict";
// The files of the script are one to the browser, in the order of embedded.c; this is the first.
// Everything that comes from the stories reaches the page as text nodes and attribute values, never as markup.

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

/** Text of the stories, which may run from right to left. */
const bdi = (text) => h("bdi", {}, text);

/** The same as a link to the story, where it has an address in the web. */
function linked(text, url) {
  if (!/^https?:\/\//i.test(url ?? "")) return bdi(text);
  return h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, bdi(text));
}
const tag = (text, kind = "") => h("b", { className: `tag ${kind}` }, text);
const button = (text, label, onclick) => h("button", { type: "button", ariaLabel: label, title: label, onclick }, text);
const act = (text, onclick) => h("button", { type: "button", onclick }, text);
/** Never more than there is, as dedup compare has it: 100 % means all. */
const percent = (share) => share > 0 && share < 0.01 ? "less than 1 %" : `${Math.floor(100 * share)} %`;
const number = (value) => value.toLocaleString("en");
/** Never more than it is: what is under the line must not look as if it reached it. */
const score = (value) => (Math.floor(100 * value + 1e-6) / 100).toFixed(2).replace(/^0/, "");
const counted = (count, one, many = one + "s") => `${number(count)} ${count === 1 ? one : many}`;
