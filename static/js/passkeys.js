/* What the browser or the person refuses while a passkey is made or used is said on the page: another try is possible. */
document.addEventListener("allauth.error", (event) => {
  const note = document.querySelector("[data-passkey-error]");
  if (!note) return;
  event.preventDefault();
  note.hidden = false;
  note.focus();
});
