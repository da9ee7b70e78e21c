
// One event: its versions in time, its stories, and why they belong together.

function groups(cluster) {
  const groups = [];
  for (const story of cluster.stories) (groups[story.group] ??= []).push(story);
  return groups;
}

/** A lane for each group, a dot for each dated story, all along one axis below. */
function timeline(cluster) {
  const axis = axisOf(cluster.stories.map((story) => story.time).filter((time) => time != null));
  if (!axis) return null;
  const most = 8, lanes = groups(cluster).slice(0, 60).map((group, at) => h("li", {}, laneName(group, at), lane(group, axis)));
  const list = (lanes) => h("ol", { className: "lanes" }, ...lanes, h("li", { className: "below", ariaHidden: "true" }, h("span", {}), scale(axis)));
  const rest = lanes.slice(most);
  return h("section", { ariaLabel: "Timeline" }, h("h2", {}, "Who had it first, and who came after"), list(lanes.slice(0, most)),
    rest.length ? h("details", {}, h("summary", {}, counted(rest.length, "later version")), list(rest)) : null);
}

const laneName = (group, at) => h("span", {}, `${at + 1} · `, group[0].earliest ? tag(group[0].earliest) : null,
  bdi(group[0].outlet || group[0].id), group.length > 1 ? ` and ${counted(group.length - 1, "copy", "copies")}` : "");

function lane(group, axis) {
  const dated = group.filter((story) => story.time != null);
  if (!dated.length) return h("span", { className: "undated" }, group.length > 1 ? "no dates" : "no date");
  const [first, last] = [dated[0], dated.at(-1)];
  const missing = group.length - dated.length;
  const line = svg("svg", { role: "img", "aria-label": `${counted(group.length, "story", "stories")}, ${first.date} to ${last.date}${missing ? `, ${missing} without a date` : ""}` },
    svg("line", { x1: axis.x(first.time), x2: axis.x(last.time), y1: "50%", y2: "50%" }));
  for (const story of dated) {
    const name = svg("title", {});
    name.textContent = `${story.date} ${story.outlet}: ${story.title}`;
    const dot = svg("circle", { cx: axis.x(story.time), cy: "50%", r: 5, class: story.tie === "event" ? "anew" : story.tie ? "copied" : "first", "data-time": story.time }, name);
    if (story.earliest) line.append(svg("circle", { cx: axis.x(story.time), cy: "50%", r: 8, class: "ring" }));
    line.append(dot);
  }
  return missing ? h("span", {}, line, h("span", { className: "undated" }, `${missing} without a date`)) : line;
}

/** The stories by version, each with a button that puts its text on the right. */
function stories(at, cluster) {
  const most = 300;
  let left = most;
  const bodies = groups(cluster).map((group, number) => {
    const shown = group.slice(0, Math.max(0, left));
    left -= shown.length;
    if (!shown.length) return null;
    return h("tbody", {}, h("tr", {}, h("th", { colSpan: 7, scope: "rowgroup" }, ...versionName(group, number))),
      ...shown.map((story) => row(at, cluster, story)));
  });
  const rest = cluster.stories.length - most;
  const head = ["date", "outlet", "headline", "id", "how", cluster.stories.some((story) => story.score != null) ? "score" : "", ""]
    .map((name) => name ? h("th", { scope: "col" }, name) : h("td", {}));
  return h("section", { ariaLabel: "Stories" }, h("h2", {}, "All stories"),
    h("table", { className: "stories" }, h("thead", {}, h("tr", {}, ...head)), ...bodies),
    rest > 0 ? h("p", {}, `and ${rest.toLocaleString("en")} more`) : null);
}

/** "Version 2: from Valley Courier, and 2 copies" */
function versionName(group, at) {
  const copies = group.length > 1 ? `, and ${counted(group.length - 1, "copy", "copies")} of it` : "";
  const chapter = group[0].chapter ? `Chapter ${group[0].chapter}, version ${at + 1}: ` : `Version ${at + 1}: `;
  return [chapter, bdi(group[0].outlet || group[0].id), copies];
}

