// A draft that saves itself, and outlives a session that ended while it was being written.
const draft = document.querySelector("form[data-draft]");
if (draft) {
  const key = "draft:" + draft.dataset.draft;
  const written = () => JSON.stringify([...new FormData(draft)].filter(([name]) => !["csrfmiddlewaretoken", "version", "shown"].includes(name)));
  const put_back = (pairs) => {
    for (const control of draft.elements) {
      if (!control.name || control.type === "hidden") continue;
      const values = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "checkbox") control.checked = values.includes(control.value);
      else control.value = values[0] ?? "";
    }
  };
  const kept = sessionStorage.getItem(key);
  document.body.addEventListener("htmx:load", () => {
    if (!kept || !sessionStorage.getItem(key)) return;
    put_back(JSON.parse(kept));
    sessionStorage.removeItem(key);
    window.htmx.trigger(draft, "save-now");
  }, { once: true });
  const lost = (event) => {
    if (event.detail.requestConfig.elt !== draft) return;
    const response = event.detail.xhr;
    const elsewhere = response.responseURL && !new URL(response.responseURL).pathname.endsWith("/save");
    if (response.status === 200 && !elsewhere) { sessionStorage.removeItem(key); return; }
    event.detail.shouldSwap = false;
    sessionStorage.setItem(key, written());
    const saved = document.getElementById("saved");
    const english = document.documentElement.lang === "en";
    saved.textContent = english ? "Not saved: what you typed is kept in this tab. " : "尚未儲存：您寫的暫存在這個分頁。";
    const again = document.createElement("a");
    again.href = location.href;
    again.textContent = english ? "Log in again and go on" : "重新登入後繼續";
    saved.append(again);
  };
  document.body.addEventListener("htmx:beforeSwap", lost);
  document.body.addEventListener("htmx:sendError", (event) => {
    if (event.detail.requestConfig.elt === draft) sessionStorage.setItem(key, written());
  });
  draft.addEventListener("submit", () => sessionStorage.removeItem(key));
}
