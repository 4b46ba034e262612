/* <form data-autosave="URL">: posts the fields 1.5 s after the last change, and every 4 s while one goes on typing.

   With the fields go `_touched`, the names of what was changed on this page, and `_tab`, a mark of the page; `_version`
   is the version that was read. The answer is JSON:
     version, saved_at   what the form is now; the time is shown
     fresh               {field: [values]} that others have changed: put into the form
     theirs (409)        fields that somebody else has changed too: comparing is offered
   What could not be saved is kept in the tab (kept.js) and tried again with the next change. */
import { forget, keep, restore } from "./kept.js";

const AFTER_MS = 1500;
const AT_LATEST_MS = 4000;
const TAB = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;

const values = (data) => {
  const found = new Map();
  for (const [name, value] of data) {
    if (name.startsWith("_") || name === "csrfmiddlewaretoken" || typeof value !== "string") continue;
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
};
const differing = (one, other) =>
  [...new Set([...one.keys(), ...other.keys()])].filter((name) => String(one.get(name)) !== String(other.get(name)));

function put(form, name, sent) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.tomselect) field.tomselect.setValue(sent, true);
    else if (field.type === "checkbox" || field.type === "radio") field.checked = sent.includes(field.value);
    else if (field.options) for (const option of field.options) option.selected = sent.includes(option.value);
    else field.value = sent[0] ?? "";
  }
}

/* The line that tells how the form stands. */
function teller(form) {
  const note = form.querySelector("[data-saved]");
  return (state, time = "") => {
    if (!note) return;
    note.hidden = false;
    note.querySelectorAll("[data-when]").forEach((part) => (part.hidden = part.dataset.when !== state));
    if (!time) return;
    note.querySelector("time").textContent = time;
    note.querySelector("[data-saver]")?.remove();
  };
}

const post = (form) =>
  fetch(form.dataset.autosave, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
    redirect: "manual",
    keepalive: true,
  });

export function autosave(form) {
  const say = teller(form);
  const version = form.elements.namedItem("_version");
  /* What the server has, as far as this page knows; `unsure` are fields of which it may have something else. */
  const known = { values: values(new FormData(form)), unsure: new Set((form.dataset.touched ?? "").split(" ").filter(Boolean)) };
  let timer = 0;
  let since = 0;
  let unsaved = false;
  let running = Promise.resolve();

  const touched = (data) => [...new Set([...differing(known.values, values(data)), ...known.unsure])];
  form.addEventListener("formdata", ({ formData }) => {
    formData.set("_touched", touched(formData).join(" "));
    formData.set("_tab", TAB);
  });

  const accept = (answer, sent) => {
    if (answer.version !== undefined && version) version.value = answer.version;
    const open = [...(answer.theirs ?? []), ...Object.keys(answer.errors ?? {})];
    for (const [name, value] of sent) if (!open.includes(name)) known.values.set(name, value);
    for (const name of [...known.values.keys()]) if (!sent.has(name) && !open.includes(name)) known.values.delete(name);
    known.unsure = new Set(open);
    for (const [name, value] of Object.entries(answer.fresh ?? {})) {
      put(form, name, value);
      known.values.set(name, value);
    }
  };

  const save = async () => {
    say("saving");
    unsaved = false;
    since = 0;
    const sent = values(new FormData(form));
    try {
      const response = await post(form);
      if (response.type === "opaqueredirect") throw new Error("signed-out");
      const answer = await response.json();
      /* Theirs stand against the version that was read: it must be the old one when one compares. */
      if (answer.theirs) throw new Error("conflict");
      if (answer.version === undefined) throw new Error("failed"); // nothing of it was taken
      accept(answer, sent);
      if (!response.ok) throw new Error("failed");
      if (!unsaved) forget(form);
      say("saved", answer.saved_at);
    } catch (error) {
      unsaved = true;
      keep(form);
      say(["signed-out", "conflict"].includes(error.message) ? error.message : "failed");
    }
  };

  const later = () => {
    unsaved = true;
    since ||= Date.now();
    clearTimeout(timer);
    const wait = Math.max(0, Math.min(AFTER_MS, since + AT_LATEST_MS - Date.now()));
    timer = setTimeout(() => (running = running.then(save)), wait);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (unsaved) keep(form, { sent: true });
  });
  /* Leaving by a link: the last words go along, and are kept until the next page answers. */
  window.addEventListener("pagehide", () => {
    if (!unsaved || form.dataset.sent) return;
    keep(form, { sent: true });
    post(form);
  });
  if (restore(form)) later();
}
