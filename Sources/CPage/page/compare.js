
// Two texts side by side.

// A pair of texts is told once, the smaller number first.
const pairOf = (cluster, a, b) => cluster.pairs.find((pair) => pair.a === Math.min(a, b) && pair.b === Math.max(a, b));
const valid = (cluster, pair) =>
  pair && pair[0] !== pair[1] && pair.every((text) => text < cluster.texts.length) ? pair : null;

/** The earliest text and the next that was compared with it. */
function first(cluster) {
  const dated = cluster.stories.filter((story) => story.text != null && story.time != null).sort((a, b) => a.time - b.time);
  const next = dated.find((story) => story.text !== dated[0].text && pairOf(cluster, dated[0].text, story.text));
  if (next) return [dated[0].text, next.text];
  return cluster.pairs.length ? [cluster.pairs[0].a, cluster.pairs[0].b] : null;
}

/** The texts to which one has been compared. */
const siblings = (cluster, text) => cluster.pairs.filter((pair) => pair.a === text || pair.b === text)
  .map((pair) => pair.a + pair.b - text).sort((one, other) => one - other);

/** A text on the right, and on the left the one that is there if the two were compared. */
function partner(cluster, text) {
  const left = current.pair?.[0];
  if (left != null && left !== text && pairOf(cluster, left, text)) return [left, text];
  const others = siblings(cluster, text);
  return others.length ? [others[0], text] : null;
}

function go(at, pair) {
  if (pair) location.replace(`#${at}/${pair.join("/")}`);
}

function compare(at, cluster, pair) {
  current.pair = pair;
  const side = document.getElementById("side");
  if (!pair) {
    const why = !cluster.texts.length ? "This page has no texts of these stories."
      : cluster.texts.length === 1 ? "This page has one text of these stories; those without a text of their own have the same words, or found no room."
      : "No texts of this cluster were compared.";
    side.replaceChildren(h("p", { className: "note" }, why));
    return;
  }
  const [a, b] = pair, found = pairOf(cluster, a, b);
  for (const row of view.querySelectorAll("tr[data-text]")) {
    row.classList.toggle("chosen", pair.includes(Number(row.dataset.text)));
  }
  const told = found && (found.a === a ? found : mirrored(found)) || { passages: [], facts: [] };
  const answer = found ? verdict(told, unit(cluster.texts[a]))
    : [h("p", { className: "note" }, "These two were not compared; dedup compare does it.")];
  const facts = reasons(told.facts, jumpToFact);
  side.replaceChildren(
    h("h2", { tabIndex: -1 }, "Side by side"), chooser(at, cluster, pair), ...answer,
    h("div", { className: facts ? "beside" : "" },
      h("div", { className: "texts" }, column(cluster, a, 0, told), column(cluster, b, 1, told)),
      facts ? h("aside", { ariaLabel: "What both tell" }, h("h3", {}, "Both tell"), facts) : null), keys());
}

/** Brings the texts into view and moves the focus to them. */
function bringSideIntoView() {
  const heading = document.querySelector("#side h2");
  heading?.scrollIntoView({ block: "start" });
  heading?.focus({ preventScroll: true });
}

