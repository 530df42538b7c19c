// Progress, copying and dropped files. Every page works without it.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "Copied";
  });
}

for (const box of document.querySelectorAll(".progress[data-events]")) {
  const line = box.querySelector(".phase");
  const bar = box.querySelector("progress");
  const events = new EventSource(box.dataset.events);
  events.addEventListener("message", (event) => {
    const told = JSON.parse(event.data);
    if (told.over) {
      events.close();
      location.reload();
      return;
    }
    if (line.textContent !== told.line) line.textContent = told.line;
    bar.max = told.total || 1;
    if (told.total) bar.value = told.done;
    else bar.removeAttribute("value");
  });
}

for (const drop of document.querySelectorAll(".drop")) {
  const input = drop.querySelector("input");
  const over = (event) => {
    event.preventDefault();
    drop.classList.add("over");
  };
  drop.addEventListener("dragenter", over);
  drop.addEventListener("dragover", over);
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

// What was typed and not sent is kept from a slip of the hand.
let typed = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[method=post]")) typed = true;
});
document.addEventListener("submit", () => { typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
