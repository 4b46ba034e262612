/* Sheets: lists whose cells are edited in place (temp_portal/core/lists/sheet.py), by keyboard as in a spreadsheet.

   Without this script the table is read like any other. With it the table is a grid in which one cell at a time takes
   the focus; the box #cell-editor opens over a cell, and each saved value is one request whose answer is the row as it is
   recorded then. A refusal leaves the box open with what was chosen. */

import { passing } from "./toasts.js";

const narrow = matchMedia("(width <= 700px)");

let editing = null; // { cell, select } while the box is open
let busy = false;

const find = (selector) => document.querySelector(selector);
const box = () => find("#cell-editor");
const isEditable = (cell) => cell.dataset.edit !== undefined && cell.parentElement.dataset.cells !== undefined;

/* ── Moving: one cell is in the order of Tab, arrows reach the others ── */

/* What takes the focus in a cell: the one thing in it that can be used, else the cell itself. */
function stop(cell) {
  const parts = cell.querySelectorAll("a[href], input, button");
  return parts.length === 1 ? parts[0] : cell;
}

const shownRows = (table) => [...table.rows].filter((row) => row.checkVisibility());
const bodyCells = (table) => [...table.tBodies[0].rows].flatMap((row) => [...row.cells]);

function rove(table, cell) {
  table.querySelectorAll('[tabindex="0"]').forEach((each) => each.setAttribute("tabindex", "-1"));
  stop(cell).setAttribute("tabindex", "0");
}

function go(cell) {
  rove(cell.closest("table"), cell);
  stop(cell).focus();
}

/* The cell that a key leads to. Cards stand under each other, so there every arrow goes to the next or the last one. */
function target(table, cell, { key, ctrlKey, metaKey }) {
  if (narrow.matches) {
    const cells = bodyCells(table);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
    return step && cells[cells.indexOf(cell) + step];
  }
  const rows = shownRows(table);
  const whole = ctrlKey || metaKey;
  const row = rows.indexOf(cell.parentElement);
  const column = cell.cellIndex;
  const at = (to, index) => rows[Math.min(Math.max(to, 0), rows.length - 1)].cells[index];
  switch (key) {
    case "ArrowRight":
      return cell.nextElementSibling;
    case "ArrowLeft":
      return cell.previousElementSibling;
    case "ArrowDown":
      return at(row + 1, column);
    case "ArrowUp":
      return at(row - 1, column);
    case "PageDown":
      return at(row + 10, column);
    case "PageUp":
      return at(row - 10, column);
    case "Home":
      return at(whole ? 0 : row, 0);
    case "End":
      return at(whole ? rows.length : row, cell.parentElement.cells.length - 1);
    default:
      return null;
  }
}

/* The next cell that can be edited, in reading order. */
function nextEditable(cell, step) {
  const cells = bodyCells(cell.closest("table")).filter((each) => each === cell || isEditable(each));
  return cells[cells.indexOf(cell) + step];
}

function below(cell) {
  return cell.parentElement.nextElementSibling?.cells[cell.cellIndex];
}

const AFTER = {
  down: below,
  next: (cell) => nextEditable(cell, 1),
  previous: (cell) => nextEditable(cell, -1),
  stay: (cell) => cell,
};

function onKey(event) {
  const cell = event.target.closest("td, th");
  if (!cell || event.altKey) return;
  const table = cell.closest("table");
  const whole = event.ctrlKey || event.metaKey;
  const to = target(table, cell, event);
  if (to) {
    event.preventDefault();
    go(to);
  } else if (whole && event.key.toLowerCase() === "z") {
    find("[data-sheet-said] form")?.requestSubmit();
  } else if (isEditable(cell) && !whole && (event.key === "Enter" || event.key === "F2")) {
    event.preventDefault();
    open(cell);
  } else if (isEditable(cell) && !whole && event.key.length === 1 && event.key !== " ") {
    open(cell, event.key);
  }
}

/* ── Editing ── */

/* A typed letter goes on to the list, which is there by then unless its choices are asked for first. */
function open(cell, typed = "") {
  if (busy) return; // the answer may open the box again
  const { edit } = cell.dataset;
  const template = find(`template[data-options="${edit}"]`);
  if (template) {
    show(cell, template.content.cloneNode(true));
    return;
  }
  fetchOptions(cell, edit).then(
    (options) => document.activeElement === stop(cell) && show(cell, options, typed),
    () => cell.parentElement.querySelector("th a").click(), // the row's own page tells why: signed out, gone
  );
}

async function fetchOptions(cell, field) {
  const answer = await fetch(`${cell.parentElement.dataset.cells}?field=${field}`, { redirect: "manual" });
  if (!answer.ok) throw new Error(String(answer.status));
  return parse(await answer.text()).body;
}

