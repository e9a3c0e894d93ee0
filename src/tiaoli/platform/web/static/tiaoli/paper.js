// Print, and copy to the clipboard. Without script both are done by hand: the text is on the page.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-print], [data-copy]");
  if (!button) return;
  if ("print" in button.dataset) { window.print(); return; }
  await navigator.clipboard.writeText(button.dataset.copy);
  const said = button.querySelector("[data-copied]") ?? button.appendChild(document.createElement("span"));
  said.setAttribute("role", "status");
  said.dataset.copied = "";
  said.textContent = " ✓";
});
