/* Toasts: said for ten seconds, longer while the reader is on them. What they say stands in the records as well. */

const TOAST_MS = 10000;
const AGAIN_MS = 2000;

export function passing(toast) {
  const leave = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, AGAIN_MS);
    else toast.remove();
  };
  setTimeout(leave, TOAST_MS);
}

export function enhanceToasts(root) {
  root.querySelectorAll(".toast-undo").forEach(passing);
}