function show(cell, options, typed = "") {
  const select = options.querySelector("select");
  const part = (name) => box().querySelector(name);
  select.setAttribute("aria-labelledby", "cell-editor-title");
  select.size = Math.min(Math.max(select.options.length, 2), select.size);
  select.value = cell.dataset.value;
  part("[data-column]").textContent = cell.dataset.l;
  part("[data-member]").textContent = (cell.parentElement.querySelector("th a") ?? cell).textContent;
  part("[data-was]").textContent = label(select, cell.dataset.value);
  part("[data-refused]").replaceChildren();
  part("[data-control]").replaceChildren(select);
  editing = { cell, select };
  box().hidden = false;
  place();
  select.focus();
  const begun = [...select.options].find((each) => typed && each.text.toLowerCase().startsWith(typed.toLowerCase()));
  if (begun) select.value = begun.value;
}

const label = (select, value) => [...select.options].find((each) => each.value === value)?.text ?? "–";

/* Over its cell, inside the window; on a narrow screen the style sheet puts it at the foot. */
function place() {
  if (!editing) return;
  const { style, offsetWidth, offsetHeight } = box();
  const { left, top } = editing.cell.getBoundingClientRect();
  const within = (at, size, room) => `${Math.max(Math.min(at, room - size - 8), 8)}px`;
  style.left = narrow.matches ? "" : within(left, offsetWidth, document.documentElement.clientWidth);
  style.top = narrow.matches ? "" : within(top, offsetHeight, window.innerHeight);
}

function close() {
  editing = null;
  if (box()) box().hidden = true;
}

function restore() {
  const { cell } = editing;
  close();
  go(cell);
}

/* Sends what was chosen and goes on; `after` names where to, nowhere without one. */
async function save(after = "") {
  if (busy || !editing) return;
  const { cell, select } = editing;
  if (select.value === cell.dataset.value) {
    close();
    if (after) go(AFTER[after](cell) ?? cell);
    return;
  }
  busy = true;
  box().setAttribute("aria-busy", "true");
  const answer = await send(cell.parentElement.dataset.cells, {
    field: cell.dataset.edit,
    value: select.value,
    version: cell.parentElement.dataset.version,
    ...tools(),
  });
  busy = false;
  box().removeAttribute("aria-busy");
  exchange(answer.page);
  const fresh = again(cell);
  if (!answer.ok) {
    editing = { cell: fresh, select };
    refuse(answer.page);
    return;
  }
  close();
  say(answer.page);
  if (after) go(AFTER[after](fresh) ?? fresh);
}

/* What is said once for all edits, beside the table. */
function tools() {
  const fields = document.querySelectorAll("[data-sheet-tools] [name]");
  return Object.fromEntries([...fields].map((field) => [field.name, field.value.trim()]));
}

/* Posts to an address; `page` is the answer to be taken apart, empty if there was none. */
async function send(address, values) {
  const body = new FormData();
  Object.entries(values).forEach(([name, value]) => body.append(name, value));
  body.append("csrfmiddlewaretoken", box().querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const answer = await fetch(address + location.search, { method: "POST", body, redirect: "manual" });
    const page = parse(await answer.text());
    return { ok: answer.ok, page };
  } catch {
    return { ok: false, page: parse("") };
  }
}

const parse = (text) => new DOMParser().parseFromString(text, "text/html");

/* Puts the rows of an answer in place of those shown. */
function exchange(page) {
  page.querySelectorAll("tbody tr").forEach((row) => {
    const old = find(`tr[data-key="${row.dataset.key}"]`);
    if (!old) return;
    const pick = old.querySelector("td.pick");
    if (pick) {
      const fresh = row.querySelector("td.pick");
      fresh.replaceWith(pick); // stays ticked, and is listened to
      old.prepend(fresh);
    }
    if (old.hasAttribute("aria-selected")) row.setAttribute("aria-selected", old.getAttribute("aria-selected"));
    const active = [...old.cells].findIndex((cell) => stop(cell).getAttribute("tabindex") === "0");
    old.replaceWith(row);
    prepare(row);
    if (active >= 0) rove(row.closest("table"), row.cells[active]);
  });
}

/* The cell that stands where this one stood before its row was exchanged. */
function again(cell) {
  const row = cell.isConnected ? cell.parentElement : find(`tr[data-key="${cell.parentElement.dataset.key}"]`);
  return row?.cells[cell.cellIndex] ?? cell;
}

/* Why something was refused: what the answer says, or that there was none. */
function reasons(page) {
  const said = page.querySelector("[data-said]");
  return said ? [...said.childNodes] : [box().dataset.failed];
}

function refuse(page) {
  box().hidden = false;
  box().querySelector("[data-was]").textContent = label(editing.select, editing.cell.dataset.value);
  box().querySelector("[data-refused]").replaceChildren(...reasons(page));
  place();
  editing.select.focus();
}

/* ── Saved: said for ten seconds, longer while the reader is on it, with a way back ── */

function say(page) {
  const toast = page.querySelector("[data-saved] > *");
  const room = find("[data-sheet-said]");
  room.replaceChildren(...(toast ? [toast] : []));
  if (!toast) return;
  toast.querySelector("form")?.addEventListener("submit", undo);
  passing(toast);
}

async function undo(event) {
  event.preventDefault();
  const form = event.target;
  const active = find('table[data-sheet] [tabindex="0"]').closest("td, th");
  const answer = await send(form.action, {});
  exchange(answer.page);
  go(again(active));
  if (answer.ok) say(answer.page);
  else form.replaceWith(...reasons(answer.page));
}

