// On paper nothing is folded away.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll(".answer details:not([open])")) {
    fold.open = true;
    fold.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll(".answer details[data-printed]")) {
    fold.open = false;
    delete fold.dataset.printed;
  }
});
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