function keys() {
  const told = [[["←", "→"], "other text on the right"], [["n", "p"], "next and previous passage"], [["x"], "exchange"], [["Esc"], `all ${things}`]];
  return h("p", { className: "keys" }, ...told.flatMap(([keys, what]) => [...keys.map((key) => h("kbd", {}, key)), ` ${what}   `]));
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
  const hold = (text) => go(at, [text, pairOf(cluster, text, b) ? b : siblings(cluster, text)[0]]);
  const left = h("select", { onchange: () => hold(Number(left.value)) }, ...options([...cluster.texts.keys()], a));
  const right = h("select", { onchange: () => go(at, [a, Number(right.value)]) }, ...options(others, b));
  const step = (by, id, text, label) =>
    Object.assign(button(text, label, () => page(by)), { id, disabled: !(here + by in others) });
  return h("div", { className: "pair" }, h("label", {}, "A, stays ", left),
    h("div", { className: "page" }, h("label", {}, `B, ${here + 1} of ${others.length} compared with A `, right),
      step(-1, "previous", "‹", "Previous text"), step(1, "next", "›", "Next text"),
      button("⇄", "Exchange A and B", () => go(at, [b, a]))));
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

/** What tokens are called in a text. */
const unit = (text) => text.characters ? "character" : "word";

const definition = (unit) => `Counted are ${unit}s that are the same on both sides. dedup flag and the copy level count what was changed inside a passage, too, and so say more.`;

function verdict(pair, unit) {
  const { passages } = pair;
  const line = (bold, rest) => h("p", { className: "verdict" }, h("strong", {}, bold), rest);
  if (!passages.length) return [line("No passage in common.", pair.facts.length ? " What both tell:" : "")];
  const words = `${percent(pair.a_in_b)} of A is in B, ${percent(pair.b_in_a)} of B is in A.`;
  const rest = ` Jaccard ${pair.jaccard.toFixed(2).replace(/^0/, "")}, longest run ${counted(pair.run, unit)}, ${counted(passages.length, "passage")}.`;
  const chips = passages.slice(0, 60).map((passage, at) => {
    const size = ` ${counted(passage.tokens, unit)}${passage.boilerplate ? ", boilerplate" : ""}`;
    const chip = h("button", { type: "button", className: `chip h${at % 8}`, onclick: () => jump(0, at, true) });
    chip.append(h("b", {}, String(at + 1)), size);
    return h("li", {}, chip);
  });
  return [line(words, rest), h("p", { className: "by" }, definition(unit)), h("ol", { className: "chips", ariaLabel: "Passages" }, ...chips)];
}

const kinds = { name: "names", term: "rare words", number: "numbers", date: "dates", quotation: "quotations" };

/** Facts in common by their kind, as buttons where something is to be done with them. */
function reasons(facts, act, most = 12) {
  const rows = Object.entries(kinds).map(([kind, name]) => {
    const found = facts.map((fact, at) => [fact, at]).filter(([fact]) => fact.kind === kind).slice(0, most);
    if (!found.length) return null;
    const short = (text) => text.length > 120 ? `${text.slice(0, 120)} …` : text;
    return h("div", {}, h("dt", {}, name), ...found.map(([fact, at]) => h("dd", {},
      act ? h("button", { type: "button", onclick: () => act(at) }, bdi(short(fact.text))) : bdi(short(fact.text)),
      fact.count ? h("small", {}, ` ${fact.count}`) : null)));
  });
  return rows.some(Boolean) ? h("dl", { className: "reasons" }, ...rows) : null;
}

/** A text with its passages marked; what stands between them folds where it is long. */
function column(cluster, text, side, pair) {
  const { passages, facts } = pair;
  const told = cluster.texts[text], { text: words, cut, boilerplate } = told, story = storyOf(cluster, text);
  const body = h("div", { className: "words", dir: "auto" });
  const [start, end] = [2 * side, 2 * side + 1];
  const order = [...passages.keys()].sort((a, b) => passages[a].at[start] - passages[b].at[start]);
  const places = placesOf(facts, "ab"[side], side, boilerplate);
  let from = 0;
  for (const at of order) {
    body.append(...gap(told, from, passages[at].at[start], passages.length, places));
    body.append(marked(words, passages[at], at, side));
    from = passages[at].at[end];
  }
  body.append(...gap(told, from, words.length, passages.length, places));
  if (cut) body.append(h("p", { className: "note" }, `${number(cut)} more bytes are not in this page.`));
  return h("article", { className: "text", tabIndex: 0, ariaLabel: `Text ${"AB"[side]}` },
    h("h3", { dir: "auto" }, linked(story.title || story.id, story.url)),
    h("p", { className: "by" }, `${"AB"[side]} · `, linked(story.outlet, story.outlet && story.url), [story.outlet && ", ", story.date].filter(Boolean).join(""), story.earliest ? ` · ${story.earliest}` : ""), body);
}

/** Where boilerplate and facts stand in a text, in order and without overlap: the heavier fact wins, and they come heaviest first. */
function placesOf(facts, name, side, boilerplate) {
  const places = [];
  for (let i = 0; i < boilerplate.length; i += 2) places.push({ start: boilerplate[i], end: boilerplate[i + 1] });
  facts.forEach((fact, at) => {
    for (let i = 0; i < fact[name].length; i += 2) {
      const [start, end] = fact[name].slice(i, i + 2);
      if (!places.some((place) => start < place.end && place.start < end)) places.push({ start, end, at, side });
    }
  });
  return places.sort((one, other) => one.start - other.start);
}

/** What stands between passages, with the facts in it. */
function gap(text, from, to, passages, places) {
  // The full stop behind a passage stays with it.
  const words = text.text, long = 420, pieces = [], mark = words.slice(from, to).match(/^[^\s\p{L}\p{N}]*/u)[0];
  let at = from + mark.length;
  for (const place of places) {
    if (place.start < at || place.end > to) continue;
    const span = h("span", {}, words.slice(place.start, place.end));
    if (place.at == null) Object.assign(span, { className: "boilerplate", title: "Recurs across unrelated stories" });
    else {
      span.className = "fact";
      Object.assign(span.dataset, { fact: place.at, side: place.side });
    }
    pieces.push(words.slice(at, place.start), span);
    at = place.end;
  }
  pieces.push(words.slice(at, to));
  if (!passages || to - from <= long) return [mark, ...pieces];
  const count = words.slice(from, to).match(text.characters ? /[\p{L}\p{N}]/gu : /[\p{L}\p{N}]+/gu)?.length ?? 0;
  return [mark, h("details", { className: "fold" }, h("summary", { dir: "ltr" }, `${counted(count, unit(text))} not in the other text`), ...pieces)];
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
