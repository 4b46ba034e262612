/* Files on their way up: a bar with how far they are, and the reason when they are refused. Without script the file goes
   along with its form. */

const percent = (event) => (event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0);

/* Sends and resolves with the request, whatever its status; rejects when the line broke. */
function send(address, body, show) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.upload.addEventListener("progress", (event) => show(percent(event)));
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", reject);
    request.send(body);
  });
}

/* What a box says: its texts stand in the page, in the reader's language. */
function teller(box) {
  const progress = box.querySelector("progress");
  const parts = box.querySelectorAll("[data-when]");
  return (state, { share = 0, reason = "" } = {}) => {
    progress.hidden = state !== "sending";
    progress.value = share;
    parts.forEach((part) => {
      part.hidden = part.dataset.when !== state;
      if (!part.hidden && reason) part.textContent = reason;
    });
  };
}

/* <div data-upload="URL">: a chosen file is uploaded at once and becomes the choice in the box's select. */
function uploadAtOnce(box) {
  const file = box.querySelector('input[type="file"]');
  const select = box.querySelector("select");
  const tell = teller(box);

  const choose = ({ id, title }) => {
    const known = [...select.options].find((option) => option.value === String(id));
    if (!known) select.add(new Option(title, id));
    select.value = id;
    file.value = "";
    box.querySelector("[data-choice]").hidden = false;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  file.addEventListener("change", async (event) => {
    if (!file.files.length) return;
    event.stopPropagation();
    const body = new FormData();
    body.append("file", file.files[0]);
    for (const name of ["kind", "scope_kind", "scope_id"]) body.append(name, box.dataset[name] || "");
    body.append("csrfmiddlewaretoken", box.closest("form").querySelector('[name="csrfmiddlewaretoken"]').value);
    tell("sending");
    try {
      const answer = await send(box.dataset.upload, body, (share) => tell("sending", { share }));
      const said = JSON.parse(answer.responseText);
      if (answer.status === 201) {
        choose(said);
        tell("sent");
      } else {
        file.value = "";
        tell("refused", { reason: said.error });
      }
    } catch {
      tell("failed");
    }
  });
}

/* <form data-progress>: the whole form goes up with a bar; the answer takes the page's place as if it had been loaded. */
function sendWithProgress(form) {
  const tell = teller(form.querySelector("[data-upload-note]"));
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    tell("sending");
    try {
      const answer = await send(form.action, new FormData(form), (share) => tell("sending", { share }));
      history.replaceState(null, "", answer.responseURL);
      document.open();
      document.write(answer.responseText);
      document.close();
    } catch {
      tell("failed");
      form.dispatchEvent(new Event("unlock"));
    }
  });
}

export function enhanceUploads(root) {
  root.querySelectorAll("[data-upload]").forEach(uploadAtOnce);
  root.querySelectorAll("form[data-progress]").forEach(sendWithProgress);
}
