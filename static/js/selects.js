/* Long selects become searchable: <select data-select>. Without script they stay ordinary selects. */
import { script } from "./assets.js";

/* data-load="URL": options come from the server as JSON [{"value": …, "text": …}] for what is typed (`?q=`). Only the
   answer to the last question is offered; an empty choice is made by deleting the chosen one. */
function remote(select) {
  return {
    valueField: "value",
    labelField: "text",
    searchField: [],
    allowEmptyOption: false,
    shouldLoad: (typed) => typed.length > 0,
    load(typed, done) {
      const address = new URL(select.dataset.load, location.href);
      address.searchParams.set("q", typed);
      const offer = (options) => {
        if (this.lastValue !== typed) return done();
        this.clearOptions();
        return done(options);
      };
      fetch(address, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : []))
        .then(offer, () => done());
    },
  };
}

/* What was typed has done its work, and the option that was current has left the list. */
function startAnew(chooser) {
  chooser.setTextboxValue("");
  chooser.clearActiveOption();
  queueMicrotask(() => chooser.refreshOptions(chooser.isFocused));
}

function build(select) {
  const none = select.dataset.none || "";
  const settings = {
    plugins: select.multiple ? { remove_button: { title: select.dataset.remove || "×" } } : {},
    maxOptions: 300,
    hidePlaceholder: true,
    /* Later, the list would open again over a field that one has left in the meantime. */
    refreshThrottle: 0,
    allowEmptyOption: true,
    render: {
      no_results: (_data, escape) => `<div class="no-results">${escape(none)}</div>`,
    },
    ...(select.dataset.load ? remote(select) : {}),
  };
  const chooser = new window.TomSelect(select, settings);
  if (select.multiple) chooser.on("item_add", () => startAnew(chooser));
  select.setAttribute("aria-hidden", "true"); // its label has moved to the box one types into
  if (select.getAttribute("aria-describedby")) {
    chooser.control_input.setAttribute("aria-describedby", select.getAttribute("aria-describedby"));
  }
}

export async function enhanceSelects(root) {
  const selects = [...root.querySelectorAll("select[data-select]:not(.tomselected)")];
  if (!selects.length) return;
  await script("srcSelect");
  selects.filter((select) => !select.tomselect).forEach(build);
}
