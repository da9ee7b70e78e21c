
// What can be taken away: the stories shown as CSV, a link to the view, marks of right and wrong as labels.

function save(name, type, text) {
  const link = h("a", { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** RFC 4180; what a spreadsheet would take for a formula is told as text. */
const cell = (value) => `"${String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&").replaceAll("\"", "\"\"")}"`;

function csv(shown) {
  const head = ["event", "headline", "date", "outlet", "story", "id", "version", "relation", "score", "url", ...hasNew ? ["new"] : []];
  const rows = shown.flatMap((event) => details("c", event.number).stories.map((story) => [
    event.number, event.title, story.date, story.outlet, story.title, story.id, story.group + 1,
    story.earliest || story.how, story.score, story.url, ...hasNew ? [story.new ? "yes" : ""] : []]));
  return "\ufeff" + [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function saveCSV(shown) {
  if (isComing) whenWhole(() => saveCSV(shown));
  else save(`${things}.csv`, "text/csv", csv(shown));
}

/** Copies the address of what is shown. */
async function copyLink(event) {
  const told = event.currentTarget.parentElement.querySelector(".told");
  try {
    await navigator.clipboard.writeText(location.href);
    told.textContent = "copied";
  } catch {
    told.textContent = location.href;
  }
}

// Marks stay in the browser, by what the page is made of.

const store = `dedup ${key}`;
let marks = {};
try { marks = JSON.parse(localStorage.getItem(store)) ?? {}; } catch { /* A browser may refuse to keep anything. */ }

function setMark(event, value) {
  if (marks[event.number] === value) delete marks[event.number];
  else marks[event.number] = value;
  try { localStorage.setItem(store, JSON.stringify(marks)); } catch { /* They last as long as the page. */ }
  document.querySelector(`#e${event.number} .mark`)?.replaceWith(mark(event));
  countMarks();
}

function mark(event) {
  const value = marks[event.number];
  return h("span", { className: "mark" }, value ? tag(value === "right" ? "✓ marked right" : "✗ marked wrong") : "");
}

function saveLabels() {
  if (isComing) whenWhole(saveLabels);
  else save("labels.jsonl", "application/jsonl", labelLines());
}

const labelButton = act("", saveLabels);
function countMarks() {
  const count = Object.keys(marks).length;
  labelButton.hidden = !count;
  labelButton.textContent = `Save ${counted(count, "mark")} as labels`;
}

/** What dedup eval reads: the stories of a right event have one label; those of a wrong one a label for each version. */
function labelLines() {
  return Object.entries(marks).flatMap(([at, value]) => details("c", Number(at)).stories.map((story) =>
    JSON.stringify({ id: story.id, label: value === "right" ? `event ${at}` : `event ${at}, version ${story.group + 1}` }) + "\n")).join("");
}

/** Below the list. */
function taking() {
  countMarks();
  return h("span", { className: "take" }, act("CSV", () => saveCSV(found)), act("Copy link", copyLink), labelButton,
    h("span", { className: "told", ariaLive: "polite" }));
}

/** Above an event. */
function judging(event) {
  const judge = (value, text) => {
    const judge = act(text, () => {
      setMark(event, value);
      for (const one of judge.parentElement.querySelectorAll("[aria-pressed]")) one.ariaPressed = String(marks[event.number] === one.value);
    });
    return Object.assign(judge, { value, ariaPressed: String(marks[event.number] === value) });
  };
  // Marks are of the list: a page of one event has none to save them from.
  const judges = home ? [] : [judge("right", `✓ One ${thing}`), judge("wrong", `✗ Not one ${thing}`)];
  return h("p", { className: "take" }, ...judges,
    act("CSV", () => saveCSV([event])), act("Copy link", copyLink), act("Print", () => print()),
    h("span", { className: "told", ariaLive: "polite" }));
}
