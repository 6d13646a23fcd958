// Says what went wrong when a part of the page could not be fetched; the text comes from the page, to be translated.
const area = document.querySelector("[data-toasts]");

export function toast(text, tone = "info") {
  const item = document.createElement("div");
  item.className = `alert tone-${tone}`;
  const body = document.createElement("div");
  body.className = "alert-body";
  body.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn-quiet btn-icon";
  close.textContent = "✕";
  close.setAttribute("aria-label", area.dataset.closeLabel);
  close.addEventListener("click", () => item.remove());
  item.append(body, close);
  area.append(item);
  if (tone !== "bad") setTimeout(() => item.remove(), 8000);
}

if (area) {
  document.addEventListener("htmx:sendError", () => toast(area.dataset.offline, "bad"));
  document.addEventListener("htmx:responseError", ({ detail }) =>
    toast(detail.xhr.status === 403 ? area.dataset.forbidden : area.dataset.failed, "bad"));
  // The server says more by the header HX-Trigger: {"toast": {"text": "已保存", "tone": "ok"}}.
  document.addEventListener("toast", ({ detail }) => toast(detail.text, detail.tone));
}
