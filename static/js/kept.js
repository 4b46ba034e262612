/* What was typed and could not be saved, kept in this tab: an expired session leads to signing in, and from there back
   to the page, where it is put in again. It is forgotten as soon as the reader goes on to another page. */

const PREFIX = "kept:";
const SIGNING_IN = "/account/";
const key = PREFIX + location.pathname;

function storage(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null; // storage is off: only what the server has survives
  }
}

export function keep(form) {
  const typed = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  storage((store) => store.setItem(key, JSON.stringify(typed)));
}

export function forget() {
  storage((store) => store.removeItem(key));
}

/* Puts what was kept for this page into its form; tells whether there was anything. */
export function restore(form) {
  const kept = storage((store) => store.getItem(key));
  if (!kept) return false;
  const typed = JSON.parse(kept);
  const values = (name) => typed.filter(([each]) => each === name).map(([, value]) => value);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    const own = values(field.name);
    if (field.type === "checkbox" || field.type === "radio") field.checked = own.includes(field.value);
    else if (field.options) for (const option of field.options) option.selected = own.includes(option.value);
    else field.value = own[0] ?? "";
  }
  return true;
}

function forgetOthers() {
  if (location.pathname.startsWith(SIGNING_IN)) return;
  storage((store) =>
    Object.keys(store)
      .filter((each) => each.startsWith(PREFIX) && each !== key)
      .forEach((each) => store.removeItem(each)),
  );
}

forgetOthers();
