/* Entry point. Each module enhances what it finds under a root; a fragment swapped in by htmx is such a root too. */
import { enhanceCharts } from "./charts.js";
import { enhanceForms } from "./forms.js";
import { enhanceLists } from "./lists.js";
import { enhanceSelects } from "./selects.js";
import { enhanceSheets } from "./grid.js";
import { enhanceShell } from "./shell.js";
import { enhanceToasts } from "./toasts.js";
import { enhanceSliders } from "./slider.js";
import { enhanceUploads } from "./uploads.js";

const enhance = (root) => {
  enhanceForms(root);
  enhanceLists(root);
  enhanceSelects(root);
  enhanceSliders(root);
  enhanceCharts(root);
  enhanceSheets(root);
  enhanceToasts(root);
  enhanceUploads(root);
};

enhanceShell();
enhance(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) enhance(event.target);
});
