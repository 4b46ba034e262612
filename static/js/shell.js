/* Header and page-wide behaviour: theme, search shortcut, menus, dismissing. Listens once, on the document. */

const root = document.documentElement;

function toggleTheme() {
  const next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
  root.setAttribute("data-bs-theme", next);
  try {
    localStorage.setItem("theme", next);
  } catch {
    // storage is off: the choice lasts for this page
  }
  document.dispatchEvent(new Event("themechange"));
}

/* The search box of the header; on a narrow screen it stands in the menu, which opens first. */
function focusSearch() {
  const boxes = [...document.querySelectorAll("[data-find]")];
  let box = boxes.find((each) => each.checkVisibility());
  if (!box) {
    box = boxes.find((each) => each.closest("details"));
    if (!box) return;
    box.closest("details").open = true;
  }
  box.focus();
  box.select();
}

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(except)) menu.open = false;
  });
}

function onClick(event) {
  closeMenus(event.target);
  if (event.target.closest("[data-theme-toggle]")) toggleTheme();
  if (event.target.closest("[data-print]")) window.print();
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) dismiss.closest("[data-dismissable]").remove();
}

function onKeydown(event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    focusSearch();
  }
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.menu[open]");
  closeMenus(null);
  menu?.querySelector("summary").focus();
}

/* Opening a filter or the search sheet puts the caret where one types. */
function onToggle(event) {
  const menu = event.target;
  if (!menu.matches?.("details.menu[open]")) return;
  const field = menu.querySelector("[data-autofocus], .pop .ts-control input, .pop input, .pop select");
  field?.focus();
}

export function enhanceShell() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKeydown);
  document.addEventListener("toggle", onToggle, true);
}
