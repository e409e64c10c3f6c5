/* Bringing an agenda: a file that is dropped on the page is read at once, and a long one shows how far it has come. */

const form = document.getElementById("bring");
const state = document.getElementById("bring-state");
const bar = document.getElementById("bring-progress");
const words = document.body.dataset;
const file = () => form.querySelector("input[type='file']");

/** While something is on its way, nothing is sent a second time. */
function setBusy(busy) {
  form.setAttribute("aria-busy", String(busy));
  form.querySelector("button").disabled = busy;
  bar.parentElement.hidden = !busy;
}

function tellProgress(event) {
  if (!event.lengthComputable) return;
  const share = Math.round((100 * event.loaded) / event.total);
  bar.value = share;
  state.textContent = share < 100 ? words.wordSending.replace("{n}", String(share)) : words.wordReading;
}

/** Our own page with a sentence stands in place of this one; anything else is no answer of ours. */
function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.getElementById("main");
  if (!main || !page.getElementById("bring")) {
    lost();
    return;
  }
  document.title = page.title;
  const text = form.querySelector("textarea").value;
  form.querySelectorAll(".error").forEach((each) => each.remove());
  form.querySelectorAll(".field-wrong").forEach((each) => each.classList.remove("field-wrong"));
  document.getElementById("errors")?.remove();
  form.before(page.getElementById("errors"));
  page.querySelectorAll(".field-wrong").forEach((wrong) => {
    const field = document.getElementById(wrong.querySelector("label").htmlFor).closest(".field");
    field.classList.add("field-wrong");
    field.querySelector("label").after(...wrong.querySelectorAll(".error"));
  });
  form.querySelector("textarea").value = text;
  document.getElementById("errors").focus();
}

function lost() {
  state.textContent = words.wordLost;
}

function send() {
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", tellProgress);
  request.addEventListener("loadend", () => {
    setBusy(false);
    state.textContent = "";
    if (request.status === 200) window.location.assign(request.responseURL);
    else if (request.status === 422) show(request.responseText);
    else lost();
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
  setBusy(true);
}

/** Only files are dropped on us: a word that is dragged within the page is not. */
const isFile = (event) => Array.from(event.dataTransfer?.types || []).includes("Files");

document.addEventListener("dragover", (event) => {
  if (!isFile(event)) return;
  event.preventDefault();
  form.classList.add("takes");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("takes");
});
document.addEventListener("drop", (event) => {
  form.classList.remove("takes");
  if (!isFile(event) || !event.dataTransfer.files.length) return;
  event.preventDefault();
  file().files = event.dataTransfer.files;
  form.requestSubmit();
});
form.addEventListener("submit", (event) => {
  if (!file().files.length) return; // text goes as any form does
  event.preventDefault();
  send();
});
document.querySelector(".bring-drop").hidden = false;
form.dataset.script = "";
