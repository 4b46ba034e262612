/* Lists: what is picked is counted exactly; filters go into the address without empty parts. */

function enhanceBulk(bar) {
  const form = bar.querySelector("form");
  const picks = () => [...document.querySelectorAll("input[data-pick]")];
  const head = document.querySelector("input[data-pick-all]");
  const everything = form.elements.all;
  const count = bar.querySelector("[data-picked]");
  const onPage = bar.querySelector("[data-scope=page]");
  const onAll = bar.querySelector("[data-scope=all]");

  const show = () => {
    const boxes = picks();
    const chosen = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr").setAttribute("aria-selected", String(box.checked)));
    if (chosen.length < boxes.length) everything.value = "";
    const all = everything.value === "1";
    bar.hidden = chosen.length === 0;
    onPage.hidden = all;
    onAll.hidden = !all;
    count.textContent = String(chosen.length);
    if (head) {
      head.checked = chosen.length === boxes.length;
      head.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
  };

  const pickPage = (checked) => {
    picks().forEach((box) => (box.checked = checked));
    show();
  };

  picks().forEach((box) => box.addEventListener("change", show));
  head?.addEventListener("change", () => pickPage(head.checked));
  bar.querySelector("[data-pick-everything]")?.addEventListener("click", () => {
    everything.value = "1";
    pickPage(true);
  });
  bar.querySelector("[data-pick-none]")?.addEventListener("click", () => {
    everything.value = "";
    pickPage(false);
  });
  show();
}

export function enhanceLists(root) {
  root.querySelectorAll("[data-bulk]").forEach(enhanceBulk);
}

/* htmx gathers the fields itself, so its requests are cleaned here. */
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  for (const [name, value] of [...detail.formData]) {
    if (value === "") detail.formData.delete(name);
  }
});
