/* Forms: one press sends once, errors take the focus, a long form saves itself. */
import { forget, keep, restore } from "./kept.js";

const AUTOSAVE_AFTER_MS = 1500;
const UNLOCK_AFTER_MS = 15000;

/* A second press is swallowed. The button is marked, not disabled: a disabled button would not be sent along. */
function guardDoubleSubmit(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter;
    button?.setAttribute("aria-disabled", "true");
    setTimeout(() => unlock(form), UNLOCK_AFTER_MS);
  });
  form.addEventListener("unlock", () => unlock(form));
}

function unlock(form) {
  delete form.dataset.sent;
  form.querySelectorAll('[aria-disabled="true"]').forEach((button) => button.removeAttribute("aria-disabled"));
}

/* Empty fields stay out of the address of a filter form. */
function dropEmptyFields(form) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) {
      if (value === "") formData.delete(name);
    }
  });
}

/* <form data-autosave="URL">: posts the fields some 1.5 s after the last change and tells the time of the last save.
   The answer is JSON {"saved_at": "16:42"}; a failure says so and is tried again with the next change. What could not be
   saved when the form is sent or the session has ended is kept in the tab (kept.js). */
function autosave(form) {
  const note = form.querySelector("[data-saved]");
  let timer = 0;
  let unsaved = false;
  let running = Promise.resolve();

  const say = (state, time = "") => {
    if (!note) return;
    note.hidden = false;
    note.querySelectorAll("[data-when]").forEach((part) => (part.hidden = part.dataset.when !== state));
    const clock = note.querySelector("time");
    if (clock && time) clock.textContent = time;
  };

  const save = async () => {
    say("saving");
    unsaved = false;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
        redirect: "manual",
        keepalive: true,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      if (!unsaved) forget();
      say("saved", (await answer.json()).saved_at);
    } catch {
      unsaved = true;
      keep(form);
      say("failed");
    }
  };

  const later = () => {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(() => (running = running.then(save)), AUTOSAVE_AFTER_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (unsaved) keep(form);
  });
  if (restore(form)) later();
}

function focusSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  summary?.focus();
}

const forms = (root) => [...(root.matches?.("form") ? [root] : []), ...root.querySelectorAll("form")];

export function enhanceForms(root) {
  forms(root).forEach((form) => {
    if (form.dataset.enhanced) return;
    form.dataset.enhanced = "1";
    if (form.method === "post") guardDoubleSubmit(form);
    else dropEmptyFields(form);
    if (form.dataset.autosave) autosave(form);
  });
  focusSummary(root);
}

/* Back from the next page: the browser may restore this one as it was left, its buttons locked. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted) forms(document).forEach(unlock);
});
