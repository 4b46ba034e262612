/* A day chosen by sliding. [data-days] names the first day; its range counts days from there and writes into the date
   field of the form. Letting go of the handle asks for the day; by keyboard Enter does, and Page Up and Page Down leap to
   the next quarter or change. Without script the field alone remains. */

const DAY_MS = 86_400_000;

function enhance(line) {
  const range = line.querySelector("input[type=range]");
  const form = line.closest("form");
  const field = form.elements.as_of;
  const first = Date.parse(`${line.dataset.days}T00:00:00Z`);
  const written = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
  const numbers = (list) => (list ? list.split(",").map(Number) : []);
  const events = numbers(line.dataset.events);
  const leaps = [...events, ...numbers(line.dataset.quarters), Number(range.max)].sort((one, other) => one - other);
  let held = false;

  const day = () => new Date(first + Number(range.value) * DAY_MS);
  const say = () => range.setAttribute("aria-valuetext", written.format(day()));
  const write = () => {
    field.value = day().toISOString().slice(0, 10);
    say();
  };
  const move = (places, direction) => {
    const from = Number(range.value);
    const found = direction > 0 ? places.find((each) => each > from) : places.findLast((each) => each < from);
    if (found === undefined) return false;
    range.value = String(found);
    write();
    return true;
  };

  range.addEventListener("input", write);
  range.addEventListener("pointerdown", () => (held = true));
  range.addEventListener("change", () => held && form.requestSubmit());
  range.addEventListener("keydown", (event) => {
    held = false;
    if (event.key === "Enter") form.requestSubmit();
    else if (event.key === "PageUp") move(leaps, 1);
    else if (event.key === "PageDown") move(leaps, -1);
    else return;
    event.preventDefault();
  });
  field.addEventListener("input", () => {
    const typed = Date.parse(`${field.value}T00:00:00Z`);
    if (!Number.isNaN(typed)) range.value = String(Math.round((typed - first) / DAY_MS));
    say();
  });
  line.querySelectorAll("[data-step]").forEach((button) => {
    button.addEventListener("click", () => {
      if (move([...events, Number(range.max)], Number(button.dataset.step))) form.requestSubmit();
    });
  });
  line.hidden = false;
  say();
}

export function enhanceSliders(root) {
  root.querySelectorAll("[data-days]").forEach(enhance);
}
