/* What was typed and could not be saved, kept in this tab for whoever typed it: an expired session leads to signing in,
   and when the page is opened again it is put in again, against the version that had been read. What was sent with the
   button is forgotten as soon as another page answers, unless that is the one for signing in. */

const PREFIX = "kept:";
const SIGNING_IN = "/account/";
const keyOf = (form) => `${PREFIX}${form.dataset.keeper ?? ""}:${location.pathname}`;

function storage(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null; // storage is off: only what the server has survives
  }
}

export function keep(form, { sent = false } = {}) {
  const unfit = ["csrfmiddlewaretoken", "_touched", "_tab"];
  const typed = [...new FormData(form)].filter(([name, value]) => !unfit.includes(name) && typeof value === "string");
  storage((store) => store.setItem(keyOf(form), JSON.stringify({ typed, sent })));
}

export function forget(form) {
  storage((store) => store.removeItem(keyOf(form)));
}

/* Puts what was kept for this page into its form; tells whether there was anything. A form that the server has answered
   (`data-answered`) holds it already. */
export function restore(form) {
  if ("answered" in form.dataset) forget(form);
  const kept = storage((store) => store.getItem(keyOf(form)));
  if (!kept) return false;
  const { typed } = JSON.parse(kept);
  const values = (name) => typed.filter(([each]) => each === name).map(([, value]) => value);
  for (const field of form.elements) {
    const isOwn = field.name === "_version" || !["hidden", "submit"].includes(field.type);
    if (!field.name || !isOwn) continue;
    const own = values(field.name);
    if (field.type === "checkbox" || field.type === "radio") field.checked = own.includes(field.value);
    else if (field.options) for (const option of field.options) option.selected = own.includes(option.value);
    else field.value = own[0] ?? "";
  }
  return true;
}

/* Every other page settles what was sent: it has arrived, or it waits for signing in and is to be kept. */
function settle() {
  const away = (key) => key.startsWith(PREFIX) && !key.endsWith(`:${location.pathname}`);
  storage((store) =>
    Object.keys(store)
      .filter(away)
      .forEach((key) => {
        const kept = JSON.parse(store.getItem(key));
        if (!kept.sent) return;
        if (location.pathname.startsWith(SIGNING_IN)) store.setItem(key, JSON.stringify({ ...kept, sent: false }));
        else store.removeItem(key);
      }),
  );
}

settle();