function row(at, cluster, story) {
  const row = h("tr", {},
    h("td", {}, h("time", {}, story.date ?? "no date")), h("td", { className: "outlet" }, linked(story.outlet, story.outlet && story.url)),
    h("td", { dir: "auto" }, linked(story.title, story.title && story.url)), h("td", {}, h("code", {}, bdi(story.id))),
    h("td", {}, story.new ? tag("new") : null, story.earliest ? tag(story.earliest) : null, story.tie ? tag(story.how, story.tie) : null),
    h("td", { className: "score", title: "Average score with the other versions" }, story.score == null ? "" : score(story.score)),
    h("td", {}, comparing(at, cluster, story)));
  if (story.text != null) row.dataset.text = story.text;
  return row;
}

/** A button that puts the story beside another, or why there is none. */
function comparing(at, cluster, story) {
  const pair = story.text == null ? null : partner(cluster, story.text);
  if (pair) return button("Compare", `Compare ${story.id}`, () => { go(at, pair); route(); bringSideIntoView(); });
  const why = story.text == null ? story.title ? "text left out: no room on this page" : "text not at hand"
    : cluster.texts.length > 1 ? "not compared" : "the only text here";
  return h("small", {}, why);
}

/** What most of the reports tell, and what each version has in common with the representative's. */
function why(cluster) {
  const center = cluster.stories.find((story) => !story.tie), all = groups(cluster);
  const rows = all.map((group, number) => {
    const story = group.find((story) => story.tie === "event");
    const pair = story && pairOf(cluster, center.text, story.text);
    if (!pair) return null;
    const days = center.time != null && story.time != null ? `, ${apart(story.time - center.time)}` : "";
    const none = "No facts in common were found between these two; they belong by way of others.";
    return h("li", {}, h("b", {}, `Version ${number + 1}`), ", ", bdi(story.outlet || story.id), days, reasons(pair.facts, null, 4) ?? h("p", {}, none));
  }).slice(0, 40);
  const shared = cluster.facts?.length ? cluster.facts.map((fact) => ({ ...fact, count: `(${fact.reports} of ${all.length})` })) : [];
  if (!shared.length && !rows.some(Boolean)) return null;
  return h("section", { ariaLabel: "Reasons" }, h("h2", {}, "Why they belong together"),
    cluster.score == null ? null : h("p", {}, `Average score of the pairs of versions: ${score(cluster.score)}${index.line == null ? "" : `; one ${thing} from ${score(index.line)} on`}.`),
    cluster.grounds ? h("p", {}, `Decided by ${cluster.grounds}. `, h("small", {}, "What the texts score alone, and what their days, stories that resemble both (company) and the number of stories in reach add.")) : null,
    shared.length ? h("p", {}, "What most versions tell:") : null, reasons(shared),
    rows.some(Boolean) ? h("p", {}, "What the other versions share with ", bdi(center.outlet || center.id), ":") : null,
    h("ul", { className: "why" }, ...rows));
}

/** Events that this one almost belongs to, or the events of two that are almost one. */
function misses(cluster) {
  if (cluster.events?.some(Boolean)) {
    return h("p", {}, ...cluster.events.flatMap((at, side) => at ? [h("a", { href: `#c${at}` }, `The ${thing} of ${"AB"[side]}`), " "] : []));
  }
  if (!cluster.misses?.length) return null;
  return h("section", { ariaLabel: "Almost the same" }, h("h2", {}, `Almost the same ${thing}`),
    h("ul", { className: "why" }, ...cluster.misses.map((miss) =>
      h("li", {}, tag(score(miss.score)), " ", h("a", { href: `#m${miss.at}` }, bdi(miss.title))))));
}

/** "3 h later", "2 days earlier" */
function apart(seconds) {
  const hours = Math.abs(seconds) / 3600;
  if (hours < 1) return "at about the same time";
  return `${hours < 36 ? `${Math.round(hours)} h` : counted(Math.round(hours / 24), "day")} ${seconds > 0 ? "later" : "earlier"}`;
}