/* ── Cells of a spreadsheet: what they would change is shown first, and saved at once ── */

/* What a cell says in one line, without its second name. */
function textOf(cell) {
  const copy = (cell.querySelector("div") ?? cell).cloneNode(true);
  copy.querySelectorAll(".native, .sub, .visually-hidden, .untranslated").forEach((part) => part.remove());
  return copy.textContent.trim();
}

function copyCell(event) {
  const cell = event.target.closest("td, th");
  if (!cell || String(getSelection())) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", textOf(cell));
}

/* The pasted cells laid over the table from the active one on. Where nothing can be edited the same text is no matter. */
function laidOver(cell, text) {
  const rows = [...cell.closest("tbody").rows].slice(cell.parentElement.sectionRowIndex);
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
  const over = (line, at, column) => rows[at]?.cells[cell.cellIndex + column];
  const beyond = lines.some((line, at) => line.some((_text, column) => !over(line, at, column)));
  const cells = lines.flatMap((line, at) =>
    line.map((pasted, column) => ({ on: over(line, at, column), pasted: pasted.trim() }))
  );
  return {
    beyond,
    cells: cells
      .filter(({ on, pasted }) => on && (isEditable(on) || pasted !== textOf(on)))
      .map(({ on, pasted }) => ({
        seat: Number(on.parentElement.dataset.key ?? 0),
        version: on.parentElement.dataset.version ?? "",
        field: isEditable(on) ? on.dataset.edit : "",
        column: on.dataset.l ?? "",
        text: pasted,
      })),
  };
}

async function paste(event) {
  const cell = event.target.closest("tbody td, tbody th");
  const text = event.clipboardData.getData("text/plain");
  if (!cell || !text) return;
  event.preventDefault();
  const { beyond, cells } = laidOver(cell, text);
  const values = { ...tools(), cells: JSON.stringify(cells) };
  await preview(cell, values, beyond);
}

async function preview(cell, values, beyond) {
  const dialog = find("#paste");
  const answer = await send(dialog.dataset.url, values);
  if (answer.ok && answer.page.querySelector("[data-saved]")) {
    dialog.close();
    exchange(answer.page);
    say(answer.page);
    go(again(cell));
    return;
  }
  dialog.replaceChildren(...(answer.ok ? answer.page.body.childNodes : reasons(answer.page)));
  if (beyond) dialog.append(Object.assign(document.createElement("p"), { className: "hint", textContent: dialog.dataset.beyond }));
  dialog.onclick = ({ target: on }) => {
    if (on.closest("[data-paste-save]")) preview(cell, { ...values, save: "1" }, beyond);
    if (on.closest("[data-paste-cancel]")) dialog.close();
  };
  dialog.onclose = () => go(again(cell));
  if (!dialog.open) dialog.showModal();
}

/* ── Beginning ── */

function prepare(row) {
  for (const cell of row.cells) {
    stop(cell).setAttribute("tabindex", "-1");
    if (isEditable(cell)) cell.setAttribute("aria-readonly", "false");
  }
}

function enhance(table) {
  table.setAttribute("role", "grid");
  table.setAttribute("aria-readonly", "true");
  if (table.querySelector("td.pick")) table.setAttribute("aria-multiselectable", "true");
  [...table.rows].forEach(prepare);
  rove(table, table.querySelector("[data-cells] [data-edit]") ?? table.tBodies[0].rows[0].cells[0]);
  find("[data-sheet-tools]").hidden = false;

  let pressed = null; // the cell that had the focus already when it was pressed
  table.addEventListener("keydown", onKey);
  table.addEventListener("copy", copyCell);
  table.addEventListener("paste", paste);
  table.addEventListener("focusin", ({ target: on }) => rove(table, on.closest("td, th")));
  table.addEventListener("mousedown", ({ target: on }) => {
    pressed = document.activeElement === on.closest("td, th") ? on.closest("td, th") : null;
  });
  table.addEventListener("click", ({ target: on }) => {
    const cell = on.closest("td, th");
    if (cell && isEditable(cell) && (narrow.matches || pressed === cell)) open(cell);
  });
}

function listenToBox() {
  box().addEventListener("keydown", (event) => {
    if (busy) {
      event.preventDefault();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      restore();
    } else if (event.target === editing.select && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      save(event.key === "Enter" ? "down" : event.shiftKey ? "previous" : "next");
    }
  });
  box().addEventListener("click", ({ target: on }) => {
    if (on.closest("[data-cancel]") && !busy) restore();
    else if (on.closest("[data-save]") || on.matches("option")) save("stay");
  });
  document.addEventListener("pointerdown", ({ target: on }) => {
    if (editing && !box().contains(on)) save();
  });
  document.addEventListener("scroll", place, { capture: true, passive: true });
  window.addEventListener("resize", place);
  document.addEventListener("htmx:beforeSwap", close);
}

export function enhanceSheets(root) {
  const sheets = root.querySelectorAll("table[data-sheet]:not([role])");
  sheets.forEach(enhance);
  if (root === document && box()) listenToBox();
}
