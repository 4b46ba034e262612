/* Forms: one press sends once, errors take the focus, a long form saves itself. */
import { autosave } from "./autosave.js";

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
