/* Light or dark before the first paint: loaded without `defer` in <head>, nothing else belongs here. */
(() => {
  "use strict";
  const root = document.documentElement;
  const media = matchMedia("(prefers-color-scheme: dark)");

  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is off: the system's choice stands
    }
  };
  const apply = () => root.setAttribute("data-bs-theme", stored() || (media.matches ? "dark" : "light"));

  const change = (set) => {
    set();
    document.dispatchEvent(new Event("themechange")); // charts draw again
  };

  apply();
  media.addEventListener("change", () => change(apply));
  window.addEventListener("beforeprint", () => change(() => root.setAttribute("data-bs-theme", "light")));
  window.addEventListener("afterprint", () => change(apply));
})();
